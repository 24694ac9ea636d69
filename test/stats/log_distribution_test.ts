import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { logDistribution } from "../../src/stats/log_distribution.ts";
import { golden } from "../support/golden.ts";
import { givenUp, observed, reached } from "./samples.ts";

Deno.test("logDistribution() of the 6-MP remissions has NumPy's moments and the textbook's curve", () => {
  // Curve: Kalbfleisch & Prentice 2002, The Statistical Analysis of Failure Time Data; the same as statsmodels'.
  const { moments, curves } = golden("statistics");
  const { events, censored, meanLog, sdLog, steps } = logDistribution(observed(moments.sample));
  assertEquals([events, censored], [9, 12]);
  assertAlmostEquals(meanLog!, moments.meanLog, 1e-12);
  assertAlmostEquals(sdLog!, moments.sdLog, 1e-12);
  assertEquals(steps.map((step) => step.time), [6, 7, 10, 13, 16, 22, 23]);
  steps.forEach((step, i) => assertAlmostEquals(step.survival, curves[0].survival[i], 1e-12));
  assertEquals(steps.map((step) => step.survival.toFixed(3)).join(" "), "0.857 0.807 0.753 0.690 0.627 0.538 0.448");
});

Deno.test("logDistribution() says null where there is nothing to average, and survives JSON", () => {
  const never = logDistribution(givenUp(10, Infinity));
  assertEquals(never, { events: 0, censored: 2, meanLog: null, sdLog: null, steps: [] });
  const one = logDistribution([...reached(1), ...givenUp(Infinity)]);
  assertEquals(one, { events: 1, censored: 1, meanLog: 0, sdLog: null, steps: [{ time: 1, survival: 0.5 }] });
  assertEquals(JSON.parse(JSON.stringify(one)), one);
});

Deno.test("logDistribution() refuses an event at time 0", () => {
  assertThrows(() => logDistribution(reached(0, 1)), RangeError, "a time of 0");
});
