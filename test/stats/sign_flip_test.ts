import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import type { Pair } from "../../src/stats/ratio.ts";
import { signFlipTest } from "../../src/stats/sign_flip.ts";
import { golden } from "../support/golden.ts";
import { fourErrors, givenUp, lognormal, reached, share } from "./samples.ts";

const OPTIONS = { permutations: 20_000, seed: 0 };
const at = (time: number) => reached(time)[0];
const beyond = (time: number) => givenUp(time)[0];
const pairsOf = (baseline: readonly number[], algorithm: readonly number[]): Pair[] =>
  baseline.map((time, i) => [at(time), at(algorithm[i])]);

Deno.test("signFlipTest() agrees with SciPy's list of all signs, exactly up to 14 pairs", () => {
  for (const { baseline, algorithm, p } of golden("statistics").signFlip) {
    const tolerance = baseline.length <= 14 ? 1e-12 : fourErrors(p, OPTIONS.permutations);
    const own = signFlipTest(pairsOf(baseline, algorithm), OPTIONS)!;
    assertAlmostEquals(own.p, p, tolerance);
    assertEquals(own.pairs, baseline.length);
  }
});

Deno.test("signFlipTest() of eight pairs of one sign gives 2/2⁸, of fewer nothing", () => {
  // Equal ratios whose logarithms do not sum exactly.
  const pairs = pairsOf([3, 6, 9, 12, 15, 18, 21, 24], [2, 4, 6, 8, 10, 12, 14, 16]);
  const { sum, ...said } = signFlipTest(pairs, OPTIONS)!;
  assertEquals(said, { p: 2 / 256, pairs: 8 });
  assertAlmostEquals(sum, 8 * Math.log(1.5), 1e-12);
  assertEquals(signFlipTest(pairs.slice(1), OPTIONS), null);
});

Deno.test("signFlipTest() counts a censored pair by its bound where the sign is known, and as a tie where not", () => {
  const known = pairsOf([20, 30, 25, 40, 18, 33, 27, 22], [10, 14, 30, 11, 12, 9, 20, 15]);
  const p = (pair: Pair) => signFlipTest([...known, pair], OPTIONS)!.p;
  assertEquals(p([beyond(50), at(5)]), p([at(50), at(5)]));
  assertEquals(p([at(5), beyond(50)]), p([at(5), at(50)]));
  const tie = p([at(7), at(7)]);
  for (
    const unknown of [[beyond(5), at(50)], [at(50), beyond(5)], [beyond(50), beyond(5)], [beyond(9), at(9)]] as Pair[]
  ) {
    assertEquals(p(unknown), tie);
  }
  assertEquals(tie, signFlipTest(known, OPTIONS)!.p);
});

Deno.test("signFlipTest() counts a diverged run by the largest finite ratio", () => {
  const known = pairsOf([20, 30, 25, 40, 18, 33, 27, 22], [10, 14, 30, 11, 12, 9, 20, 15]);
  const diverged = signFlipTest([...known, [beyond(Infinity), at(1000)]], OPTIONS)!;
  assertEquals(diverged.p, signFlipTest([...known, [at(40), at(11)]], OPTIONS)!.p);
  const all = Array.from({ length: 9 }, (): Pair => [beyond(Infinity), at(10)]);
  assertEquals(signFlipTest(all, OPTIONS)!.p, 2 / 512);
  const none = Array.from({ length: 9 }, (): Pair => [beyond(Infinity), beyond(10)]);
  assertEquals(signFlipTest(none, OPTIONS), null);
});

Deno.test("signFlipTest() is the same with the roles exchanged, and never 0", () => {
  for (const n of [14, 20]) {
    const pairs = pairsOf(Array.from({ length: n }, (_, i) => 50 + i), Array.from({ length: n }, () => 10));
    const result = signFlipTest(pairs, { permutations: 999, seed: 0 })!;
    const turned = signFlipTest(pairs.map(([b, a]): Pair => [a, b]), { permutations: 999, seed: 0 })!;
    assertEquals({ ...turned, sum: -turned.sum }, result);
    assertEquals(result.p, n <= 14 ? 2 / 2 ** 14 : 1 / 1000);
  }
});

Deno.test("signFlipTest() keeps its level under a common budget that censors a third of the runs", () => {
  for (const level of [0.05, 0.3]) {
    const rejected = share(300, "sign flip", (random, seed) => {
      const [baseline, algorithm] = [lognormal(20, random, 1, 1.25), lognormal(20, random, 1, 1.25)];
      return signFlipTest(baseline.map((b, i): Pair => [b, algorithm[i]]), { permutations: 99, seed })!.p <= level;
    });
    assert(
      rejected < level + fourErrors(level, 300) && rejected > level / 2 - fourErrors(level / 2, 300),
      `${rejected}`,
    );
  }
});

Deno.test("signFlipTest() refuses a time of 0", () => {
  assertThrows(() => signFlipTest(pairsOf(Array(8).fill(0), Array(8).fill(1)), OPTIONS), RangeError, "a time of 0");
});
