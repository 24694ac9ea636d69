import { assert, assertAlmostEquals, assertEquals, assertNotEquals, assertThrows } from "@std/assert";
import { sum } from "simple-statistics";
import { failureSensitivity, swissScores, type Tournaments } from "../../src/stats/swiss.ts";
import type { WinTable } from "../../src/stats/win_table.ts";

const TOURNAMENTS = 20_000;

/** Wins in K rounds lie in [0, K], so their standard deviation is at most K/2 (Popoviciu): four errors of a mean. */
const error = (rounds: number, tournaments = TOURNAMENTS) => 2 * rounds / Math.sqrt(tournaments);

const tableOf = (methods: number, problems: number, beats: WinTable["beats"]): WinTable => ({
  methods: Array.from({ length: methods }, (_, i) => `method ${i}`),
  problems: Array.from({ length: problems }, (_, i) => `problem ${i}`),
  beats,
});

/** The first method beats all others, the second all but him, and so on. */
const transitive = (methods: number, problems: number) => tableOf(methods, problems, (a, b) => Number(a < b));

/** Each method has a strength of its own on each problem. */
const uneven = (methods: number, problems: number) => {
  const strength = (method: number, problem: number) => Math.sin(3 * method + 5 * problem + 1);
  return tableOf(methods, problems, (a, b, k) => 1 / (1 + Math.exp(strength(b, k) - strength(a, k))));
};

const winsOf = (table: WinTable, options: Tournaments & { eliminated?: number } = {}): number[] =>
  swissScores(table, { tournaments: TOURNAMENTS, ...options }).map(({ expectedWins }) => expectedWins);

function assertAllAlmostEqual(actual: readonly number[], expected: readonly number[], tolerance: number): void {
  assertEquals(actual.length, expected.length);
  actual.forEach((value, i) => assertAlmostEquals(value, expected[i], tolerance, `${i} of ${actual}`));
}

/**
 * Expected wins of four methods in two rounds, by listing both orders of the problems, the three pairings of the first
 * round and their outcomes. Then the two winners play each other and so do the two losers, where they are still in it.
 */
function fourInTwoRounds({ beats }: WinTable, losersStay: boolean): number[] {
  const wins = [0, 0, 0, 0];
  for (const [first, second] of [[0, 1], [1, 0]]) {
    for (const [a, b, c, d] of [[0, 1, 2, 3], [0, 2, 1, 3], [0, 3, 1, 2]]) {
      for (const [x, loserX] of [[a, b], [b, a]]) {
        for (const [y, loserY] of [[c, d], [d, c]]) {
          const chance = beats(x, loserX, first) * beats(y, loserY, first) / 6;
          wins[x] += chance * (1 + beats(x, y, second));
          wins[y] += chance * (1 + beats(y, x, second));
          if (!losersStay) continue;
          wins[loserX] += chance * beats(loserX, loserY, second);
          wins[loserY] += chance * beats(loserY, loserX, second);
        }
      }
    }
  }
  return wins;
}

Deno.test("swissScores() of four methods in two rounds are those of a list of all tournaments", () => {
  for (const table of [transitive(4, 2), uneven(4, 2)]) {
    assertAllAlmostEqual(winsOf(table), fourInTwoRounds(table, true), error(2));
    assertAllAlmostEqual(winsOf(table, { eliminated: 2 }), fourInTwoRounds(table, false), error(2));
  }
});

Deno.test("swissScores() lets the odd one of a group float down, and gives a win to who is left over", () => {
  // The first round's bye is anyone's; whichever it is, after the second round the wins are 2, 1, 1, exactly.
  assertEquals(winsOf(transitive(3, 2)), [2, 1, 1]);
  // Then the first one floats down to either of the others and wins, and the other has a bye.
  assertAllAlmostEqual(winsOf(transitive(3, 3)), [3, 1.5, 1.5], error(3));
});

Deno.test("swissScores() lets those with the fewest wins leave with what they have, of equals a random one", () => {
  // After the first round one of two losers leaves. B is a loser in 1 of 3 pairings, C in 2, D in all; whoever
  // stays has the bye. Winners are A, and B in 2 of 3 pairings, else C; A wins the second round, too.
  const [b, c, d] = [2 / 3 + 1 / 3 * 1 / 2, 1 / 3 + 2 / 3 * 1 / 2, 1 / 2];
  assertAllAlmostEqual(winsOf(transitive(4, 2), { eliminated: 1 }), [2, b, c, d], error(2));
});

