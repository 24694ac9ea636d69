import type { LedgerEntry } from "../../../src/declare/claim.ts";
import type { Section } from "../sections.ts";

/** Abstract and section 1. */
export const introduction: readonly LedgerEntry<Section>[] = [
  {
    id: "speedup-hundred",
    sections: ["abstract", "1", "7"],
    statement: "On both example problems training needs tens of times, at best a hundred times, fewer gradient calls",
    shows: {
      measure: "speedup over `adamw` in gradient calls, from the start and after memorising",
      cases: ["mnist1k", "div97", "div97-smallinit"],
      algorithms: ["adamw", "ppm", "pp-conn", "pp-conn-fast"],
    },
    state: "measured",
    verdict: "partly",
    findings: ["algorithm-1-on-mnist", "algorithm-2-on-mnist"],
  },
  {
    id: "random-walk",
    sections: ["1"],
    statement: "Without a hunt the distance covered in the ravine grows as the square root of the number of steps",
    shows: {
      measure: "exponent of ‖x − x_mem‖ over the steps since memorising, with and without a predator",
      cases: ["mnist1k", "div97"],
      algorithms: ["adamw", "adam-l2"],
      columns: ["fromStart"],
    },
    state: "not measured",
    lacks: "probe",
    smallest: "an evaluation probe `fromMemorised`, ‖x − x_mem‖: the column `fromStart` of `adamw` counts from θ₀",
  },
  {
    id: "linear-distance",
    sections: ["1"],
    statement: "With a hunt the distance covered grows in proportion to the number of steps",
    shows: {
      measure: "exponent of ‖x − x_mem‖ over the steps of the hunt, beside that of the control",
      cases: ["mnist1k", "div97"],
      algorithms: ["ppm", "pp-conn", "adam-l2", "pp-conn-alone"],
      columns: ["fromStart"],
    },
    state: "not measured",
    lacks: "summary",
    smallest: "a slope of log `fromStart` over log `step` in `leaderboard --probes`; θ₀ is the memorised vector there",
  },
  {
    id: "flat-ravine",
    sections: ["1"],
    statement: "Memorising is falling into a ravine: a set of near-zero training loss, steep across and flat along",
    shows: {
      measure: "loss along directions of the path and across it, at the memorised vector",
      cases: ["mnist1k", "div97"],
      algorithms: ["adamw"],
      columns: ["trainLoss"],
    },
    state: "not measured",
    lacks: "probe",
    smallest:
      "an evaluation probe `curvature`: uᵀHu along the last move and along a random direction, a Hessian-vector " +
      "product each",
  },
  {
    id: "wide-solution",
    sections: ["1"],
    statement: "The generalising solution lies in a wider region than what is passed on the way to it",
    shows: {
      measure: "rise of the training loss under random moves of a given length, at memorising and at generalising",
      cases: ["mnist1k", "div97", "add139"],
      algorithms: ["adamw", "ppm", "pp-conn"],
    },
    state: "not measured",
    lacks: "probe",
    smallest: "an evaluation probe `width`: mean loss at x + r·u over a few seeded unit vectors u",
  },
  {
    id: "irreversible",
    sections: ["1"],
    statement: "Once the standard procedure generalises it does not go back",
    shows: {
      measure: "share of the epochs after generalising above the threshold, and the lowest accuracy",
      cases: ["mnist1k", "div97", "div97-smallinit", "add139"],
      algorithms: ["adamw"],
      columns: ["testAccuracy"],
    },
    state: "measured",
    verdict: "partly",
    findings: ["accuracy-after-generalising"],
  },
  {
    id: "captured",
    sections: ["1"],
    statement: "Prey and predator that reach the wide region stay in it, both of them",
    shows: {
      measure: "test accuracy of the predator and distance of the agents after generalising",
      cases: ["mnist1k", "div97"],
      algorithms: ["ppm", "pp-conn", "pp-conn-fast"],
      columns: ["testAccuracy", "predatorTestAccuracy", "distance"],
    },
    state: "not measured",
    lacks: "summary",
    smallest: "lowest `predatorTestAccuracy` after generalising in `leaderboard --probes`",
  },
  {
    id: "direction-of-the-ravine",
    sections: ["1", "7"],
    statement: "The line from predator to prey holds the direction of the ravine",
    shows: {
      measure: "curvature of the loss along l beside that along a random direction; the push in a random direction",
      cases: ["mnist1k", "div97"],
      algorithms: ["pp-conn", "pp-conn-random"],
    },
    state: "not measured",
    lacks: "probe",
    smallest: "a step probe `alongHunt`: lᵀHl, beside uᵀHu of a seeded random u",
  },
];
