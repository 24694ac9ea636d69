import { defineAlgorithm } from "../../src/algorithms/algorithm.ts";
import { adamSearch, huntSearch } from "../../src/algorithms/fields.ts";
import { conn, connFields, connPresets } from "./conn.ts";

export const ppConnGradpred = defineAlgorithm({
  id: "pp-conn-gradpred",
  summary: "Algorithm 2 whose predator uses its own gradient (two gradient calls a step)",
  source: "arXiv:2509.10562, Algorithm 2, gradPred",
  control: "pp-conn-gradpred-alone",
  controlReason: "the same shared state and the same two gradients a step, with A = α_p = 0",
  fields: connFields,
  presets: connPresets,
  search: { ...adamSearch, ...huntSearch },
  agents: ["prey", "predator"],
  phases: (h) => conn({ gradPred: true }, h),
});
