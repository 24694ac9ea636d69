import { defineAlgorithm } from "../../src/algorithms/algorithm.ts";
import { adamFields, decoupledSearch } from "../../src/algorithms/fields.ts";
import { end, single } from "../../src/algorithms/single.ts";
import { adamw as optimiser } from "../../src/algorithms/transform.ts";

export const adamw = defineAlgorithm({
  id: "adamw",
  summary: "Adam with decoupled weight decay: the baseline",
  source: "arXiv:1711.05101",
  role: "baseline",
  control: null,
  controlReason: "it is the baseline",
  fields: adamFields,
  search: decoupledSearch,
  agents: ["prey"],
  phases: (h) => [single("train", optimiser(h), end)],
});
