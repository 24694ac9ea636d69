import { bisect, gammaln } from "simple-statistics";
import type { Interval } from "./interval.ts";

/** P(X ≤ k) of a binomial X of n trials; p strictly between 0 and 1. Terms in logarithms, for pⁱ underflows. */
export function binomialCdf(k: number, n: number, p: number): number {
  let total = 0;
  for (let i = 0; i <= k; i++) {
    const choose = gammaln(n + 1) - gammaln(i + 1) - gammaln(n - i + 1);
    total += Math.exp(choose + i * Math.log(p) + (n - i) * Math.log1p(-p));
  }
  return total;
}

/** The p at which so few successes have probability `tail`. */
function upperEnd(successes: number, n: number, tail: number): number {
  if (successes === n) return 1;
  return bisect((p) => binomialCdf(successes, n, p) - tail, 1e-12, 1 - 1e-12, 100, 1e-12);
}

/**
 * Exact (Clopper–Pearson) interval of a proportion: all p that a two-sided binomial test does not reject, with
 * (1 − level)/2 in each tail. It covers with at least `level`, and for small n with more.
 *
 * @throws {RangeError} if the counts are not integers with 0 ≤ successes ≤ n and n ≥ 1, or the level is not in (0, 1)
 *
 * Source: Clopper & Pearson 1934, Biometrika 26:404.
 *
 * @example
 * ```ts
 * import { assertAlmostEquals } from "@std/assert";
 * import { clopperPearson } from "./proportion.ts";
 * // No failure in n trials: 1 − 0.025^(1/n) at most, the "rule of three".
 * assertAlmostEquals(clopperPearson(0, 30, 0.95).high, 1 - 0.025 ** (1 / 30), 1e-9);
 * ```
 */
export function clopperPearson(successes: number, n: number, level: number): Interval {
  if (!Number.isInteger(n) || !Number.isInteger(successes) || n < 1 || successes < 0 || successes > n) {
    throw new RangeError(`Cannot give an interval for ${successes} of ${n}`);
  }
  if (!(level > 0 && level < 1)) throw new RangeError(`Cannot give an interval at level ${level}`);
  const tail = (1 - level) / 2;
  // So many successes in n are so few failures.
  return { low: 1 - upperEnd(n - successes, n, tail), high: upperEnd(successes, n, tail) };
}
