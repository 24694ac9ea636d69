import { sampleCorrelation } from "simple-statistics";
import type { Estimate } from "../stats/kaplan_meier.ts";
import type { Interval } from "../stats/interval.ts";
import type { Outline } from "../stats/observe.ts";

/** What a finding says, as numbers; null is what its tier does not have. Its texts say the same to a reader. */
export interface Numbers {
  /** Runs: of the expectation, and those that were found. */
  readonly n: { readonly expected: number; readonly found: number };
  /** Of a time: medians in gradient calls, a bound where one was not reached, null where there are no runs. */
  readonly calls: { readonly expected: Estimate | null; readonly found: Estimate | null } | null;
  /**
   * Of a time: T found / T expected, of pairs of one seed or of medians, a range where those are censored. Of a law: the same
   * of what both fits predict, at the setting where they are farthest apart. Of a speedup: the ratio that was found.
   */
  readonly ratio: Interval | null;
  /** Interval of the ratio: 90 % for a time, 95 % for a speedup. */
  readonly interval: Interval | null;
  /** Of "nothing has moved" on the new runs: of a time by itself where seeds are the same, else corrected over cells (Holm). */
  readonly p: number | null;
  /** The same on fresh seeds, corrected: with both codes over all cells, else over those that were flagged. */
  readonly confirmation: number | null;
  /** Correlation of the log times of the same seeds, expected and found anew; null below three pairs. */
  readonly r: number | null;
  /** Of nights: how many times likelier what they show is than under a fair coin, see `sign_process.ts`. */
  readonly evidence: number | null;
  /**
   * Of a trajectory beside float64: how far off it is, relative, and how far it may be, where it parts first or is farthest
   * off; and the farthest of all as a multiple of its tolerance, null where what has to be equal is not.
   */
  readonly deviation:
    | { readonly relative: number; readonly tolerance: number; readonly worst: number | null }
    | null;
  /** What the runs that were found took together, or the trajectory beside float64. */
  readonly seconds: number | null;
}

const NONE = {
  calls: null,
  ratio: null,
  interval: null,
  p: null,
  confirmation: null,
  r: null,
  evidence: null,
  deviation: null,
  seconds: null,
} as const;

/** Numbers of which the others are not there. */
export const numbersOf = (
  { n = { expected: 0, found: 0 }, ...known }: Partial<Numbers> = {},
): Numbers => ({ n, ...NONE, ...known });

/** Pairs below which there is no correlation. */
export const LEAST_PAIRS = 3;

/** Pearson's r of pairs; null below three, or where one side has no spread. */
export function correlation(pairs: readonly (readonly [number, number])[]): number | null {
  if (pairs.length < LEAST_PAIRS) return null;
  const r = sampleCorrelation(pairs.map(([x]) => x), pairs.map(([, y]) => y));
  return Number.isFinite(r) ? r : null;
}

/**
 * Pearson's correlation of log gradient calls to generalise, over the seeds with which both got there: how much of the spread
 * of seeds the seed itself brings along when the arithmetic changes.
 *
 * @returns null for less than three pairs, or where one side has no spread
 */
export function seedCorrelation(expected: readonly Outline[], found: readonly Outline[]): number | null {
  const pairs = found.flatMap(({ seed, generalised }) => {
    const known = expected.find((sample) => sample.seed === seed)?.generalised;
    return known && generalised ? [[Math.log(known.gradientCalls), Math.log(generalised.gradientCalls)] as const] : [];
  });
  return correlation(pairs);
}
