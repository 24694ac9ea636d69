import { type CaseInfo, defineAlgorithm } from "../../src/algorithms/algorithm.ts";
import { adamSearch, huntFields, huntSearch } from "../../src/algorithms/fields.ts";
import { nonNegative } from "../../src/declare/field.ts";
import { conn, connFields, connPresets } from "./conn.ts";

/** The paper's A is α_p here, and its α_p is A. */
function exchanged(info: CaseInfo) {
  const { A = huntFields.A.value, alphaP = huntFields.alphaP.value, ...others } = connPresets(info);
  return { ...others, A: alphaP, alphaP: A };
}

export const ppConnFast = defineAlgorithm({
  id: "pp-conn-fast",
  summary: "Algorithm 2 with A and α_p exchanged: predator faster than its prey (A = 2/3 α_p)",
  source: "arXiv:2509.10562, Algorithm 2, Fig. 4",
  control: "pp-conn-alone",
  controlReason: "the same shared state with A = α_p = 0",
  fields: { ...connFields, A: nonNegative(100, huntFields.A.doc), alphaP: nonNegative(150, huntFields.alphaP.doc) },
  presets: exchanged,
  search: { ...adamSearch, ...huntSearch },
  agents: ["prey", "predator"],
  phases: (h) => conn({ gradPred: false }, h),
});
