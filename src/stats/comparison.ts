import type { Interval } from "./interval.ts";
import { type Origin, type Outline, pairsOf } from "./observe.ts";
import { pairedRatio, pairedRatioInterval, type Ratio } from "./ratio.ts";
import { withinOneEvaluation } from "./resolution.ts";
import { signFlipTest } from "./sign_flip.ts";
import { type Signs, signTest } from "./sign_test.ts";

/** T(baseline)/T(algorithm) over the seeds that both have. */
export interface Comparison extends Ratio {
  /** 95 % interval of the median ratio; null below five pairs. */
  readonly interval: Interval | null;
  /** Two-sided sign-flip test of "no difference"; null below eight pairs that differ. */
  readonly p: number | null;
  /** Wins and losses, and what they show: of a run that was given up no more counts than that it was later. */
  readonly signs: Signs;
  /** Whether the two lie no further apart than one evaluation, by the median over seeds. */
  readonly withinOneEvaluation: boolean;
}

/** Of the sign-flip tests of pairs of algorithms. */
export const PERMUTATIONS = 10_000;
export const SEED = 0;

/** One pair has no median and no scatter: its ratio says nothing of the two algorithms. */
const LEAST_PAIRS = 2;

/**
 * Compares two algorithms on one problem in gradient calls to generalise, paired by seed.
 *
 * @param every epochs between the evaluations of the problem; 0: every epoch up to 100, then at each 1 % of growth
 * @returns null when they share less than two seeds
 */
export function compare(
  base: readonly Outline[],
  own: readonly Outline[],
  origin: Origin,
  every: number,
): Comparison | null {
  const pairs = pairsOf(base, own, origin);
  if (pairs.length < LEAST_PAIRS) return null;
  const ratio = pairedRatio(pairs);
  return ratio && {
    ...ratio,
    interval: pairedRatioInterval(pairs),
    p: signFlipTest(pairs, { permutations: PERMUTATIONS, seed: SEED })?.p ?? null,
    signs: signTest(pairs),
    withinOneEvaluation: withinOneEvaluation(base, own, every),
  };
}
