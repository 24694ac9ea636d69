import { assertAlmostEquals, assertEquals } from "@std/assert";
import { laws, meansFit, type Point } from "../../src/laws/mod.ts";

const law = (id: string) => laws.find((candidate) => candidate.id === id)!;

/** Three runs a setting, of this mean. */
const runs = (means: readonly number[]): Point[] =>
  means.flatMap((time, x) =>
    [0.5, 1, 1.5].map((factor, seed) => ({ x, time: factor * time, censored: false, seed, stratum: String(x) }))
  );

Deno.test("meansFit() is the line through the means, for an exponential law of their logarithms", () => {
  const linear = meansFit(law("linear"), runs([10, 20, 30, 44]))!;
  // By hand: Σ(x − 1.5)(y − 26) = 56, Σ(x − 1.5)² = 5.
  assertAlmostEquals(linear.slope, 11.2, 1e-9);
  assertAlmostEquals(linear.intercept, 26 - 1.5 * 11.2, 1e-9);
  assertAlmostEquals(linear.rSquared, 11.2 ** 2 * 5 / 632, 1e-9);
  const exponential = meansFit(law("exponential"), runs([80, 40, 20]))!;
  assertAlmostEquals(exponential.slope, -Math.log(2), 1e-9);
  assertAlmostEquals(exponential.rSquared, 1, 1e-9);
});

Deno.test("there are no means where a run did not get there, of two settings, or of a law that is no line", () => {
  const points = runs([10, 20, 30]);
  assertEquals(meansFit(law("linear"), points.map((p, i) => i ? p : { ...p, censored: true })), null);
  assertEquals(meansFit(law("linear"), runs([10, 20])), null);
  assertEquals(meansFit(law("power"), points), null);
});
