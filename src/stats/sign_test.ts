import { binomialCdf } from "./proportion.ts";
import type { Pair } from "./ratio.ts";

/** With fewer, the least p that is possible, 2·2⁻ⁿ, is above 5 %: it could convince nobody. */
const FEWEST_SIGNS = 6;

/** How often an algorithm was before its baseline. */
export interface Signs {
  /** Pairs in which the algorithm was earlier, and in which it was later. */
  readonly wins: number;
  readonly losses: number;
  /** Pairs that are neither: equal times, and those of which the order is not known. */
  readonly undecided: number;
  /** Two-sided exact binomial test of "as often earlier as later"; null below six wins and losses. */
  readonly p: number | null;
}

/**
 * 1 where the second of two times is later, −1 where it is earlier, 0 where they are equal or that is not known. A run that
 * did not get there is later than one that did within the time that it was given; a diverged one was given for ever; of two
 * that did not get there nothing is known. A worse second run never turns the sign of a pair towards 0 that was 1.
 */
export function orderOf([first, second]: Pair): -1 | 0 | 1 {
  if (first.censored && second.censored) return 0;
  const order = Math.sign(second.time - first.time) as -1 | 0 | 1;
  if (second.censored) return order < 0 ? 0 : 1;
  if (first.censored) return order > 0 ? 0 : -1;
  return order;
}

/**
 * Two-sided sign test over pairs: under the hypothesis that each is as likely to be before the other, the wins among n pairs
 * with a known order are binomial of n and ½, and p = min(1, 2·P(X ≤ min(wins, losses))), exact. By how much one is before
 * the other does not count, so that no single pair decides.
 *
 * Pairs without a known order are left out. With one budget for both runs what hides an order is the same for the two, so
 * the level holds.
 *
 * @returns counts, with a p of null for fewer than 6 pairs with an order, which could not reach 5 %
 *
 * Source: Conover 1999, Practical Nonparametric Statistics, 3rd ed., section 3.4.
 *
 * @example
 * ```ts
 * import { assertAlmostEquals } from "@std/assert";
 * import { signTest } from "./sign_test.ts";
 * const pairs = [3, 5, 4, 9, 7, 8].map((time) => [{ time, censored: true }, { time: 2, censored: false }] as const);
 * assertAlmostEquals(signTest(pairs).p!, 2 / 2 ** 6, 1e-12);
 * ```
 */
export function signTest(pairs: readonly Pair[]): Signs {
  const orders = pairs.map(orderOf);
  const [wins, losses] = [-1, 1].map((wanted) => orders.filter((order) => order === wanted).length);
  const n = wins + losses;
  const p = n < FEWEST_SIGNS ? null : Math.min(1, 2 * binomialCdf(Math.min(wins, losses), n, 0.5));
  return { wins, losses, undecided: pairs.length - n, p };
}
