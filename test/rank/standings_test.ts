import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { duelsOf, everywhere, FARTHEST, type Field, standingsOf } from "../../src/rank/standings.ts";
import { madeUp } from "../support/records.ts";

/** Runs of a method at these epochs, one a seed; null for one that was given up. */
const runs = (epochs: readonly (number | null)[]) => epochs.map((generalised, seed) => madeUp({ seed, generalised }));

/** A problem on which each method's times are those of the first multiplied by a factor. */
const field = (title: string, factors: Readonly<Record<string, number>>, seeds = 5): Field => ({
  title,
  runs: Object.fromEntries(
    Object.entries(factors).map(([method, factor]) => [
      method,
      runs(Array.from({ length: seeds }, (_, seed) => Math.round(factor * (20 + 3 * seed)))),
    ]),
  ),
});

const FACTORS = { slow: 4, fast: 1, middle: 2 };
const three = ["a", "b", "c"].map((title) => field(title, FACTORS));

Deno.test("methods stand in the order of their scores, and a score is 1 − ln(ratio)/ln of the farthest", () => {
  const { standings } = standingsOf(three);
  assertEquals(standings.map(({ method }) => method), ["fast", "middle", "slow"]);
  assertEquals(standings[0].score, 1);
  assertAlmostEquals(standings[1].score, 1 - Math.log(2) / Math.log(FARTHEST), 1e-9);
});

Deno.test("pairs of all problems are one sample: fifteen that agree separate, five on one problem do not", () => {
  assertEquals(standingsOf(three).standings.map(({ rank }) => rank), [1, 2, 3]);
  assertEquals(standingsOf(three.slice(0, 1)).standings.map(({ rank }) => rank), [1, 1, 1]);
  assert(duelsOf(three.slice(0, 1), ["fast", "slow"]).every(({ p, faster }) => p === null && faster === null));
});

Deno.test("a rank begins where a method is separated from the first of the one before, not from its neighbour", () => {
  // Each is a little slower than the one above on most seeds: neighbours are not told apart, the ends are.
  const order = ["first", "second", "third"];
  const noisy = ["a", "b", "c"].map((title): Field => ({
    title,
    runs: {
      first: runs([20, 22, 24, 26, 28]),
      second: runs([19, 23, 26, 25, 31]),
      third: runs([30, 33, 36, 39, 42]),
    },
  }));
  const { standings } = standingsOf(noisy);
  assertEquals(standings.map(({ method }) => method), order);
  assertEquals(standings.map(({ rank }) => rank), [1, 1, 3]);
});

Deno.test("who is faster is said by what is tested, the sum of the log ratios, where the median says the opposite", () => {
  const times = (factor: number) => Array.from({ length: 10 }, (_, seed) => Math.round(factor * (200 + 20 * seed)));
  const close = { a: runs(times(1.05)), b: runs(times(1)) };
  const fields = [{ title: "x", runs: close }, { title: "y", runs: close }, {
    title: "z",
    runs: { a: runs(times(0.2)), b: runs(times(1)) },
  }];
  const { standings, duels: [duel] } = standingsOf(fields);
  assertEquals([duel.faster, duel.ratio.low < 1], ["a", true]);
  assertEquals(standings.map(({ method, rank }) => [method, rank]), [["a", 1], ["b", 2]]);
});

Deno.test("Holm's correction is for all pairs: what separates two alone may not among many", () => {
  // Eight pairs that agree: p = 2/2⁸, which 15 pairs make 0.117.
  const factors = { a: 1, b: 2 };
  const alone = [field("x", factors, 8)];
  assertEquals(standingsOf(alone).standings.map(({ rank }) => rank), [1, 2]);
  const many = Object.fromEntries(["c", "d", "e", "f"].map((method) => [method, 1]));
  const among = standingsOf([field("x", { ...factors, ...many }, 8)]);
  assertEquals(new Set(among.standings.map(({ rank }) => rank)), new Set([1]));
  assertEquals(among.duels.length, 15);
});

Deno.test("a method that half of its seeds did not get there with earns nothing on a problem, and one that lacks a problem is not ranked", () => {
  const stuck: Field = { title: "d", runs: { ...field("d", FACTORS).runs, fast: runs([null, null, null, 20, 20]) } };
  const { standings } = standingsOf([three[0], stuck]);
  const fast = standings.find(({ method }) => method === "fast")!;
  assertEquals(fast.ratios[1], Infinity);
  assertEquals(fast.score, 0.5);
  assertEquals(everywhere([three[0], { title: "e", runs: { fast: runs([3]) } }]), ["fast"]);
});
