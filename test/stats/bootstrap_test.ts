import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { mean, variance } from "simple-statistics";
import { bootstrapTwoSamples } from "../../src/stats/bootstrap.ts";

const OPTIONS = { level: 0.9, resamples: 20_000, seed: 0 };
const point = (x: number) => ({ low: x, high: x });
const difference = (a: readonly number[], b: readonly number[]) => mean([...b]) - mean([...a]);

/** The interval of a statistic of samples of numbers. */
const intervalOf = (
  first: readonly number[],
  second: readonly number[],
  statistic: typeof difference,
  options = OPTIONS,
) =>
  bootstrapTwoSamples(
    [first.length, second.length],
    (a, b) => point(statistic([...a].map((i) => first[i]), [...b].map((i) => second[i]))),
    options,
  );

Deno.test("bootstrapTwoSamples() resamples both: the variance of a difference is the sum of theirs", () => {
  const [first, second] = [Array.from({ length: 40 }, (_, i) => i), Array.from({ length: 25 }, (_, i) => 2 * i)];
  const { low, high } = intervalOf(first, second, difference, OPTIONS);
  const error = Math.sqrt(variance(first) / 40 + variance(second) / 25);
  // Normal to good approximation: ± 1.645 standard errors.
  assertAlmostEquals((high - low) / 2 / error, 1.645, 0.04);
  assertAlmostEquals((high + low) / 2, difference(first, second), 0.05 * error);
});

Deno.test("bootstrapTwoSamples() of one seed resamples the same for every statistic", () => {
  const [first, second] = [[3, 1, 4, 1, 5], [9, 2, 6]];
  const { low, high } = intervalOf(first, second, difference, OPTIONS);
  const doubled = intervalOf(first, second, (a, b) => 2 * difference(a, b), OPTIONS);
  assertEquals(doubled, { low: 2 * low, high: 2 * high });
});

Deno.test("an interval is refused where there is nothing to resample or to rank", () => {
  assertThrows(() => intervalOf([], [1], difference, OPTIONS), RangeError, "empty sample");
  assertThrows(() => intervalOf([1, 2], [1], () => NaN, OPTIONS), RangeError, "not a number");
  assertThrows(() => intervalOf([1, 2], [1], difference, { ...OPTIONS, level: 90 }), RangeError, "level 90");
});
