import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { stream } from "../../src/data/stream.ts";
import { holm } from "../../src/stats/holm.ts";
import { golden } from "../support/golden.ts";

Deno.test("holm() agrees with statsmodels, ties and caps among the values", () => {
  const { p, adjusted } = golden("statistics").holm;
  holm(p).forEach((value, i) => assertAlmostEquals(value, adjusted[i], 1e-12));
  assertEquals(holm([]), []);
});

Deno.test("holm() never lowers a p-value, never changes their order, and lies between none and Bonferroni", () => {
  const p = Array.from({ length: 40 }, stream(3, "holm").uniform).map((u) => u ** 6);
  const adjusted = holm(p);
  for (const [i, value] of adjusted.entries()) {
    assert(p[i] <= value && value <= Math.min(1, 40 * p[i]));
    assert(adjusted.every((other, j) => p[j] <= p[i] || other >= value));
  }
});

Deno.test("holm() refuses what is no probability", () => {
  assertThrows(() => holm([0.1, NaN]), RangeError, "NaN");
  assertThrows(() => holm([1.5]), RangeError, "1.5");
});
