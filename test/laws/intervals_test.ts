import { assert, assertEquals, assertThrows } from "@std/assert";
import { lawBand, lawIntervals, laws } from "../../src/laws/mod.ts";
import { betas, falling, sweep } from "./sweep.ts";

const law = (id: string) => laws.find((candidate) => candidate.id === id)!;
const options = { level: 0.95, resamples: 200, seed: 0 };
const truth = { xs: betas, seeds: 5, median: falling(0.12), sigma: 0.25, budget: 300 };

Deno.test("lawIntervals() cover the truth about as often as they say, with a third of the runs censored", () => {
  const repeats = 60;
  let covered = 0;
  for (let seed = 0; seed < repeats; seed++) {
    const { eta } = lawIntervals(law("exponential"), sweep(truth, 100 + seed), { ...options, level: 0.8 })!;
    if (eta.low <= 0.12 && 0.12 <= eta.high) covered++;
  }
  // Four standard errors of 60 trials about 0.78 are ±0.21; intervals half as wide would cover 0.48.
  assert(covered / repeats > 0.62 && covered / repeats < 0.95, `${covered} of ${repeats}`);
});

Deno.test("lawIntervals() draw one run fewer than a stratum has, so two seeds do not make them too narrow", () => {
  // Of a straight line without censoring the standard error of the slope is known. Drawing n of n = 2 would give 0.71 of it.
  const sigma = 0.2;
  const xs = Array.from({ length: 200 }, (_, i) => 1 + i / 199);
  const points = sweep({ xs, seeds: 2, median: (x) => x ** 2, sigma }, 5);
  const { k } = lawIntervals(law("power"), points, { level: 0.6827, resamples: 500, seed: 0 })!;
  const spread = 2 * xs.reduce((sum, x) => sum + Math.log(x) ** 2, 0) -
    2 * xs.reduce((sum, x) => sum + Math.log(x), 0) ** 2 / xs.length;
  const standardError = law("power").fit(points)!.sigma / Math.sqrt(spread);
  const ratio = (k.high - k.low) / 2 / standardError;
  assert(ratio > 0.85 && ratio < 1.15, `${ratio}`);
});

Deno.test("lawBand() holds the true curve about as often as it says, and is widest where runs are censored", () => {
  const [repeats, xs] = [60, [0.7, 0.85, 1]];
  const [covered, widths] = [[0, 0, 0], [0, 0, 0]];
  for (let seed = 0; seed < repeats; seed++) {
    const band = lawBand(law("exponential"), sweep(truth, 500 + seed), xs, { ...options, level: 0.8 })!;
    band.forEach(({ x, low, high }, i) => covered[i] += Number(low <= truth.median(x) && truth.median(x) <= high));
    band.forEach(({ low, high }, i) => widths[i] += Math.log(high / low) / repeats);
  }
  assert(widths[0] > 1.5 * widths[1] && widths[0] > 1.5 * widths[2], `${widths}`);
  for (const count of covered) assert(count / repeats > 0.62 && count / repeats < 0.95, `${covered} of ${repeats}`);
  assertEquals(lawBand(law("exponential"), sweep({ ...truth, seeds: 1 }, 0), xs, options), null);
});

Deno.test("lawIntervals() depend on the seed and on nothing else", () => {
  const points = sweep(truth, 1);
  const once = lawIntervals(law("linear"), points, { ...options, resamples: 50 });
  assertEquals(lawIntervals(law("linear"), points, { ...options, resamples: 50 }), once);
  assert(
    JSON.stringify(lawIntervals(law("linear"), points, { ...options, resamples: 50, seed: 1 })) !==
      JSON.stringify(once),
  );
});

Deno.test("lawIntervals() of eta are the whole line where the law may be flat", () => {
  const points = sweep({ ...truth, median: () => 100, budget: Infinity }, 3);
  assertEquals(lawIntervals(law("exponential"), points, options)!.eta, { low: -Infinity, high: Infinity });
});

Deno.test("lawIntervals() are not given where seeds were not repeated or the law is not determined", () => {
  assertEquals(lawIntervals(law("exponential"), sweep({ ...truth, seeds: 1 }, 0), options), null);
  assertEquals(lawIntervals(law("exponential"), sweep({ ...truth, budget: 1 }, 0), options), null);
  // Two of three settings hang on a single event each: many a resample misses one of them.
  const thin = sweep({ ...truth, xs: [0.8, 1], budget: Infinity }, 0).map((point, i) =>
    i % 5 ? { ...point, time: 10, censored: true } : point
  );
  const more = [...thin, { ...thin[0], x: 0.9, stratum: "0.9" }, { ...thin[1], x: 0.9, stratum: "0.9" }];
  assert(law("exponential").fit(more) !== null);
  assertEquals(lawIntervals(law("exponential"), more, options), null);
});

Deno.test("lawIntervals() refuse options out of range", () => {
  for (const wrong of [{ level: 0 }, { level: 1 }, { resamples: 0 }, { resamples: 1.5 }]) {
    assertThrows(() => lawIntervals(law("constant"), sweep(truth, 0), { ...options, ...wrong }), RangeError);
  }
});
