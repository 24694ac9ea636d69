import { assert, assertEquals, assertThrows } from "@std/assert";
import { laws, predictionRatios } from "../../src/laws/mod.ts";
import { betas, falling, sweep } from "./sweep.ts";

const exponential = laws.find(({ id }) => id === "exponential")!;
const options = { level: 0.9, resamples: 100, seed: 0 };
const truth = { xs: betas, seeds: 8, median: falling(0.12), sigma: 0.2 };

Deno.test("predictionRatios() hold 1 where nothing moved, the factor where it did, and depend on the seed alone", () => {
  const samples = [sweep(truth, 1), sweep({ ...truth, median: (x) => 2 * falling(0.12)(x) }, 2)] as const;
  const moved = predictionRatios(exponential, samples, [0.7, 1], options)!;
  assert(moved.every(({ low, high }) => low > 1.4 && high < 2.8), JSON.stringify(moved));
  assertEquals(predictionRatios(exponential, samples, [0.7, 1], options), moved);
  const [same] = predictionRatios(exponential, [samples[0], sweep(truth, 3)], [0.85], options)!;
  assert(same.low < 1 && same.high > 1, JSON.stringify(same));
});

Deno.test("predictionRatios() are not given where seeds were not repeated, and refuse options out of range", () => {
  const [once, sample] = [sweep({ ...truth, seeds: 1 }, 0), sweep(truth, 0)];
  assertEquals(predictionRatios(exponential, [once, sample], [1], options), null);
  for (const wrong of [{ level: 0 }, { level: 1 }, { resamples: 0 }, { resamples: 1.5 }]) {
    assertThrows(() => predictionRatios(exponential, [sample, sample], [1], { ...options, ...wrong }), RangeError);
  }
});
