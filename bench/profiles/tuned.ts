import type { Values } from "../../src/declare/field.ts";
import type { Profile } from "../../src/declare/profile.ts";
import { SEARCHED, tuning } from "./tune.ts";

const PPM: Values = { learningRate: 0.00219, weightDecay: 0.0091, A: 95.4, sigma: 61, alphaP: 7.11 };
const PPM_ADAMW: Values = { ...PPM, weightDecay: 0.455 };
const ADAM_L2: Values = { learningRate: 0.00359, weightDecay: 0.000172 };

/**
 * What the searches of profile `tune` found best, by problem and method; nothing where these are the method's own constants.
 * test/contract/tuned_test.ts holds them to the records.
 */
export const FOUND: Readonly<Record<string, Readonly<Record<string, Values>>>> = {
  div113: { "adam-l2": ADAM_L2, ppm: PPM, "pp-conn": {}, "ppm-adamw": PPM_ADAMW },
  add97: {
    "adam-l2": ADAM_L2,
    ppm: PPM,
    "pp-conn": { learningRate: 0.00127, weightDecay: 0.00116, A: 10.8, sigma: 3.94, alphaP: 280 },
    "ppm-adamw": PPM_ADAMW,
  },
  mnist1k: {
    "adam-l2": ADAM_L2,
    ppm: PPM,
    "pp-conn": { learningRate: 0.00378, weightDecay: 0.0712, A: 844, sigma: 0.946, alphaP: 181 },
    "ppm-adamw": PPM_ADAMW,
  },
};

const IDS = SEARCHED.map(({ id }) => id);

/** What is left of a method's constants for its control, which has no hunt. */
export const withoutHunt = ({ learningRate, weightDecay }: Values): Values =>
  learningRate === undefined ? {} : { learningRate, weightDecay };

/** Methods with a hunt, and the same without it. */
export const CONTROLLED = SEARCHED.flatMap(({ id, control, search = {} }) =>
  "A" in search && control ? [{ id, control }] : []
);

/** Where a case is given more than a control needs to show that it is slower: several times what the methods take. */
const CONTROL_BUDGETS: Readonly<Record<string, Values>> = { mnist1k: { maxEpochs: 2000 } };

/**
 * What a search has found is measured on seeds that it was not found on, beside the method's own constants, and beside the
 * same constants without the hunt: a search of five constants may find a better learning rate than one of two.
 */
export const tuned: Profile = {
  id: "tuned",
  summary:
    "each method at the constants of its search and at its own, on seeds that were not searched; an hour on two cores",
  entries: tuning.problems.flatMap(({ case: problem }) => [
    { case: problem, algorithms: ["adamw", "adamw-tuned", ...IDS] },
    ...IDS.map((id) => ({ case: problem, overrides: FOUND[problem][id], algorithms: [id] })),
    ...CONTROLLED.map(({ id, control }) => ({
      case: problem,
      overrides: { ...withoutHunt(FOUND[problem][id]), ...CONTROL_BUDGETS[problem] },
      algorithms: [control],
    })),
  ]),
  algorithms: IDS,
  seeds: [0, 1, 2, 3, 4],
};
