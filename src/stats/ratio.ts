import { type Interval, percentileInterval, type Resampling } from "./bootstrap.ts";
import type { Observation } from "./kaplan_meier.ts";

/** Times of one seed: [baseline, algorithm]. */
export type Pair = readonly [Observation, Observation];

/** What is known of a ratio: `low ≤ ratio ≤ high`; equal ends when nothing was censored. */
export interface Ratio {
  readonly low: number;
  /** Infinity when there is no upper bound. */
  readonly high: number;
  readonly pairs: number;
}

/**
 * With fewer pairs even the whole range of a sample covers the median too seldom: 1 − 2¹⁻ⁿ is 87.5 % for 4 and 93.75 %
 * for 5, and a percentile interval cannot leave that range.
 */
const FEWEST_PAIRS = 5;

/** One number for a ratio: the middle of what is known, or its bound; Infinity where nothing is. */
export function representative({ low, high }: Interval): number {
  if (low === 0) return high;
  return high === Infinity ? low : Math.sqrt(low * high);
}

/** T(baseline)/T(algorithm) of one seed: censored times are lower bounds of T. */
function pairRatio([baseline, algorithm]: Pair): Interval {
  const ratio = baseline.time / algorithm.time;
  return { low: algorithm.censored ? 0 : ratio, high: baseline.censored ? Infinity : ratio };
}

/**
 * The middle value, or the geometric mean of the two; 0 and Infinity among them are not lost in logarithms. Between 0
 * and Infinity there is none: `unknown` says which end a bound has to take.
 */
function geometricMedian(values: readonly number[], unknown: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const half = sorted.length / 2;
  if (sorted.length % 2 === 1) return sorted[Math.floor(half)];
  const [below, above] = [sorted[half - 1], sorted[half]];
  return below === 0 && above === Infinity ? unknown : Math.sqrt(below) * Math.sqrt(above);
}

const lowerEnd = (ratios: readonly Interval[]) => geometricMedian(ratios.map(({ low }) => low), 0);
const upperEnd = (ratios: readonly Interval[]) => geometricMedian(ratios.map(({ high }) => high), Infinity);

/**
 * Median over seeds of T(baseline)/T(algorithm), on a logarithmic scale, with censoring carried through.
 *
 * A censored baseline makes a pair's ratio at least c/t, a censored algorithm at most t/c. The median rises with each of
 * its arguments, so the medians of lower and of upper ends enclose it.
 *
 * @param pairs times of the same seed, positive; Infinity for a run that never gets there
 */
export function pairedRatio(pairs: readonly Pair[]): Ratio | null {
  if (pairs.length === 0) return null;
  const ratios = pairs.map(pairRatio);
  return { low: lowerEnd(ratios), high: upperEnd(ratios), pairs: pairs.length };
}

/**
 * Bootstrap interval of `pairedRatio`: pairs are resampled, and what is returned is the lower quantile of the lower ends
 * and the upper quantile of the upper ends of the same resamples.
 *
 * So every interval that the censored times could have led to lies inside. Percentile, since the jackknife that BCa
 * needs is not consistent for medians.
 *
 * @returns null for fewer than 5 pairs: no interval inside the range of 4 covers a median with 90 %
 * @throws {RangeError} if an option is out of range
 *
 * Source: Efron & Tibshirani 1993, An Introduction to the Bootstrap, sections 11.6 and 13.3.
 */
export function pairedRatioInterval(pairs: readonly Pair[], options: Resampling): Interval | null {
  if (pairs.length < FEWEST_PAIRS) return null;
  const ratios = pairs.map(pairRatio);
  const lower = percentileInterval(ratios, lowerEnd, options);
  // Without censoring both ends are the same numbers, and the resampling is most of the work.
  if (ratios.every(({ low, high }) => low === high)) return lower;
  return { low: lower.low, high: percentileInterval(ratios, upperEnd, options).high };
}
