import { permutationTest as meanDifferenceTest, sum } from "simple-statistics";
import { stream } from "../data/stream.ts";
import { Draws } from "./draws.ts";
import type { Observation } from "./kaplan_meier.ts";
import { integerScores } from "./peto_peto.ts";

/** How often labels are dealt out anew, and from which random numbers. */
export interface Permutations {
  readonly permutations: number;
  readonly seed: number;
}

/** Outcome of a comparison of a fresh sample with its reference. */
export interface PermutationResult {
  /** Two-sided; never 0. */
  readonly p: number;
  /** Where the fresh sample lies by its mean score, whether or not that is significant. */
  readonly direction: "earlier" | "later" | "none";
}

/**
 * Two-sided permutation test of equal distributions of time to target, on Peto–Peto scores of the pooled sample:
 * the share of dealings with |mean difference of scores| no less than the observed. Where there are no more dealings
 * than `permutations` they are listed and p is exact; else p = (hits + 1)/(permutations + 1) of random ones.
 *
 * The +1 counts the dealing that was observed; without it p could be 0 and the level would not hold. Censoring is
 * assumed to be the same in both samples (one budget), for the labels have to be exchangeable.
 *
 * @throws {RangeError} if a sample is empty, a time is not a number, or `permutations` is not a positive integer
 *
 * Sources: Peto & Peto 1972, J. R. Stat. Soc. A 135:185; Phipson & Smyth 2010, Stat. Appl. Genet. Mol. Biol. 9:39.
 */
export function permutationTest(
  reference: readonly Observation[],
  fresh: readonly Observation[],
  { permutations, seed }: Permutations,
): PermutationResult {
  if (reference.length === 0 || fresh.length === 0) {
    throw new RangeError(`Cannot compare ${fresh.length} fresh runs with ${reference.length} of the reference`);
  }
  requirePositive(permutations);
  const scores = integerScores([...reference, ...fresh]);
  const [before, now] = [scores.slice(0, reference.length), scores.slice(reference.length)];
  const all = dealingsOf(reference.length, fresh.length);
  const listed = all <= permutations ? shareAsFar(scores, now) : null;
  // Scores sum to 0, so the sign of one sample's sum is the sign of the difference of the means.
  const difference = sum(now) / now.length - sum(before) / before.length;
  return {
    p: listed ?? (dealtAsFar(now, before, { permutations, seed }) + 1) / (permutations + 1),
    direction: difference > 0 ? "earlier" : difference < 0 ? "later" : "none",
  };
}

/**
 * The scores in another order, from the last one to the first exchanged with one of those not after it; each row goes on
 * from the one before.
 */
const orders = new Draws("permutation", (random, row, before) => {
  row.set(before ?? row.keys().toArray());
  for (let last = row.length - 1; last >= 0; last--) {
    const at = Math.floor(random.uniform() * (last + 1));
    [row[last], row[at]] = [row[at], row[last]];
  }
});

/**
 * How many of random dealings have a difference of means no less than the observed one: `permutationTest` of
 * `simple-statistics`, to the same numbers. Integer scores add up exactly, in whatever order.
 */
function dealtAsFar(now: readonly number[], before: readonly number[], { permutations, seed }: Permutations): number {
  const scores = [...now, ...before];
  if (scores.length * Math.max(...scores.map(Math.abs)) > Number.MAX_SAFE_INTEGER) {
    const random = stream(seed, "permutation").uniform;
    return Math.round(permutations * meanDifferenceTest([...now], [...before], "two_side", permutations, random));
  }
  const total = sum(scores);
  const distance = (part: number) => Math.abs(part / now.length - (total - part) / before.length);
  const observed = distance(sum(now as number[]));
  let hits = 0;
  for (const block of orders.blocks(seed, permutations, [scores.length])) {
    for (let at = 0; at < block.length; at += scores.length) {
      let part = 0;
      for (let i = 0; i < now.length; i++) part += scores[block[at + i]];
      if (distance(part) >= observed) hits++;
    }
  }
  return hits;
}

/** Ways to deal n + m runs into the two samples. */
function dealingsOf(n: number, m: number): number {
  let dealings = 1;
  // Each factor leaves a binomial coefficient, so the division is exact.
  for (let i = 1; i <= m; i++) dealings = dealings * (n + i) / i;
  return dealings;
}

/**
 * Share of all dealings whose difference of mean scores is no less than the observed one, by listing them.
 *
 * The difference of the means is a multiple of N·S − m·T, S being the score sum of the m fresh runs and T that of all N.
 */
function shareAsFar(scores: readonly number[], fresh: readonly number[]): number {
  const [total, size] = [sum(scores as number[]), fresh.length];
  const distance = (part: number) => Math.abs(scores.length * part - size * total);
  const observed = distance(sum(fresh as number[]));
  let [hits, dealings] = [0, 0];
  const deal = (from: number, left: number, part: number): void => {
    if (left === 0) {
      dealings++;
      if (distance(part) >= observed) hits++;
      return;
    }
    for (let i = from; i <= scores.length - left; i++) deal(i + 1, left - 1, part + scores[i]);
  };
  deal(0, size, 0);
  return hits / dealings;
}

/** @throws {RangeError} if `permutations` is not a positive integer */
export function requirePositive(permutations: number): void {
  if (!Number.isInteger(permutations) || permutations < 1) {
    throw new RangeError(`Cannot deal out the labels ${permutations} times`);
  }
}

/**
 * The least two-sided p that any data of this design can give, were all dealings listed: 1/C(n + m, m), or 2/C(2n, n)
 * for samples of one size.
 *
 * The observed dealing is one of C(n + m, m). Exchanging two samples of one size turns the difference round, so the
 * mirror image is always as extreme. Of unequal sizes it need not be: where the smaller sample is all events and the
 * larger one is given up afterwards, the smaller group's score sum is mn/N, and no other dealing comes as far.
 * (Without censoring and ties the scores are symmetric, and the least is 2/C(n + m, m) in every design.)
 *
 * A design whose `smallestP` is above the level cannot decide, whatever happens. A Monte Carlo p is moreover at least
 * 1/(permutations + 1).
 *
 * @throws {RangeError} if a size is not a positive integer
 *
 * Source: Good 2005, Permutation, Parametric and Bootstrap Tests of Hypotheses, 3rd ed., section 3.2; sizes above.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { smallestP } from "./permutation.ts";
 * assertEquals(smallestP(6, 2), 1 / 28);
 * assertEquals(smallestP(3, 3), 2 / 20);
 * ```
 */
export function smallestP(nReference: number, nFresh: number): number {
  for (const n of [nReference, nFresh]) {
    if (!Number.isInteger(n) || n < 1) throw new RangeError(`Cannot design a comparison with a sample of ${n}`);
  }
  return (nReference === nFresh ? 2 : 1) / dealingsOf(nReference, nFresh);
}
