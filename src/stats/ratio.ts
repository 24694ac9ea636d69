import type { Interval } from "./interval.ts";
import type { Observation } from "./kaplan_meier.ts";
import { medianInterval } from "./median_interval.ts";

/** Times of one seed: [baseline, algorithm]. */
export type Pair = readonly [Observation, Observation];

/** What is known of a ratio: `low ≤ ratio ≤ high`; equal ends when nothing was censored. */
export interface Ratio {
  readonly low: number;
  /** Infinity when there is no upper bound. */
  readonly high: number;
  readonly pairs: number;
}

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
 * The middle value, or the geometric mean of the two. With 0 or Infinity in the middle there is no such mean (a run
 * diverged): what is known is then the one of the two that bounds it.
 */
function geometricMedian(values: readonly number[], bound: (below: number, above: number) => number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const half = sorted.length / 2;
  if (sorted.length % 2 === 1) return sorted[Math.floor(half)];
  const [below, above] = [sorted[half - 1], sorted[half]];
  return below === 0 || above === Infinity ? bound(below, above) : Math.sqrt(below) * Math.sqrt(above);
}

const lowerEnd = (ratios: readonly Interval[]) => geometricMedian(ratios.map(({ low }) => low), Math.min);
const upperEnd = (ratios: readonly Interval[]) => geometricMedian(ratios.map(({ high }) => high), Math.max);

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

/** Interval of that median over seeds (`medianInterval`); null for fewer than 5 pairs. */
export const pairedRatioInterval = (pairs: readonly Pair[]): Interval | null => medianInterval(pairs.map(pairRatio));
