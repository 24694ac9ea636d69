import type { Profile } from "../../src/declare/profile.ts";
import { METHODS } from "./methods.ts";

const BETAS = [1, 0.95, 0.9, 0.85, 0.8, 0.75, 0.7];
const SCALES = [0.5, 0.75, 1, 1.5, 2, 3];

/** Whose dependence on the data fraction is fitted beside the baseline's: each method of the paper and its control. */
const FITTED = ["adamw-tuned", "adam-l2", "ppm", "pp-conn-alone", "pp-conn"];

/** A tenth of the baseline's 7·10³ epochs: who has not generalised by then is not 10× faster, and the claims are more. */
const DIVISION_BUDGET = 700;

/** The three cases as in the paper, the β grid of Fig. 7 and the norm sweep. */
export const paper: Profile = {
  id: "paper",
  summary:
    "div97, mnist1k, add139 over β, add139-norm over s; every method of the paper, five seeds; a day on two cores",
  entries: [
    { case: "mnist1k" },
    { case: "div97", algorithms: ["adamw"], seeds: [0, 1, 2] },
    {
      case: "div97",
      overrides: { maxEpochs: DIVISION_BUDGET },
      algorithms: METHODS.filter((id) => id !== "adamw"),
    },
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
