import { defineAlgorithm } from "../../src/algorithms/algorithm.ts";
import { adamSearch, huntSearch } from "../../src/algorithms/fields.ts";
import { conn, connFields, connPresets } from "./conn.ts";

export const ppConn = defineAlgorithm({
  id: "pp-conn",
  summary: "Algorithm 2: one optimiser state for both agents, predator slower than its prey (A = 1.5 α_p)",
  source: "arXiv:2509.10562, Algorithm 2, Fig. 4",
  control: "pp-conn-alone",
  controlReason: "the same shared state with A = α_p = 0",
  fields: connFields,
  presets: connPresets,
  search: { ...adamSearch, ...huntSearch },
  agents: ["prey", "predator"],
  phases: (h) => conn({ gradPred: false }, h),
});
