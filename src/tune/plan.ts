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
  { case: problem, overrides = {} }: Entry,
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
    case: problem,
    overrides: { ...overrides, ...cap, extraEpochs: 0, ...constants },
    algorithms: [algorithm.id],
    seeds,
  }));
}

/** The search of a method on every problem of a tuning on which it is kept: the runs that were made of it. */
export function searchPlan({ problems, seeds, searches }: Tuning, algorithm: Algorithm): Entry[] {
  const settings = settingsOf(algorithm, BUDGET_OF_A_SEARCH / seeds.length);
  return problems.flatMap((problem) => {
    const kept = searches[problem.case]?.[algorithm.id];
    if (!kept) return [];
    return settings.flatMap((setting, i) => {
      const gone = kept.goneOn?.includes(i) ?? true;
      return entriesOf(problem, { algorithm, settings: [setting], seeds: gone ? seeds : seeds.slice(0, 1) });
    });
  });
}
