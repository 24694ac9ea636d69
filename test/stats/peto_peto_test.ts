import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { integerScores, petoPetoScores } from "../../src/stats/peto_peto.ts";
import { golden } from "../support/golden.ts";
import { givenUp, observed, onAnotherClock, reached } from "./samples.ts";

/*
 * By hand: of 1, 2+, 3, 4+, 5 the curve is 4/5 after 1, 4/5·2/3 = 8/15 after 3 and 0 after 5, so the scores are
 * 4/5 + 1 − 1, 4/5 − 1, 8/15 + 4/5 − 1, 8/15 − 1 and 0 + 8/15 − 1: fifteenths 12, −3, 5, −7, −7.
 */
const SAMPLE = [...reached(5), ...givenUp(2), ...reached(1), ...givenUp(4), ...reached(3)];
const FIFTEENTHS = [-7, -3, 12, -7, 5];

Deno.test("petoPetoScores() of five observations are those computed by hand, in the order given", () => {
  petoPetoScores(SAMPLE).forEach((score, i) => assertAlmostEquals(15 * score, FIFTEENTHS[i], 1e-12));
});

Deno.test("petoPetoScores() give the weighted log-rank test of Harrington & Fleming (ρ = 1)", () => {
  // Freireich's leukaemia data, one common budget, random censoring; chi-squared from statsmodels.
  for (const { name, reference, fresh, scores, freshSum, variance, chisq } of golden("statistics").scores) {
    const own = petoPetoScores(observed([...reference, ...fresh]));
    own.forEach((score, i) => assertAlmostEquals(score, scores[i], 1e-12, name));
    const sum = own.slice(reference.length).reduce((a, b) => a + b, 0);
    assertAlmostEquals(sum, freshSum, 1e-10, name);
    assertAlmostEquals(sum ** 2 / variance, chisq, 1e-8, name);
    assertAlmostEquals(own.reduce((a, b) => a + b, 0), 0, 1e-12, name);
  }
});

Deno.test("petoPetoScores() depend on the order of the times alone", () => {
  const pool = observed(golden("statistics").scores[2].reference);
  assertEquals(petoPetoScores(onAnotherClock(pool)), petoPetoScores(pool));
  // Beyond the last event it makes no difference when a run was given up, if ever.
  assertEquals(petoPetoScores([...reached(1, 2), ...givenUp(3, Infinity)]), [0.75, 0.25, -0.5, -0.5]);
});

Deno.test("petoPetoScores() of events at one time are all 0, and so are those of runs that never got there", () => {
  assertEquals(petoPetoScores(reached(7, 7, 7)), [0, 0, 0]);
  assertEquals(petoPetoScores(givenUp(5, 9, Infinity)), [0, 0, 0]);
  assertEquals(petoPetoScores([]), []);
});

Deno.test("integerScores() are the scores over their common denominator, without rounding", () => {
  assertEquals(integerScores(SAMPLE), FIFTEENTHS);
  // One budget: only N.
  assertEquals(integerScores([...reached(10, 20, 30), ...givenUp(40, 40, 40, 40)]), [6, 4, 2, -3, -3, -3, -3]);
});

Deno.test("integerScores() stay exact integers where the denominator would not fit", () => {
  const pool = Array.from({ length: 80 }, (_, i) => ({ time: i, censored: i % 3 === 0 }));
  const [integers, scores] = [integerScores(pool), petoPetoScores(pool)];
  assert(integers.every(Number.isSafeInteger));
  integers.forEach((value, i) => assertAlmostEquals(value / 2 ** 40, scores[i], 1e-11));
});
