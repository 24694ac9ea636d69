import { errorFunction, probit } from "simple-statistics";

/** Standard normal density. */
export const normalDensity = (z: number): number => Math.exp(-z * z / 2) / Math.sqrt(2 * Math.PI);

/** Standard normal distribution function, to 1.2e-7 (the package's `cumulativeStdNormalProbability` is a table). */
export const normalCdf = (z: number): number => (1 + errorFunction(z / Math.SQRT2)) / 2;

/**
 * Standard normal quantile: ±Infinity at 0 and 1.
 *
 * `probit` is good to 4e-3 only (Winitzki's approximation), so three steps of Newton's method follow: to 1e-5 for p in
 * [0.001, 0.999].
 */
export function normalQuantile(p: number): number {
  if (!(p >= 0 && p <= 1)) throw new RangeError(`Cannot give the normal quantile of probability ${p}`);
  if (p === 0 || p === 1) return p === 0 ? -Infinity : Infinity;
  let z = probit(p);
  for (let i = 0; i < 3; i++) z -= (normalCdf(z) - p) / normalDensity(z);
  return z;
}
