import { defineAlgorithm } from "../../src/algorithms/algorithm.ts";
import { adamSearch } from "../../src/algorithms/fields.ts";
import { alone, aloneFields } from "./conn.ts";
import { momentPreset } from "./hunt_presets.ts";

export const ppConnGradpredAlone = defineAlgorithm({
  id: "pp-conn-gradpred-alone",
  summary: "Algorithm 2 whose predator uses its own gradient, with A = α_p = 0 (two gradient calls a step)",
  source: "the control of arXiv:2509.10562, Algorithm 2, gradPred",
  role: "control",
  control: "pp-conn-alone",
  controlReason: "the same shared state with one gradient a step: what the second gradient does by itself",
  fields: aloneFields,
  presets: momentPreset,
  fixed: ["A", "alphaP"],
  search: adamSearch,
  agents: ["prey", "predator"],
  phases: (h) => alone({ gradPred: true }, h),
});
