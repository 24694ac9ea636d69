import { assertAlmostEquals, assertEquals } from "@std/assert";
import type { Observation } from "../../src/stats/kaplan_meier.ts";
import { pairedRatio } from "../../src/stats/ratio.ts";

const at = (time: number): Observation => ({ time, censored: false });
const beyond = (time: number): Observation => ({ time, censored: true });

Deno.test("pairedRatio() is the median over seeds on a logarithmic scale", () => {
  const ratio = pairedRatio([[at(20), at(2)], [at(40), at(1)]])!;
  assertAlmostEquals(ratio.low, 20, 1e-12);
  assertAlmostEquals(ratio.high, 20, 1e-12);
});

Deno.test("pairedRatio() with a censored baseline is a lower bound, with a censored algorithm an upper one", () => {
  const lower = pairedRatio([[beyond(100), at(10)]])!;
  assertEquals([Math.round(lower.low), lower.high], [10, Infinity]);
  const upper = pairedRatio([[at(10), beyond(100)]])!;
  assertEquals(upper.low, 0);
  assertAlmostEquals(upper.high, 0.1, 1e-12);
});

Deno.test("pairedRatio() of two censored runs says nothing", () => {
  assertEquals(pairedRatio([[beyond(10), beyond(10)]]), { low: 0, high: Infinity, pairs: 1 });
});

Deno.test("pairedRatio() keeps a finite median when a minority is censored", () => {
  const ratio = pairedRatio([[at(20), at(2)], [at(30), at(2)], [beyond(100), at(2)]])!;
  assertAlmostEquals(ratio.low, 15, 1e-12);
  assertAlmostEquals(ratio.high, 15, 1e-12);
});

Deno.test("pairedRatio() encloses every value that the censored times could have had", () => {
  const truth = [[30, 5], [80, 4], [12, 6], [50, 2]];
  const known = pairedRatio(truth.map(([b, a]) => [at(b), at(a)] as const))!;
  const seen = pairedRatio([[at(30), at(5)], [beyond(40), at(4)], [at(12), beyond(3)], [at(50), at(2)]])!;
  assertEquals(seen.low <= known.low && known.high <= seen.high, true);
});

Deno.test("pairedRatio() of no pair is nothing", () => {
  assertEquals(pairedRatio([]), null);
});
