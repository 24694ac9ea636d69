import { defineAlgorithm } from "../../src/algorithms/algorithm.ts";
import { adamFields, adamSearch } from "../../src/algorithms/fields.ts";
import { end, single } from "../../src/algorithms/single.ts";
import { adamw } from "../../src/algorithms/transform.ts";

/** No decay has no decay rate. */
const { weightDecay: _, ...withoutDecay } = adamFields;
export const plainFields = withoutDecay;
export const plainSearch = { learningRate: adamSearch.learningRate };

export const adam = defineAlgorithm({
  id: "adam",
  summary: "Adam without weight decay: the control of what is said to grok without it",
  source: "arXiv:1412.6980",
  role: "control",
  control: null,
  controlReason: "it is a control itself",
  fields: plainFields,
  search: plainSearch,
  agents: ["prey"],
  phases: (h) => [single("train", adamw({ ...h, weightDecay: 0 }), end)],
});
