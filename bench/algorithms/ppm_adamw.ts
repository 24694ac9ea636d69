import { defineAlgorithm } from "../../src/algorithms/algorithm.ts";
import { adamFields, decoupledSearch, huntFields, huntSearch } from "../../src/algorithms/fields.ts";
import { ppmPhases } from "../../src/algorithms/ppm.ts";
import { adamw } from "../../src/algorithms/transform.ts";
import { huntPresets } from "./hunt_presets.ts";
import { memorise } from "./memorise.ts";

export const ppmAdamw = defineAlgorithm({
  id: "ppm-adamw",
  summary: "Algorithm 1 on AdamW",
  source: "arXiv:2509.10562, Algorithm 1",
  control: "adamw-restart",
  controlReason: "the same phases, optimiser and restart without a predator",
  fields: { ...adamFields, ...huntFields },
  presets: huntPresets,
  search: { ...decoupledSearch, ...huntSearch },
  agents: ["prey", "predator"],
  phases: (h) => [memorise(h), ...ppmPhases({ optimiser: adamw(h), gradPred: false }, h)],
});
