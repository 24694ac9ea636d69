import type { Algorithm } from "../algorithms/algorithm.ts";
import type { Entry } from "../declare/profile.ts";
import type { Tuning } from "../declare/tuning.ts";
import { defaultsOf, type Values } from "../declare/field.ts";
import { BUDGET } from "../problem/case.ts";
import { settingsOf } from "./settings.ts";

/** Runs that a search of one method on one problem may take, where nothing else is said: twelve settings of two seeds. */
export const BUDGET_OF_A_SEARCH = 24;

/** Gradient calls of a step of the phase that takes most. */
const callsAStep = ({ phases, fields }: Algorithm): number =>
  Math.max(...phases(defaultsOf(fields), []).map(({ gradientCalls }) => gradientCalls));

/**
 * Entries of a plan that try settings on a problem; nothing is run after generalising. What takes two gradient calls a step
 * has half of the epochs: the cap is one on gradient calls, the same for all.
 */
export function entriesOf(
  { overrides = {}, ...problem }: Entry,
  { algorithm, settings, seeds }: {
    readonly algorithm: Algorithm;
    readonly settings: readonly Values[];
    readonly seeds: readonly number[];
  },
): Entry[] {
  const cap: Values = overrides[BUDGET] === undefined
    ? {}
    : { [BUDGET]: Math.floor(Number(overrides[BUDGET]) / callsAStep(algorithm)) };
  return settings.map((constants) => ({
    ...problem,
    overrides: { ...overrides, ...cap, extraEpochs: 0, ...constants },
    algorithms: [algorithm.id],
    seeds,
  }));
}

/** The search of a method on every problem of a tuning, within a budget of runs a problem. */
export function searchPlan({ problems, seeds }: Tuning, algorithm: Algorithm, budget = BUDGET_OF_A_SEARCH): Entry[] {
  const settings = settingsOf(algorithm, Math.floor(budget / seeds.length));
  return problems.flatMap((problem) => entriesOf(problem, { algorithm, settings, seeds }));
}
