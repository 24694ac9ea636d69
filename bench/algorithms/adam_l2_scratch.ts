import { defineAlgorithm } from "../../src/algorithms/algorithm.ts";
import { adamFields, adamSearch } from "../../src/algorithms/fields.ts";
import { end, single } from "../../src/algorithms/single.ts";
import { adamL2 } from "../../src/algorithms/transform.ts";

export const adamL2Scratch = defineAlgorithm({
  id: "adam-l2-scratch",
  summary: "Adam with L2 in the gradient from initialisation",
  source: "arXiv:1412.6980",
  role: "control",
  control: null,
  controlReason: "it is a control itself",
  fields: adamFields,
  search: adamSearch,
  agents: ["prey"],
  phases: (h) => [single("train", adamL2(h), end)],
});
