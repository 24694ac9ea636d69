import { defineAlgorithm } from "../../src/algorithms/algorithm.ts";
import { adamFields } from "../../src/algorithms/fields.ts";
import { end, single } from "../../src/algorithms/single.ts";
import { adamw } from "../../src/algorithms/transform.ts";
import { withDefaults } from "../../src/declare/field.ts";

export const adamwWd1 = defineAlgorithm({
  id: "adamw-wd1",
  summary: "AdamW with λ = 1 and b₂ = 0.98: the baseline that most of the field means",
  source: "arXiv:2201.02177, appendix A.1.2",
  role: "baseline",
  control: null,
  controlReason: "it is a baseline",
  fields: withDefaults(adamFields, { weightDecay: 1, beta2: 0.98 }),
  fixed: ["learningRate", "weightDecay", "beta2"],
  agents: ["prey"],
  phases: (h) => [single("train", adamw(h), end)],
});
