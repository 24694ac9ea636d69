import type { Observation } from "./kaplan_meier.ts";
import { orderOf } from "./sign_test.ts";

/** Who beats whom on which problem. */
export interface WinTable {
  readonly methods: readonly string[];
  readonly problems: readonly string[];
  /** Probability that a beats b on a problem, all by index; a tie is 1/2, and beats(b, a) = 1 − beats(a, b). */
  beats(a: number, b: number, problem: number): number;
}

/** Times of one method on one problem, by seed. */
export type SeededTimes = ReadonlyMap<number, Observation>;

/** Share of the seeds of both on which the first was earlier; NaN where they have none in common. */
function shareEarlier(first: SeededTimes | undefined, second: SeededTimes | undefined): number {
  let [points, seeds] = [0, 0];
  for (const [seed, time] of first ?? []) {
    const other = second?.get(seed);
    if (!other) continue;
    points += (1 + orderOf([time, other])) / 2;
    seeds++;
  }
  return points / seeds;
}

/**
 * Win table of times to target: beats(a, b, problem) = (seeds where a was earlier + ½·undecided ones)/(common seeds).
 *
 * Undecided are equal times, and those of which the order is not known (`orderOf`): both were given up, or the one
 * given up was so before the other arrived. By how much one is earlier does not count.
 *
 * @param times by problem, by method; its methods are those that any problem has
 * @throws {RangeError} if two methods have no seed of a problem in common: of them nothing is known, which is no tie
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { winTable } from "./win_table.ts";
 * const at = (...times: number[]) => new Map(times.map((time, seed) => [seed, { time, censored: false }]));
 * const table = winTable(new Map([["div", new Map([["slow", at(9, 8, 5, 9)], ["fast", at(3, 4, 5, 6)]])]]));
 * assertEquals(table.beats(1, 0, 0), 3.5 / 4);
 * ```
 */
export function winTable(times: ReadonlyMap<string, ReadonlyMap<string, SeededTimes>>): WinTable {
  const problems = [...times.keys()];
  const methods = [...new Set(times.values().flatMap((own) => own.keys()))];
  const shares = [...times].map(([problem, own]) =>
    methods.map((a) =>
      methods.map((b) => {
        const share = a === b ? 0.5 : shareEarlier(own.get(a), own.get(b));
        if (Number.isNaN(share)) {
          throw new RangeError(`Cannot compare ${a} with ${b} on ${problem}: they have no seed in common`);
        }
        return share;
      })
    )
  );
  return { methods, problems, beats: (a, b, problem) => shares[problem][a][b] };
}
