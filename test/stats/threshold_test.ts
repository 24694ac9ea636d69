import { assertEquals } from "@std/assert";
import type { RunRecord } from "../../src/run/record/record.ts";
import { sustainedOf } from "../../src/stats/sustained.ts";
import { atThreshold } from "../../src/stats/threshold.ts";
import { madeUp } from "../support/records.ts";

/** A run with these test accuracies at epochs 0, 10, 20, … */
function curved(testAccuracy: readonly (number | null)[], status: "grokked" | "diverged" = "grokked"): RunRecord {
  const record = madeUp({ seed: 0, generalised: 20, status });
  const epoch = testAccuracy.map((_, row) => 10 * row);
  const steps = epoch.map((at) => 4 * at);
  const epochs = { epoch, steps, gradientCalls: steps, testAccuracy: [...testAccuracy] };
  return { ...record, curve: { steps: { ...record.curve.steps, loss: [1, 1] }, epochs } };
}

Deno.test("a crossing at another threshold is the first row above it, and its stretch the last one to the end", () => {
  const run = curved([0.1, 0.5, 0.86, 0.89, 0.87, 0.88, 0.91]);
  const at = (threshold: number) => atThreshold(run, threshold);
  assertEquals(at(0.85).generalised, { epoch: 20, steps: 80, gradientCalls: 80 });
  assertEquals(at(0.85).above?.epoch, 20);
  assertEquals([at(0.88).generalised?.epoch, at(0.88).above?.epoch], [30, 60]);
  assertEquals(at(0.88).config.generalisedAbove, 0.88);
  // Exactly at the threshold is not above it.
  assertEquals(at(0.91), { ...at(0.91), status: "censored", generalised: null, above: null });
});

Deno.test("a compact record has its crossing at one of its rows, so far apart, and does not tell whether it lasts", () => {
  const full = curved([0.1, 0.5, 0.86, 0.9]);
  const { loss: _, ...steps } = full.curve.steps;
  const sparse = atThreshold({ ...full, curve: { ...full.curve, steps } }, 0.85);
  assertEquals([sparse.generalised?.epoch, sparse.spacing, sparse.above], [20, 10, undefined]);
  assertEquals(sustainedOf(sparse).generalised, null);
});

Deno.test("a run that is below at its end, or diverged, has no stretch; one that was not followed is a bound", () => {
  const falls = atThreshold(curved([0.1, 0.9, 0.2]), 0.85);
  assertEquals([falls.generalised?.epoch, falls.above, sustainedOf(falls).generalised], [10, null, null]);
  const diverged = atThreshold(curved([0.1, 0.5, null], "diverged"), 0.85);
  assertEquals([diverged.status, diverged.generalised, diverged.above], ["diverged", null, null]);
});
