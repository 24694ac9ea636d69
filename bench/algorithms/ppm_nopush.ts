import { defineAlgorithm } from "../../src/algorithms/algorithm.ts";
import { nonNegative } from "../../src/declare/field.ts";
import { adamFields, adamSearch, huntFields } from "../../src/algorithms/fields.ts";
import { ppmPhases } from "../../src/algorithms/ppm.ts";
import { adamL2 } from "../../src/algorithms/transform.ts";
import { huntPresets } from "./hunt_presets.ts";
import { memorise } from "./memorise.ts";

export const ppmNopush = defineAlgorithm({
  id: "ppm-nopush",
  summary: "Algorithm 1 with A = 0: the predator is there, the prey is not pushed (ablation)",
  source: "arXiv:2509.10562, Algorithm 1",
  role: "ablation",
  control: "adam-l2",
  controlReason: "the same phases, optimiser and restart without a predator",
  fields: { ...adamFields, ...huntFields, A: nonNegative(0, "no push") },
  presets: (info) => ({ ...huntPresets(info), A: 0 }),
  fixed: ["A"],
  search: adamSearch,
  agents: ["prey", "predator"],
  phases: (h) => [memorise(h), ...ppmPhases({ optimiser: adamL2(h), gradPred: false }, h)],
});
