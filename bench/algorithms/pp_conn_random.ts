import { defineAlgorithm } from "../../src/algorithms/algorithm.ts";
import { adamSearch, huntSearch } from "../../src/algorithms/fields.ts";
import { conn, connFields, connPresets } from "./conn.ts";

export const ppConnRandom = defineAlgorithm({
  id: "pp-conn-random",
  summary: "Algorithm 2 whose push has a fixed random direction in place of l (ablation)",
  source: "arXiv:2509.10562, Algorithm 2",
  role: "ablation",
  control: "pp-conn-alone",
  controlReason: "the same shared state with A = α_p = 0",
  fields: connFields,
  presets: connPresets,
  search: { ...adamSearch, ...huntSearch },
  agents: ["prey", "predator"],
  phases: (h) => conn({ gradPred: false, randomPush: true }, h),
});
