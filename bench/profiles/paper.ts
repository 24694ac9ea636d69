import type { Profile } from "../../src/declare/profile.ts";
import { METHODS } from "./methods.ts";

export const BETAS = [1, 0.95, 0.9, 0.85, 0.8, 0.75, 0.7];
export const SCALES = [0.5, 0.75, 1, 1.5, 2, 3];

/** Whose dependence on the data fraction is fitted beside the baseline's: each method of the paper and its control. */
const FITTED = ["adamw-tuned", "adam-l2", "ppm", "pp-conn-alone", "pp-conn"];

/** A tenth of the paper's baseline, and of the other form's: who has not generalised by then is not 10× as fast. */
const DIVISION_BUDGETS = { "div97": 400, "div97-smallinit": 700 };

/** The three cases as in the paper, the β grid of Fig. 7 and the norm sweep. */
export const paper: Profile = {
  id: "paper",
  summary:
    "division in two forms, mnist1k, add139 over β, add139-norm over s; every method of the paper, five seeds; a day on two cores",
  entries: [
    { case: "mnist1k" },
    { case: "div97", algorithms: ["adamw"] },
    { case: "div97-smallinit", algorithms: ["adamw"], seeds: [0, 1, 2] },
    ...Object.entries(DIVISION_BUDGETS).map(([id, maxEpochs]) => ({
      case: id,
      overrides: { maxEpochs },
      algorithms: METHODS.filter((id) => id !== "adamw"),
    })),
    ...BETAS.map((beta) => ({ case: "add139", overrides: { beta }, algorithms: ["adamw"] })),
    ...BETAS.map((beta) => ({ case: "add139", overrides: { beta, maxEpochs: 500 }, algorithms: FITTED })),
    ...SCALES.map((initScale) => ({
      case: "add139-norm",
      overrides: { initScale },
      algorithms: ["adamw"],
      seeds: [0, 1, 2],
    })),
  ],
  algorithms: METHODS,
  seeds: [0, 1, 2, 3, 4],
};
