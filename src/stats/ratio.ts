import { median } from "simple-statistics";
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

/**
 * Median over seeds of T(baseline)/T(algorithm), on a logarithmic scale, with censoring carried through.
 *
 * A censored baseline makes a pair's ratio at least c/t, a censored algorithm at most t/c. The median rises with each of
 * its arguments, so the medians of lower and of upper ends enclose it.
 *
 * @param pairs times of the same seed: [baseline, algorithm]
 */
export function pairedRatio(pairs: readonly (readonly [Observation, Observation])[]): Ratio | null {
  const usable = pairs.filter(([b, a]) => b.time > 0 && a.time > 0);
  if (usable.length === 0) return null;
  const bounds = usable.map(([b, a]) => pairRatio(b, a));
  const middle = (ends: number[]) => Math.exp(median(ends.map(Math.log)));
  return { low: middle(bounds.map((b) => b.low)), high: middle(bounds.map((b) => b.high)), pairs: usable.length };
}
