import { linearRegression } from "simple-statistics";
import { type Stream, stream } from "../data/stream.ts";
import type { WinTable } from "./win_table.ts";

/** How many tournaments are played, and from which random numbers. */
export interface Tournaments {
  readonly tournaments?: number;
  readonly seed?: number;
}

/** How many methods have to leave after each round. */
interface Elimination {
  readonly eliminated?: number;
}

/** Mean over tournaments of the wins of a method. */
export interface SwissScore {
  readonly method: string;
  readonly expectedWins: number;
}

/** How much of its expected wins a method loses with each one more that is eliminated after a round. */
export interface FailureSensitivity {
  readonly method: string;
  readonly sensitivity: number;
}

/**
 * The eliminations over which failures are made dearer: even ones, for an odd one makes an even field odd. Then the
 * weakest of those left has a bye, and eliminating others would win it something.
 */
const ELIMINATIONS = [0, 2, 4];

/** Of each problem the n × n chances that the method of the row beats that of the column. */
function chancesOf({ methods, problems, beats }: WinTable): Float64Array[] {
  return problems.map((problem, k) => {
    const of = (a: number, b: number): number => {
      const chance = beats(a, b, k);
      // Shares that sum to 1 in exact arithmetic differ by rounding.
      if (chance >= 0 && chance <= 1 && Math.abs(chance + beats(b, a, k) - 1) < 1e-9) return chance;
      throw new RangeError(`Cannot let ${methods[a]} beat ${methods[b]} on ${problem} with probability ${chance}`);
    };
    return Float64Array.from(methods.flatMap((_, a) => methods.map((_, b) => a === b ? 0.5 : of(a, b))));
  });
}

/** Most wins first, those of equal wins in random order. */
function rank(players: Uint32Array, wins: Uint32Array, keys: Float64Array, random: Stream): void {
  for (const player of players) keys[player] = wins[player] + random.uniform();
  // By insertion: the few there are hardly move from one round to the next.
  for (let i = 1; i < players.length; i++) {
    const player = players[i];
    let place = i;
    for (; place > 0 && keys[players[place - 1]] < keys[player]; place--) players[place] = players[place - 1];
    players[place] = player;
  }
}

/** Neighbours of the ranking play: the odd one of a group floats down to the next, the last one of all has a bye. */
function playRound(players: Uint32Array, wins: Uint32Array, chances: Float64Array, random: Stream): void {
  for (let i = 0; i < players.length; i += 2) {
    const first = players[i];
    const hasBye = i + 1 === players.length;
    const wonByFirst = hasBye || random.uniform() < chances[first * wins.length + players[i + 1]];
    wins[wonByFirst ? first : players[i + 1]]++;
  }
}

/** Wins of one tournament. */
function play(chances: readonly Float64Array[], methods: number, eliminated: number, random: Stream): Uint32Array {
  const [wins, keys] = [new Uint32Array(methods), new Float64Array(methods)];
  let players = Uint32Array.from(wins.keys());
  random.permutation(chances.length).forEach((problem, round) => {
    rank(players, wins, keys, random);
    // The end of a random order may be cut off: what is left of it is in random order.
    if (round > 0) players = players.subarray(0, Math.max(2, players.length - eliminated));
    playRound(players, wins, chances[problem], random);
  });
  return wins;
}

/**
 * Expected wins E[S] of each method in a Swiss-system tournament, the mean over simulated ones.
 *
 * A tournament has one round for each problem, in random order. Those still in it are paired with others of as many
 * wins, at random; the odd one of a group plays one of the next group, and the last one left over has a bye, which is a
 * win as it is in chess. The winner, drawn with the probability of the table, gets one win. After each round the
 * `eliminated` methods with the fewest wins leave with what they have, of equals random ones; two always stay.
 *
 * Winners meet winners, so wins over weak methods alone do not carry far. No problem weighs more than another, and by
 * how much one is faster does not matter. With K problems the standard error is at most K/(2·√tournaments).
 *
 * @returns scores in the order of the table's methods; those of n methods sum to K·⌈n/2⌉ where none is eliminated
 * @throws {RangeError} if a probability or an option is out of range
 *
 * Source: Liu et al. 2025, LLM Swiss Round, arXiv:2512.21010, where problems are ordered and outcomes certain.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { swissScores } from "./swiss.ts";
 * const table = { methods: ["slow", "fast"], problems: ["div", "add"], beats: (a: number) => a };
 * assertEquals(swissScores(table, { tournaments: 10 }).map(({ expectedWins }) => expectedWins), [0, 2]);
 * ```
 */
export function swissScores(
  table: WinTable,
  { tournaments = 100_000, seed = 0, eliminated = 0 }: Tournaments & Elimination = {},
): SwissScore[] {
  if (!Number.isInteger(tournaments) || tournaments < 1) throw new RangeError(`Cannot play ${tournaments} tournaments`);
  if (!Number.isInteger(eliminated) || eliminated < 0) throw new RangeError(`Cannot eliminate ${eliminated} methods`);
  const [chances, random] = [chancesOf(table), stream(seed, "swiss")];
  const total = new Float64Array(table.methods.length);
  for (let k = 0; k < tournaments; k++) {
    play(chances, total.length, eliminated, random).forEach((wins, method) => total[method] += wins);
  }
  return table.methods.map((method, i) => ({ method, expectedWins: total[i] / tournaments }));
}

/**
 * Failure sensitivity of each method: minus the least-squares slope of its expected wins over the number T of methods
 * that are eliminated after each round, T = 0, 2, 4.
 *
 * A high one loses where early failures are punished, as a specialist does; one near 0 keeps what it wins. Fewer games
 * are played where methods leave, so the sum over methods is not below 0: it is for comparing methods of one table.
 *
 * @returns sensitivities in the order of the table's methods
 * @throws {RangeError} if a probability or an option is out of range
 *
 * Source: Liu et al. 2025, LLM Swiss Round, arXiv:2512.21010 (failure sensitivity analysis).
 */
export function failureSensitivity(table: WinTable, options: Tournaments = {}): FailureSensitivity[] {
  const scores = ELIMINATIONS.map((eliminated) => swissScores(table, { ...options, eliminated }));
  return table.methods.map((method, i) => {
    const { m } = linearRegression(ELIMINATIONS.map((eliminated, k) => [eliminated, scores[k][i].expectedWins]));
    return { method, sensitivity: -m };
  });
}
