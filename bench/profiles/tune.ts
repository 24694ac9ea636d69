import type { Entry, Profile } from "../../src/declare/profile.ts";
import type { Values } from "../../src/declare/field.ts";
import type { SearchedOn, Tuning } from "../../src/declare/tuning.ts";
import { entriesOf, searchPlan } from "../../src/tune/plan.ts";
import { adamw } from "../algorithms/adamw.ts";
import { SEARCHED, SEARCHES } from "./searches.ts";

/**
 * Learning rates and weight decays from the paper's 10⁻³ and 10⁻² upwards, in steps of about √10 and 10. What is best has
 * to lie inside: where it lies at an end, the grid is too small.
 */
export const RATES = [1e-3, 3e-3, 1e-2];
export const DECAYS = [0.01, 0.1, 1, 10];

/** One setting of the grid. */
export interface Tuned extends Values {
  readonly learningRate: number;
  readonly weightDecay: number;
}

/** Every setting, by learning rate and then by decay. */
export const GRID: readonly Tuned[] = RATES.flatMap((learningRate) =>
  DECAYS.map((weightDecay) => ({ learningRate, weightDecay }))
);

/** When a setting is given up, Adam-L2 at the paper's constants having generalised well before, and how often it is seen. */
const ON_ADD97 = { case: "add97", overrides: { maxEpochs: 150, evalEvery: 1 } };
const ON_DIV113 = { case: "div113", overrides: { maxEpochs: 200, evalEvery: 1 } };
const ON_MNIST1K = { case: "mnist1k", overrides: { maxEpochs: 1000, evalEvery: 5 } };

/**
 * Where the grid is searched for AdamW. `add139` is searched once more where its data are scarce, to see whether what is
 * best there is something else.
 */
const GRIDDED: readonly Entry[] = [
  ON_ADD97,
  ON_DIV113,
  { case: "add139", overrides: { maxEpochs: 100, evalEvery: 1 } },
  { case: "add139", overrides: { beta: 0.7, maxEpochs: 250, evalEvery: 1 } },
  { case: "div97-smallinit", overrides: { maxEpochs: 250, evalEvery: 1 } },
  ON_MNIST1K,
];

/** Seeds that are for tuning alone, so that what is chosen here is measured on seeds that it was not chosen for. */
const SEEDS = [1000, 1001];

/**
 * What is found is measured with twice the budget of the search, less than that of the case, which AdamW at the paper's
 * constants needs and a method beside its control does not.
 */
const MEASURED: readonly SearchedOn[] = [
  { ...ON_DIV113, measured: { maxEpochs: 400 } },
  { ...ON_ADD97, measured: { maxEpochs: 300 } },
  { ...ON_MNIST1K, measured: { maxEpochs: 2000 } },
];

/** Where every method has the same search, over ranges that it declares itself. */
export const tuning: Tuning = { problems: MEASURED, seeds: SEEDS, searches: SEARCHES };

/**
 * AdamW over a grid, in order to find the constants of `adamw-tuned`, and as many runs a problem at most for every method
 * whose search is kept. Nothing is run after generalising. The cases that are not here take the constants of a relative: the
 * tiny ones hardly generalise at all.
 */
export const tune: Profile = {
  id: "tune",
  summary:
    "constants of adamw over a grid, of the methods over their own ranges, as many runs each; hours on two cores",
  entries: [
    ...GRIDDED.flatMap((problem) => entriesOf(problem, { algorithm: adamw, settings: GRID, seeds: SEEDS })),
    ...SEARCHED.flatMap((algorithm) => searchPlan(tuning, algorithm)),
  ],
  algorithms: ["adamw"],
  seeds: SEEDS,
};
