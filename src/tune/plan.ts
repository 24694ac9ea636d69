import type { Algorithm } from "../algorithms/algorithm.ts";
import type { Entry } from "../declare/profile.ts";
import type { Tuning } from "../declare/tuning.ts";
import type { Values } from "../declare/field.ts";
import { settingsOf } from "./settings.ts";

/** Runs that a search of one method on one problem takes, where nothing else is said: twelve settings of two seeds. */
export const BUDGET_OF_A_SEARCH = 24;

/** Entries of a plan that try settings on a problem; nothing is run after generalising. */
export const entriesOf = (
  { overrides, ...problem }: Entry,
  { algorithm, settings, seeds }: {
    readonly algorithm: string;
    readonly settings: readonly Values[];
    readonly seeds: readonly number[];
  },
): Entry[] =>
  settings.map((constants) => ({
    ...problem,
    overrides: { ...overrides, extraEpochs: 0, ...constants },
    algorithms: [algorithm],
    seeds,
  }));

/** The search of a method on every problem of a tuning, within a budget of runs a problem. */
export function searchPlan({ problems, seeds }: Tuning, algorithm: Algorithm, budget = BUDGET_OF_A_SEARCH): Entry[] {
  const settings = settingsOf(algorithm, Math.floor(budget / seeds.length));
  return problems.flatMap((problem) => entriesOf(problem, { algorithm: algorithm.id, settings, seeds }));
}