Deno.test("swissScores() keeps at least two methods, however many are to leave", () => {
  const table = uneven(6, 4);
  // Three games, then one in each round.
  assertAlmostEquals(sum(winsOf(table, { eliminated: 4 })), 3 + 3, 1e-9);
  assertEquals(winsOf(table, { eliminated: 99 }), winsOf(table, { eliminated: 4 }));
});

Deno.test("swissScores() of a method that always wins are the rounds, with or without elimination", () => {
  for (const methods of [2, 5, 8]) {
    for (const eliminated of [0, 1, 2]) {
      assertEquals(winsOf(transitive(methods, 6), { tournaments: 500, eliminated })[0], 6);
    }
  }
});

Deno.test("swissScores() sum to half the methods a round, rounded up for the bye", () => {
  for (const [methods, games] of [[1, 1], [2, 1], [5, 3], [6, 3], [9, 5]]) {
    assertAlmostEquals(sum(winsOf(uneven(methods, 7), { tournaments: 500 })), 7 * games, 1e-9);
  }
});

Deno.test("swissScores() of equal methods are equal within the Monte Carlo error", () => {
  for (const methods of [5, 6]) {
    const wins = winsOf(tableOf(methods, 5, () => 0.5));
    assertAllAlmostEqual(wins, wins.map(() => 5 * Math.ceil(methods / 2) / methods), error(5));
  }
});

Deno.test("swissScores() of one seed are the same, those of another within the Monte Carlo error of both", () => {
  const table = uneven(7, 5);
  const [own, again, other] = [3, 3, 4].map((seed) => winsOf(table, { seed }));
  assertEquals(again, own);
  assertNotEquals(other, own);
  assertAllAlmostEqual(other, own, Math.SQRT2 * error(5));
});

Deno.test("swissScores() never rise for the weakest as more are eliminated, two by two", () => {
  // He beats anyone once in five times; of an even field even numbers leave, so that nobody has a bye.
  const table = tableOf(8, 6, (a, b) => a === 7 ? 0.2 : b === 7 ? 0.8 : 0.5);
  const weakest = [0, 2, 4, 6].map((eliminated) => winsOf(table, { eliminated })[7]);
  for (let i = 1; i < weakest.length; i++) assert(weakest[i] <= weakest[i - 1] + Math.SQRT2 * error(6), `${weakest}`);
  assert(weakest[3] < weakest[0] - Math.SQRT2 * error(6), `${weakest}`);
});

Deno.test("failureSensitivity() is minus the slope of the expected wins over how many are eliminated", () => {
  // Expected wins of A to D are 2, 1, 1, 0 where all stay; where two leave, and four are no more, 2, 2/3, 1/3, 0.
  const sensitivities = failureSensitivity(transitive(4, 2), { tournaments: TOURNAMENTS });
  assertEquals(sensitivities.map(({ method }) => method), transitive(4, 2).methods);
  // The slope over 0, 2, 4 is (y₄ − y₀)/4.
  const tolerance = Math.SQRT2 * error(2) / 4;
  assertAllAlmostEqual(sensitivities.map(({ sensitivity }) => sensitivity), [0, 1 / 12, 1 / 6, 0], tolerance);
});

Deno.test("swissScores() refuses what is no probability, and what cannot be played", () => {
  for (const chance of [-0.1, 1.1, NaN]) {
    assertThrows(() => winsOf(tableOf(2, 1, () => chance)), RangeError, `with probability ${chance}`);
  }
  assertThrows(() => winsOf(tableOf(2, 1, () => 0.6)), RangeError, "with probability 0.6");
  for (const tournaments of [0, 1.5]) assertThrows(() => winsOf(uneven(2, 1), { tournaments }), RangeError, "play");
  for (const eliminated of [-1, 0.5]) assertThrows(() => winsOf(uneven(2, 1), { eliminated }), RangeError, "eliminate");
});
