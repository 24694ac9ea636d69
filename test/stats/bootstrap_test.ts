import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { max, mean, variance } from "simple-statistics";
import { bcaLevels } from "../../src/stats/bca.ts";
import { bootstrapInterval, bootstrapTwoSamples, percentileInterval } from "../../src/stats/bootstrap.ts";
import { normalQuantile } from "../../src/stats/normal.ts";
import { golden } from "../support/golden.ts";
import { fourErrors, share } from "./samples.ts";

const OPTIONS = { level: 0.9, resamples: 20_000, seed: 0 };
const statistics: Record<string, (x: readonly number[]) => number> = {
  mean: (x) => mean([...x]),
  variance: (x) => variance([...x]),
};

Deno.test("normalQuantile() agrees with SciPy to 1e-5", () => {
  const { p, z } = golden("statistics").normal;
  p.forEach((value: number, i: number) => assertAlmostEquals(normalQuantile(value), z[i], 1e-5));
  assertEquals([normalQuantile(0), normalQuantile(1)], [-Infinity, Infinity]);
});

Deno.test("bcaLevels() read SciPy's own replicates where SciPy does", () => {
  for (const { name, data, level, replicates, levels } of golden("statistics").bootstrap) {
    const jackknife = data.map((_: number, i: number) => statistics[name](data.toSpliced(i, 1)));
    const [low, high] = bcaLevels(replicates, statistics[name](data), jackknife, level)!;
    assertAlmostEquals(low, levels[0], 1e-5, name);
    assertAlmostEquals(high, levels[1], 1e-5, name);
  }
});

Deno.test("bcaLevels() are those of percentiles where nothing is biased or skewed, ties with the estimate among them", () => {
  const [low, high] = bcaLevels([1, 2, 2, 2, 3], 2, [1.9, 2, 2.1], 0.9)!;
  assertAlmostEquals(low, 0.05, 1e-6);
  assertAlmostEquals(high, 0.95, 1e-6);
});

Deno.test("bcaLevels() are not defined without spread, beyond all replicates, or without end", () => {
  // 0.1 + 0.2 is not 0.3: the same values but for the last bit.
  assertEquals(bcaLevels([0.2, 0.3, 0.4], 0.3, [0.3, 0.1 + 0.2, 0.3], 0.9), null);
  assertEquals(bcaLevels([2, 3, 4], 1, [0.9, 1, 1.1], 0.9), null);
  assertEquals(bcaLevels([1, 2, Infinity], 2, [1.9, 2, 2.1], 0.9), null);
  assertEquals(bcaLevels([1, 2, 3], 2, [1.9, 2, Infinity], 0.9), null);
});

Deno.test("bootstrapInterval() and percentileInterval() agree with SciPy's at 200,000 resamples", () => {
  // Efron & Tibshirani's spatial test data, and a skewed sample of 15. Monte Carlo error of the ends of ours and of
  // their levels: 0.03 standard errors of the statistic.
  for (const { name, data, level, bca, percentile, standardError } of golden("statistics").bootstrap) {
    const own = bootstrapInterval<number>(data, statistics[name], { ...OPTIONS, level });
    assertEquals(own.kind, "bca");
    const plain = percentileInterval<number>(data, statistics[name], { ...OPTIONS, level });
    const ends = [[own.low, bca[0]], [own.high, bca[1]], [plain.low, percentile[0]], [plain.high, percentile[1]]];
    for (const [ours, theirs] of ends) assertAlmostEquals(ours, theirs, 0.1 * standardError, name);
  }
});

Deno.test("bootstrapInterval() of the mean of 20 exponential variables covers nearly as often as its level says", () => {
  const missed = { below: 0, above: 0 };
  const covered = share(300, "coverage", ({ uniform }, seed) => {
    const sample = Array.from({ length: 20 }, () => -Math.log1p(-uniform()));
    const { low, high } = bootstrapInterval(sample, statistics.mean, { level: 0.9, resamples: 400, seed });
    if (high < 1) missed.below++;
    if (low > 1) missed.above++;
    return low <= 1 && 1 <= high;
  });
  // At n = 20 it falls a few per cent short.
  assert(covered > 0.87 - fourErrors(0.9, 300) && covered < 0.9 + fourErrors(0.9, 300), `${covered}`);
  assert(missed.below > 0 && missed.above > 0);
});

Deno.test("bootstrapInterval() falls back to percentiles where BCa is not defined", () => {
  const constant = bootstrapInterval([0.1, 0.1, 0.1, 0.1, 0.1], statistics.mean, OPTIONS);
  assertEquals(constant.kind, "percentile");
  assertAlmostEquals(constant.low, 0.1, 1e-12);
  assertAlmostEquals(constant.high, 0.1, 1e-12);
  const endless = bootstrapInterval([1, 2, 3, Infinity], (x) => max([...x]), OPTIONS);
  assertEquals(endless, { low: 2, high: Infinity, kind: "percentile" });
  assertEquals(bootstrapInterval([4], statistics.mean, OPTIONS), { low: 4, high: 4, kind: "percentile" });
});

Deno.test("bootstrapInterval() of one seed resamples the same for every statistic", () => {
  const sample = [3, 1, 4, 1, 5, 9, 2, 6];
  const { low, high } = percentileInterval(sample, statistics.mean, OPTIONS);
  const doubled = percentileInterval(sample, (x) => 2 * statistics.mean(x), OPTIONS);
  assertEquals(doubled, { low: 2 * low, high: 2 * high });
});

Deno.test("bootstrapTwoSamples() resamples both: the variance of a difference is the sum of theirs", () => {
  const [first, second] = [Array.from({ length: 40 }, (_, i) => i), Array.from({ length: 25 }, (_, i) => 2 * i)];
  const difference = (a: readonly number[], b: readonly number[]) => statistics.mean(b) - statistics.mean(a);
  const { low, high } = bootstrapTwoSamples(first, second, difference, OPTIONS);
  const error = Math.sqrt(statistics.variance(first) / 40 + statistics.variance(second) / 25);
  // Normal to good approximation: ± 1.645 standard errors.
  assertAlmostEquals((high - low) / 2 / error, 1.645, 0.04);
  assertAlmostEquals((high + low) / 2, difference(first, second), 0.05 * error);
});

Deno.test("an interval is refused where there is nothing to resample or to rank", () => {
  assertThrows(() => bootstrapInterval<number>([], statistics.mean, OPTIONS), RangeError, "empty sample");
  assertThrows(() => percentileInterval([1, 2], () => NaN, OPTIONS), RangeError, "not a number");
  assertThrows(() => percentileInterval([1, 2], statistics.mean, { ...OPTIONS, level: 90 }), RangeError, "level 90");
});
