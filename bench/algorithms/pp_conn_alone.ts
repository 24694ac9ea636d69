import { defineAlgorithm } from "../../src/algorithms/algorithm.ts";
import { adamSearch } from "../../src/algorithms/fields.ts";
import { alone, aloneFields } from "./conn.ts";
import { momentPreset } from "./hunt_presets.ts";

export const ppConnAlone = defineAlgorithm({
  id: "pp-conn-alone",
  summary: "Algorithm 2 with A = α_p = 0: the shared state without the hunt",
  source: "the control of arXiv:2509.10562, Algorithm 2",
  role: "control",
  control: "adam-l2",
  controlReason: "the same phases, optimiser and restart with one agent and a state of its own",
  fields: aloneFields,
  presets: momentPreset,
  fixed: ["A", "alphaP"],
  search: adamSearch,
  agents: ["prey", "predator"],
  phases: (h) => alone({ gradPred: false }, h),
});
