import type { Observation } from "./kaplan_meier.ts";

/** What is known of a ratio: `low ≤ ratio ≤ high`; equal ends when nothing was censored. */
export interface Ratio {
  readonly low: number;
  /** Infinity when there is no upper bound. */
  readonly high: number;
  readonly pairs: number;
}

/** T(baseline)/T(algorithm) of one seed: censored times are lower bounds of T. */
function pairRatio(baseline: Observation, algorithm: Observation): { low: number; high: number } {
  const ratio = baseline.time / algorithm.time;
  return { low: algorithm.censored ? 0 : ratio, high: baseline.censored ? Infinity : ratio };
}

/** The middle value, or the geometric mean of the two; 0 and Infinity among them are not lost in logarithms. */
function geometricMedian(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const half = sorted.length / 2;
  if (sorted.length % 2 === 1) return sorted[Math.floor(half)];
  return Math.sqrt(sorted[half - 1]) * Math.sqrt(sorted[half]);
}

/**
 * Median over seeds of T(baseline)/T(algorithm), on a logarithmic scale, with censoring carried through.
 *
 * A censored baseline makes a pair's ratio at least c/t, a censored algorithm at most t/c. The median rises with each of
 * its arguments, so the medians of lower and of upper ends enclose it.
 *
 * @param pairs times of the same seed, positive and finite: [baseline, algorithm]
 */
export function pairedRatio(pairs: readonly (readonly [Observation, Observation])[]): Ratio | null {
  if (pairs.length === 0) return null;
  const bounds = pairs.map(([b, a]) => pairRatio(b, a));
  return {
    low: geometricMedian(bounds.map((b) => b.low)),
    high: geometricMedian(bounds.map((b) => b.high)),
    pairs: pairs.length,
  };
}
