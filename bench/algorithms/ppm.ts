import { defineAlgorithm } from "../../src/algorithms/algorithm.ts";
import { adamFields, adamSearch, huntFields, huntSearch } from "../../src/algorithms/fields.ts";
import { ppmPhases } from "../../src/algorithms/ppm.ts";
import { adamL2 } from "../../src/algorithms/transform.ts";
import { huntPresets } from "./hunt_presets.ts";
import { memorise } from "./memorise.ts";

export const ppm = defineAlgorithm({
  id: "ppm",
  summary: "Algorithm 1 on Adam-L2: the predator chases, the prey is pushed",
  source: "arXiv:2509.10562, Algorithm 1, Fig. 2",
  control: "adam-l2",
  controlReason: "the same phases, optimiser and restart without a predator",
  fields: { ...adamFields, ...huntFields },
  presets: huntPresets,
  search: { ...adamSearch, ...huntSearch },
  agents: ["prey", "predator"],
  phases: (h) => [memorise(h), ...ppmPhases({ optimiser: adamL2(h), gradPred: false }, h)],
});
