import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import type { Observation } from "../../src/stats/kaplan_meier.ts";
import { type Pair, pairedRatio, pairedRatioInterval } from "../../src/stats/ratio.ts";
import { golden } from "../support/golden.ts";

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

Deno.test("pairedRatio() bounds the median between a run that never gets there and its opposite", () => {
  const pairs: Pair[] = [[beyond(Infinity), at(10)], [at(10), beyond(Infinity)]];
  assertEquals(pairedRatio(pairs), { low: 0, high: Infinity, pairs: 2 });
  assertEquals(pairedRatio(pairs.slice(0, 1)), { low: Infinity, high: Infinity, pairs: 1 });
});

const file = golden("statistics").pairedRatio;
const PAIRS: Pair[] = file.baseline.map((time: number, i: number) => [at(time), at(file.algorithm[i])] as const);

Deno.test("pairedRatioInterval() of 13 pairs agrees with SciPy's quantile_test and contains the median", () => {
  const { low, high } = pairedRatioInterval(PAIRS)!;
  assertAlmostEquals(low, file.interval[0], 1e-12);
  assertAlmostEquals(high, file.interval[1], 1e-12);
  const point = pairedRatio(PAIRS)!.low;
  assert(low < point && point < high);
});

Deno.test("pairedRatioInterval() loses an end where enough pairs are censored, and only that end", () => {
  const known = pairedRatioInterval(PAIRS)!;
  const slowest = PAIRS.toSorted(([b], [c]) => c.time - b.time).slice(0, 5);
  const open = PAIRS.map(([b, a]): Pair => slowest.some((pair) => pair[0] === b) ? [beyond(b.time), a] : [b, a]);
  assertEquals(pairedRatioInterval(open), { low: known.low, high: Infinity });
  const turned = open.map(([b, a]): Pair => [a, b]);
  const { low, high } = pairedRatioInterval(turned)!;
  assertEquals(low, 0);
  assertAlmostEquals(high, 1 / known.low, 1e-12);
});
