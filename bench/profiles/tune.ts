import type { Entry, Profile } from "../../src/declare/profile.ts";

/**
 * Learning rates and weight decays from the paper's 10⁻³ and 10⁻² upwards, in steps of about √10 and 10. What is best has
 * to lie inside: where it lies at an end, the grid is too small.
 */
export const RATES = [1e-3, 3e-3, 1e-2];
export const DECAYS = [0.01, 0.1, 1, 10];

/** One setting of the grid. */
export interface Tuned {
  readonly learningRate: number;
  readonly weightDecay: number;
}

/** Every setting, by learning rate and then by decay. */
export const GRID: readonly Tuned[] = RATES.flatMap((learningRate) =>
  DECAYS.map((weightDecay) => ({ learningRate, weightDecay }))
);

/**
 * When a setting is given up, Adam-L2 at the paper's constants having generalised well before, and how often it is seen.
 * `add139` is searched once more where its data are scarce, to see whether what is best there is something else.
 */
const SEARCHED: readonly Entry[] = [
  { case: "add97", overrides: { maxEpochs: 150, evalEvery: 1 } },
  { case: "div113", overrides: { maxEpochs: 200, evalEvery: 1 } },
  { case: "add139", overrides: { maxEpochs: 100, evalEvery: 1 } },
  { case: "add139", overrides: { beta: 0.7, maxEpochs: 250, evalEvery: 1 } },
  { case: "div97-smallinit", overrides: { maxEpochs: 250, evalEvery: 1 } },
  { case: "mnist1k", overrides: { maxEpochs: 1000, evalEvery: 5 } },
];

/**
 * AdamW over a grid, in order to find the constants of `adamw-tuned`. The seeds are its own, so that what is chosen here
 * is measured elsewhere on seeds that it was not chosen for. Nothing is run after generalising. The cases that are not
 * here take the constants of a relative: the tiny ones hardly generalise at all.
 */
export const tune: Profile = {
  id: "tune",
  summary: "adamw over a grid of learning rates and weight decays, two seeds of its own; over an hour on two cores",
  entries: SEARCHED.flatMap(({ case: id, overrides }) =>
    GRID.map((constants) => ({ case: id, overrides: { ...overrides, extraEpochs: 0, ...constants } }))
  ),
  algorithms: ["adamw"],
  seeds: [1000, 1001],
};
