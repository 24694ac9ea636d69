import { algorithms } from "../../src/algorithms/mod.ts";
import type { Profile } from "./profile.ts";

const BETAS = [1, 0.95, 0.9, 0.85, 0.8, 0.75, 0.7];
const SCALES = [0.5, 0.75, 1, 1.5, 2, 3];

/** The three cases as in the paper, the β grid of Fig. 7 and the norm sweep. */
export const paper: Profile = {
  id: "paper",
  summary: "div97, mnist1k, add139 over β, add139-norm over s; every algorithm, five seeds; days on one core",
  entries: [
    { case: "mnist1k" },
    { case: "div97" },
    ...BETAS.map((beta) => ({ case: "add139", overrides: { beta } })),
    ...SCALES.map((initScale) => ({ case: "add139-norm", overrides: { initScale }, algorithms: ["adamw"] })),
  ],
  algorithms: algorithms.map((a) => a.id),
  seeds: [0, 1, 2, 3, 4],
};
