import { defineAlgorithm } from "../../src/algorithms/algorithm.ts";
import { adamFields, adamSearch } from "../../src/algorithms/fields.ts";
import { end, single } from "../../src/algorithms/single.ts";
import { adamL2 as optimiser } from "../../src/algorithms/transform.ts";
import { memorise } from "./memorise.ts";

export const adamL2 = defineAlgorithm({
  id: "adam-l2",
  summary: "AdamW until memorised, then Adam with L2 in the gradient: Algorithm 1 without its predator",
  source: "the control of arXiv:2509.10562, Algorithm 1",
  role: "control",
  control: null,
  controlReason: "it is a control itself",
  fields: adamFields,
  search: adamSearch,
  agents: ["prey"],
  phases: (h) => [memorise(h), single("train", optimiser(h), end)],
});
