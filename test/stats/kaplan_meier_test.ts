import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { kaplanMeierCurve, kaplanMeierMedian } from "../../src/stats/kaplan_meier.ts";
import { golden } from "../support/golden.ts";
import { observed } from "./samples.ts";

const reached = (...times: number[]) => times.map((time) => ({ time, censored: false }));
const open = (...times: number[]) => times.map((time) => ({ time, censored: true }));

Deno.test("kaplanMeierMedian() finds the remission medians of 6-MP (23 weeks) and placebo (8 weeks)", () => {
  // Freireich et al. 1963, Blood 21:699; the textbook example of R's survival package and lifelines.
  const treated = [...reached(6, 6, 6, 7, 10, 13, 16, 22, 23), ...open(6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35)];
  const placebo = reached(1, 1, 2, 2, 3, 4, 4, 5, 5, 8, 8, 8, 8, 11, 11, 12, 12, 15, 17, 22, 23);
  assertEquals(kaplanMeierMedian(treated), { value: 23, relation: "=" });
  assertEquals(kaplanMeierMedian(placebo), { value: 8, relation: "=" });
});

Deno.test("kaplanMeierMedian() of an uncensored sample is the ordinary median", () => {
  assertEquals(kaplanMeierMedian(reached(5, 1, 3)), { value: 3, relation: "=" });
  assertEquals(kaplanMeierMedian(reached(4, 1, 2, 8)), { value: 3, relation: "=" });
});

Deno.test("kaplanMeierMedian() knows one half from its neighbours in floating point", () => {
  for (let n = 2; n <= 60; n += 2) {
    const median = kaplanMeierMedian(reached(...Array.from({ length: n }, (_, i) => i + 1)));
    assertEquals(median, { value: (n + 1) / 2, relation: "=" });
  }
});

Deno.test("kaplanMeierMedian() gives a lower bound where fewer than half got there", () => {
  assertEquals(kaplanMeierMedian([...reached(10), ...open(100, 200)]), { value: 100, relation: ">=" });
  assertEquals(kaplanMeierMedian(open(50, 70)), { value: 60, relation: ">=" });
  // One run that was given long says nothing of four that were given up early.
  assertEquals(kaplanMeierMedian(open(100, 100, 100, 100, 1000)), { value: 100, relation: ">=" });
  // S is 1/2 at 10, but the run given up at 5 may have needed 6.
  assertEquals(kaplanMeierMedian([...reached(10), ...open(5, 20)]), { value: 10, relation: ">=" });
  assertEquals(kaplanMeierMedian([]), null);
});

Deno.test("kaplanMeierMedian() of a sample of which exactly half got there is a bound, not their median", () => {
  assertEquals(kaplanMeierMedian([...reached(10), ...open(1000)]), { value: 505, relation: ">=" });
  assertEquals(kaplanMeierMedian([...reached(10, 20), ...open(100, 300)]), { value: 60, relation: ">=" });
  assertEquals(kaplanMeierMedian([...reached(10), ...open(Infinity)]), { value: 10, relation: ">=" });
});

Deno.test("kaplanMeierMedian() keeps a run that can never get there in the count", () => {
  assertEquals(kaplanMeierMedian([...reached(10), ...open(Infinity, Infinity)]), { value: 10, relation: ">=" });
});

Deno.test("kaplanMeierCurve() and the median agree with SciPy and statsmodels under random censoring", () => {
  for (const { name, sample, times, survival, median } of golden("statistics").curves) {
    const steps = kaplanMeierCurve(observed(sample));
    assertEquals(steps.map((step) => step.time), times, name);
    steps.forEach((step, i) => assertAlmostEquals(step.survival, survival[i], 1e-12, name));
    assertEquals(kaplanMeierMedian(observed(sample)), { value: median, relation: "=" });
  }
});

Deno.test("kaplanMeierCurve() refuses an event that never happened", () => {
  assertThrows(() => kaplanMeierCurve(reached(3, Infinity)), RangeError, "an event at time Infinity");
  assertThrows(() => kaplanMeierCurve(open(NaN)), RangeError, "a censored run at time NaN");
});

Deno.test("a curve that ends at one half has its median there; one that goes on unknown has a bound", () => {
  const event = { time: 10, censored: false };
  assertEquals(kaplanMeierMedian([event, { time: 10, censored: true }]), { value: 10, relation: "=" });
  assertEquals(kaplanMeierMedian([event, { time: 20, censored: true }])?.relation, ">=");
});
