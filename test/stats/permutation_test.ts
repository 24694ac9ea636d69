import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { combinations } from "simple-statistics";
import type { Observation } from "../../src/stats/kaplan_meier.ts";
import { permutationTest, smallestP } from "../../src/stats/permutation.ts";
import { integerScores } from "../../src/stats/peto_peto.ts";
import { golden } from "../support/golden.ts";
import { fourErrors, givenUp, lognormal, observed, onAnotherClock, reached, share } from "./samples.ts";

const OPTIONS = { permutations: 20_000, seed: 1 };

Deno.test("permutationTest() agrees with SciPy's list of all dealings, among them Mann & Whitney's", () => {
  for (const { name, reference, fresh, p } of golden("statistics").permutations) {
    const own = permutationTest(observed(reference), observed(fresh), OPTIONS);
    assertAlmostEquals(own.p, p, fourErrors(p, OPTIONS.permutations) + 1e-4, name);
  }
});

Deno.test("permutationTest() lists all dealings of a small design and is exact", () => {
  for (const { name, reference, fresh, p } of golden("statistics").permutations) {
    if (smallestP(reference.length, fresh.length) < 2e-5) continue;
    const own = permutationTest(observed(reference), observed(fresh), { permutations: 100_000, seed: 0 });
    assertAlmostEquals(own.p, p, 1e-12, name);
  }
  // The 1 of C(5 + 2, 2) = 21 dealings that was observed, and its mirror image.
  assertEquals(permutationTest(reached(1, 2, 3, 4, 5), reached(6, 7), OPTIONS).p, 2 / 21);
});

Deno.test("permutationTest() says in which direction the fresh sample lies", () => {
  const [early, late] = [reached(1, 2, 3, 4, 5), reached(6, 7, 8, 9)];
  assertEquals(permutationTest(late, early, OPTIONS).direction, "earlier");
  assertEquals(permutationTest(early, late, OPTIONS).direction, "later");
  assertEquals(permutationTest(early, givenUp(Infinity, Infinity), OPTIONS).direction, "later");
});

Deno.test("permutationTest() of equal scores is certain of nothing", () => {
  assertEquals(permutationTest(givenUp(9, 9), givenUp(9), OPTIONS), { p: 1, direction: "none" });
  assertEquals(permutationTest(reached(4, 4), reached(4, 4, 4), OPTIONS), { p: 1, direction: "none" });
});

Deno.test("permutationTest() never gives a p of 0", () => {
  const [reference, fresh] = [reached(...Array(30).keys()), reached(...Array(30).keys().map((i) => 100 + i))];
  assertEquals(permutationTest(reference, fresh, { permutations: 99, seed: 0 }).p, 1 / 100);
});

Deno.test("permutationTest() is the same on another clock, and with the same seed", () => {
  const { reference, fresh } = golden("statistics").scores[2];
  const [r, f] = [observed(reference), observed(fresh)];
  const result = permutationTest(r, f, { permutations: 500, seed: 4 });
  assertEquals(permutationTest(onAnotherClock(r), onAnotherClock(f), { permutations: 500, seed: 4 }), result);
});

Deno.test("permutationTest() rejects as often as its level says where there is no drift", () => {
  // Half of the runs of a tight budget are censored.
  for (const level of [0.05, 0.2, 0.5]) {
    const rejected = share(400, "no drift", (random, seed) => {
      const [reference, fresh] = [lognormal(12, random, 1, 1), lognormal(5, random, 1, 1)];
      return permutationTest(reference, fresh, { permutations: 199, seed }).p <= level;
    });
    assert(rejected < level + fourErrors(level, 400), `${rejected} at ${level}`);
    // Discrete scores make it a little less.
    assert(rejected > 0.8 * level - fourErrors(level, 400), `${rejected} at ${level}`);
  }
});

Deno.test("permutationTest() finds a factor of two at 30 and 10 runs", () => {
  // Noether's formula for Wilcoxon's test: P(fresh later) = Φ(ln 2/(√2/2)) = 0.84, power 0.9 at 5 %.
  const found = share(100, "drift", (random, seed) => {
    return permutationTest(lognormal(30, random), lognormal(10, random, 2), { permutations: 499, seed }).p <= 0.05;
  });
  assert(found > 0.8, `${found}`);
});

Deno.test("permutationTest() refuses an empty sample and no permutations", () => {
  assertThrows(() => permutationTest([], reached(1), OPTIONS), RangeError, "1 fresh runs with 0 of the reference");
  assertThrows(() => permutationTest(reached(1), reached(1), { permutations: 0, seed: 0 }), RangeError, "0 times");
});

/** Exact two-sided p of every dealing of one pool, the least of them. */
function leastP(pool: readonly Observation[], m: number): number {
  const scores = integerScores(pool);
  const total = scores.reduce((a, b) => a + b, 0);
  assertEquals(total, 0);
  const sums = combinations([...scores.keys()], m).map((chosen) =>
    Math.abs(chosen.reduce((sum: number, i: number) => sum + scores[i], 0))
  );
  return sums.filter((sum) => sum === Math.max(...sums)).length / sums.length;
}

Deno.test("smallestP() is the least that any order and any censoring can give", () => {
  for (const [n, m] of [[3, 3], [4, 2], [2, 4], [5, 1], [4, 3], [1, 1]]) {
    const size = n + m;
    const pools = Array.from(
      { length: 2 ** size },
      (_, bits) => Array.from({ length: size }, (_, i) => ({ time: i + 1, censored: (bits >> i & 1) === 1 })),
    );
    assertAlmostEquals(smallestP(n, m), Math.min(...pools.map((pool) => leastP(pool, m))), 1e-12, `${n} and ${m}`);
  }
});

Deno.test("smallestP() tells a design that cannot decide", () => {
  assert(smallestP(3, 3) > 0.05 && smallestP(10, 1) > 0.05 && smallestP(30, 5) < 1e-5);
  assertThrows(() => smallestP(0, 5), RangeError, "a sample of 0");
});
