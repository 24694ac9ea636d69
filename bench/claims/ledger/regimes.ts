import type { LedgerEntry } from "../../../src/declare/claim.ts";
import type { Section } from "../sections.ts";

/** Sections 6 and 7. */
export const regimes: readonly LedgerEntry<Section>[] = [
  {
    id: "norm-need-not-fall",
    sections: ["6", "6, Fig. 8"],
    statement: "Grokking happens without a falling weight norm, as on addition at β = 0.55",
    shows: {
      measure: "weight norm when memorised and when generalised",
      cases: ["add139"],
      algorithms: ["adamw"],
      columns: ["weightNorm"],
    },
    state: "measured",
    verdict: "supported",
    findings: ["norms"],
  },
  {
    id: "due-to-hunt-mnist",
    sections: ["4", "7"],
    statement: "It is the chase that makes grokking faster: on MNIST",
    shows: {
      measure: "attribution over the same method without its hunt",
      cases: ["mnist1k"],
      algorithms: ["ppm", "adam-l2", "ppm-nopush", "ppm-nochase", "pp-conn", "pp-conn-alone", "pp-conn-random"],
    },
    state: "measured",
    verdict: "not supported",
    findings: ["algorithm-1-on-mnist", "algorithm-2-on-mnist"],
  },
  {
    id: "due-to-hunt-division",
    sections: ["4", "7"],
    statement: "It is the chase that makes grokking faster: on division",
    shows: {
      measure: "attribution over the same method without its hunt",
      cases: ["div97", "div97-smallinit"],
      algorithms: ["ppm", "adam-l2", "ppm-nopush", "ppm-nochase", "pp-conn-fast", "pp-conn-alone", "pp-conn-random"],
    },
    state: "measured",
    verdict: "partly",
    findings: ["every-form-side-by-side", "algorithm-1-on-division", "algorithm-2-on-division"],
  },
  {
    id: "shared-perturbations",
    sections: ["7"],
    statement: "Shared moments give both agents the same perturbations, so that they move better in step",
    shows: {
      measure: "cosine of the moves of prey and predator, Algorithm 2 beside Algorithm 1",
      cases: ["mnist1k", "div97"],
      algorithms: ["ppm", "pp-conn"],
    },
    state: "not measured",
    lacks: "probe",
    smallest: "a step probe `inStep`: cosine of x − x₋₁ and y − y₋₁, which needs the agents of the step before",
  },
  {
    id: "predator-off-the-ravine",
    sections: ["7"],
    statement: "The speedup is there even where the predator is not in the ravine",
    shows: {
      measure: "attribution beside the training accuracy of the predator, run by run",
      cases: ["mnist1k", "div97"],
      algorithms: ["ppm", "ppm-adamw", "pp-conn-fast"],
      columns: ["predatorTrainAccuracy"],
    },
    state: "not measured",
    lacks: "summary",
    smallest: "the summary of `predator-leaves` beside the attribution",
  },
];
