import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { median } from "simple-statistics";
import { stream } from "../../src/data/stream.ts";
import { medianRatio } from "../../src/stats/median_ratio.ts";
import { golden } from "../support/golden.ts";
import { givenUp, lognormal, reached } from "./samples.ts";

const OPTIONS = { level: 0.9, resamples: 2000, seed: 0 };

Deno.test("medianRatio() without censoring agrees with SciPy's percentile interval of the ratio of medians", () => {
  const { reference, fresh, interval } = golden("statistics").medianRatio;
  const own = medianRatio(reached(...reference), reached(...fresh), { ...OPTIONS, resamples: 20_000 });
  const [above, below] = [median(fresh), median(reference)];
  assertEquals(own.ratio, { low: above / below, high: above / below });
  // 5 % quantiles of 20,000 resamples are good to 0.2 %, but ratios of medians are discrete: the next one is 1 % away.
  assertAlmostEquals(own.interval.low / interval[0], 1, 0.015);
  assertAlmostEquals(own.interval.high / interval[1], 1, 0.015);
});

Deno.test("medianRatio() carries a bound of either median through", () => {
  const [known, bound] = [reached(10, 20, 30), [...reached(10), ...givenUp(60, 60)]];
  assertEquals(medianRatio(known, bound, OPTIONS).ratio, { low: 3, high: Infinity });
  assertEquals(medianRatio(bound, known, OPTIONS).ratio, { low: 0, high: 1 / 3 });
  assertEquals(medianRatio(bound, bound, OPTIONS).ratio, { low: 0, high: Infinity });
});

Deno.test("medianRatio() of a sample of which most diverged is infinite, not a bound at its last event", () => {
  const known = reached(98, 99, 100, 101, 102);
  const diverged = [...reached(95), ...givenUp(...Array(7).fill(Infinity))];
  const { ratio, interval } = medianRatio(known, diverged, OPTIONS);
  assertEquals(ratio, { low: Infinity, high: Infinity });
  assertEquals(interval, { low: Infinity, high: Infinity });
  assertEquals(medianRatio(diverged, known, OPTIONS).ratio, { low: 0, high: 0 });
  assertEquals(medianRatio(diverged, diverged, OPTIONS).ratio, { low: 0, high: Infinity });
});

Deno.test("medianRatio() with a budget gives an interval around what it would give without", () => {
  for (const seed of [0, 1, 2, 3, 4]) {
    const random = stream(seed, "budget");
    const [reference, fresh] = [lognormal(15, random), lognormal(9, random, 1.3)];
    const cut = ({ time }: { time: number }) => ({ time: Math.min(time, 1.6), censored: time > 1.6 });
    const full = medianRatio(reference, fresh, OPTIONS);
    const seen = medianRatio(reference.map(cut), fresh.map(cut), OPTIONS);
    assert(seen.interval.low <= full.interval.low && full.interval.high <= seen.interval.high);
    assert(full.interval.low < full.ratio.low && full.ratio.high < full.interval.high);
  }
});

Deno.test("medianRatio() is sure of a factor of two, whatever the unit", () => {
  const random = stream(7, "factor");
  const [reference, fresh] = [lognormal(40, random), lognormal(40, random, 2)];
  const { interval } = medianRatio(reference, fresh, OPTIONS);
  assert(interval.low > 1.25 && interval.low < 2 && interval.high > 2 && interval.high < 3.2);
  const inSteps = [reference, fresh].map((sample) => sample.map((o) => ({ ...o, time: 1024 * o.time })));
  assertEquals(medianRatio(inSteps[0], inSteps[1], OPTIONS).interval, interval);
});

Deno.test("medianRatio() refuses an empty sample and a time of 0", () => {
  assertThrows(() => medianRatio([], reached(1), OPTIONS), RangeError, "1 fresh runs with 0 of the reference");
  assertThrows(() => medianRatio(reached(1, 0), reached(1), OPTIONS), RangeError, "a time of 0");
});
