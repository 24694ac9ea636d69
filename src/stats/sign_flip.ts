import { Draws } from "./draws.ts";
import { type Permutations, requirePositive } from "./permutation.ts";
import type { Pair } from "./ratio.ts";

/** With fewer that differ, the least p that is possible, 2/2ⁿ, is above 0.8 %: it could convince nobody. */
const FEWEST_PAIRS = 8;

/** Up to this many pairs all 2ⁿ signs are tried. */
const MOST_EXACT = 14;

/** Outcome of a test over pairs. */
export interface SignFlipResult {
  /** Two-sided; never 0. */
  readonly p: number;
  /** Pairs given, those with an unknown sign among them. */
  readonly pairs: number;
  /** Σ log ratio, as far as it is known: what is tested. Above 0 the algorithm is the faster one. */
  readonly sum: number;
}

/** The log ratio of which a censored pair is sure: 0 when even its sign is unknown, otherwise the bound nearer to 0. */
function sureLogRatio([baseline, algorithm]: Pair): number {
  for (const { time } of [baseline, algorithm]) {
    if (!(time > 0)) throw new RangeError(`Cannot take a ratio with a time of ${time}`);
  }
  if (baseline.censored && algorithm.censored) return 0;
  const bound = Math.log(baseline.time) - Math.log(algorithm.time);
  if (baseline.censored) return Math.max(bound, 0);
  return algorithm.censored ? Math.min(bound, 0) : bound;
}

/** A run that never gets there makes its pair's ratio infinite; the largest finite one is a bound of it, too. */
function finiteSizes(logRatios: readonly number[]): number[] {
  const sizes = logRatios.map(Math.abs);
  const largest = Math.max(0, ...sizes.filter(Number.isFinite)) || 1;
  return sizes.map((size) => Math.min(size, largest));
}

/** A sign for each pair: 1 stands for minus. */
const signs = new Draws("sign-flip", (random, row) => {
  for (let i = 0; i < row.length; i++) row[i] = random.integer(2);
});

function exactP(sizes: readonly number[], observed: number): number {
  const patterns = 2 ** sizes.length;
  let hits = 0;
  for (let bits = 0; bits < patterns; bits++) {
    let total = 0;
    for (let i = 0; i < sizes.length; i++) total += (bits >> i & 1) === 1 ? -sizes[i] : sizes[i];
    if (Math.abs(total) >= observed) hits++;
  }
  return hits / patterns;
}

function monteCarloP(sizes: readonly number[], observed: number, { permutations, seed }: Permutations): number {
  let hits = 0;
  for (const block of signs.blocks(seed, permutations, [sizes.length])) {
    for (let at = 0; at < block.length; at += sizes.length) {
      let total = 0;
      // No branch: which way it went could not be foreseen.
      for (let i = 0; i < sizes.length; i++) total += (1 - 2 * block[at + i]) * sizes[i];
      if (Math.abs(total) >= observed) hits++;
    }
  }
  return (hits + 1) / (permutations + 1);
}

/**
 * Two-sided sign-flip test over pairs: under the hypothesis that log(T(baseline)/T(algorithm)) is symmetric about 0 all
 * signs are as likely; the statistic is |Σ log ratio|. Exact over all 2ⁿ signs for up to 14 pairs that have one, Monte
 * Carlo with p = (hits + 1)/(permutations + 1) beyond.
 *
 * A censored pair whose sign is known (the one censored was given up later than the other arrived) counts with the
 * bound of its |log ratio|, which is no more than the truth; any other (both censored, or the one censored was given up
 * first) counts 0, like a tie, and helps neither side. A diverged run (time Infinity) counts with the largest finite
 * |log ratio| of all pairs. With one budget for both runs these rules treat the two alike, so the level holds.
 *
 * @returns null for fewer than 8 pairs that differ, which could not reach 0.8 %
 * @throws {RangeError} if a time is not positive, or `permutations` is not a positive integer
 *
 * Source: Fisher 1935, The Design of Experiments, section 21; Good 2005, Permutation, Parametric and Bootstrap Tests of
 * Hypotheses, 3rd ed., section 3.2.
 */
export function signFlipTest(pairs: readonly Pair[], { permutations, seed }: Permutations): SignFlipResult | null {
  requirePositive(permutations);
  // Zeros contribute the same to every pattern.
  const logRatios = pairs.map(sureLogRatio).filter((value) => value !== 0);
  if (logRatios.length < FEWEST_PAIRS) return null;
  const sizes = finiteSizes(logRatios);
  // Sums that are equal in exact arithmetic differ by rounding.
  const tolerance = 1e-9 * sizes.reduce((total, size) => total + size, 0);
  const sum = sizes.reduce((total, size, i) => total + (logRatios[i] < 0 ? -size : size), 0);
  const observed = Math.abs(sum) - tolerance;
  const p = sizes.length <= MOST_EXACT ? exactP(sizes, observed) : monteCarloP(sizes, observed, { permutations, seed });
  return { p, pairs: pairs.length, sum };
}
