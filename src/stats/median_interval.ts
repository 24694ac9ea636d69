import type { Interval } from "./interval.ts";
import { binomialCdf } from "./proportion.ts";

const LEVEL = 0.95;

/** Even the whole range of four values holds the median with 87.5 % only. */
const LEAST_VALUES = 5;

/**
 * Distribution-free interval of a median, from order statistics: the k-th smallest and the k-th largest of n values, k the
 * largest with 2·P(X < k) ≤ 5 % for X binomial of n and ½. It holds the median with at least 95 %; of five values it is
 * their range, with 93.75 %.
 *
 * What is known of a value may be bounds: every interval that the values could have led to then lies inside.
 *
 * @returns null for fewer than five values
 *
 * Source: Thompson 1936, Ann. Math. Stat. 7:122; Conover 1999, Practical Nonparametric Statistics, 3rd ed., section 3.2.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { medianInterval } from "./median_interval.ts";
 * const values = [9, 2, 4, 7, 1, 8, 3, 10, 6, 5].map((x) => ({ low: x, high: x }));
 * assertEquals(medianInterval(values), { low: 2, high: 9 });
 * ```
 */
export function medianInterval(values: readonly Interval[]): Interval | null {
  const n = values.length;
  if (n < LEAST_VALUES) return null;
  let k = 1;
  while (2 * binomialCdf(k, n, 0.5) <= 1 - LEVEL) k++;
  const sorted = (ends: readonly number[]) => ends.toSorted((a, b) => a - b);
  return { low: sorted(values.map(({ low }) => low))[k - 1], high: sorted(values.map(({ high }) => high))[n - k] };
}
