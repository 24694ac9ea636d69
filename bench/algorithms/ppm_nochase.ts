import { defineAlgorithm } from "../../src/algorithms/algorithm.ts";
import { nonNegative } from "../../src/declare/field.ts";
import { adamFields, adamSearch, huntFields } from "../../src/algorithms/fields.ts";
import { ppmPhases } from "../../src/algorithms/ppm.ts";
import { adamL2 } from "../../src/algorithms/transform.ts";
import { huntPresets } from "./hunt_presets.ts";
import { memorise } from "./memorise.ts";

export const ppmNochase = defineAlgorithm({
  id: "ppm-nochase",
  summary: "Algorithm 1 with α_p = 0: the predator stays at θ₀ (ablation)",
  source: "arXiv:2509.10562, Algorithm 1",
  role: "ablation",
  control: "adam-l2",
  controlReason: "the same phases, optimiser and restart without a predator",
  fields: { ...adamFields, ...huntFields, alphaP: nonNegative(0, "no chase") },
  presets: (info) => ({ ...huntPresets(info), alphaP: 0 }),
  fixed: ["alphaP"],
  search: adamSearch,
  agents: ["prey", "predator"],
  phases: (h) => [memorise(h), ...ppmPhases({ optimiser: adamL2(h), gradPred: false }, h)],
});
