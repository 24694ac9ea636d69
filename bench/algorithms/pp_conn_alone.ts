import { defineAlgorithm } from "../../src/algorithms/algorithm.ts";
import { adamSearch } from "../../src/algorithms/fields.ts";
import { nonNegative } from "../../src/declare/field.ts";
import { conn, connFields } from "./conn.ts";
import { momentPreset } from "./hunt_presets.ts";

/** Without a push there is no range of it. */
const { sigma: _, ...fields } = connFields;

export const ppConnAlone = defineAlgorithm({
  id: "pp-conn-alone",
  summary: "Algorithm 2 with A = α_p = 0: the shared state without the hunt",
  source: "the control of arXiv:2509.10562, Algorithm 2",
  control: "adam-l2",
  controlReason: "the same phases, optimiser and restart with one agent and a state of its own",
  fields: { ...fields, A: nonNegative(0, "no push"), alphaP: nonNegative(0, "no chase") },
  presets: momentPreset,
  fixed: ["A", "alphaP"],
  search: adamSearch,
  agents: ["prey", "predator"],
  phases: (h) => conn({ gradPred: false }, { ...h, sigma: 1 }),
});
