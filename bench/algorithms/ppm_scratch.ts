import { defineAlgorithm } from "../../src/algorithms/algorithm.ts";
import { adamFields, adamSearch, huntFields, huntSearch } from "../../src/algorithms/fields.ts";
import { ppmPhases } from "../../src/algorithms/ppm.ts";
import { adamL2 } from "../../src/algorithms/transform.ts";
import { huntPresets } from "./hunt_presets.ts";

export const ppmScratch = defineAlgorithm({
  id: "ppm-scratch",
  summary: "Algorithm 1 from initialisation, without the memorisation phase",
  source: "arXiv:2509.10562, Fig. 9",
  control: "adam-l2-scratch",
  controlReason: "the same optimiser from initialisation without a predator",
  fields: { ...adamFields, ...huntFields },
  presets: huntPresets,
  search: { ...adamSearch, ...huntSearch },
  agents: ["prey", "predator"],
  phases: (h) => ppmPhases({ optimiser: adamL2(h), gradPred: false }, h),
});
