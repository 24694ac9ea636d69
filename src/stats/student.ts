import { mean, sampleStandardDeviation } from "simple-statistics";
import jstat from "jstat";
import type { Interval } from "./interval.ts";

/** Quantiles and distribution function of Student's t. */
export const { inv, cdf }: {
  inv(probability: number, degrees: number): number;
  cdf(t: number, degrees: number): number;
} = jstat.studentt;

/** With two values there is one degree of freedom, and next to nothing is known of their scatter. */
const FEWEST = 3;

/**
 * Interval of the mean of a normal population: mean ± t·s/√n, t the quantile of Student's distribution with n − 1 degrees.
 *
 * @returns null of fewer than three values
 *
 * Source: Student 1908, Biometrika 6:1.
 */
export function studentInterval(values: readonly number[], level: number): Interval | null {
  if (values.length < FEWEST) return null;
  const own = [...values];
  const half = inv((1 + level) / 2, own.length - 1) * sampleStandardDeviation(own) / Math.sqrt(own.length);
  return { low: mean(own) - half, high: mean(own) + half };
}

/** Two-sided p of "the mean is 0"; null of fewer than three values. The same source. */
export function studentTest(values: readonly number[]): number | null {
  if (values.length < FEWEST) return null;
  const own = [...values];
  const error = sampleStandardDeviation(own) / Math.sqrt(own.length);
  if (error === 0) return mean(own) === 0 ? 1 : 0;
  return 2 * cdf(-Math.abs(mean(own) / error), own.length - 1);
}
