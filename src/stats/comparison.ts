import type { Interval } from "./interval.ts";
import { type Origin, type Outline, pairsOf } from "./observe.ts";
import { pairedRatio, pairedRatioInterval, type Ratio } from "./ratio.ts";
import { signFlipTest } from "./sign_flip.ts";

/** T(baseline)/T(algorithm) over the seeds that both have. */
export interface Comparison extends Ratio {
  /** 95 % interval of the median ratio; null below five pairs. */
  readonly interval: Interval | null;
  /** Two-sided sign-flip test of "no difference"; null below eight pairs. */
  readonly p: number | null;
}

/** Of the sign-flip tests of pairs of algorithms. */
export const PERMUTATIONS = 10_000;
export const SEED = 0;

/**
 * Compares two algorithms on one problem in gradient calls to generalise, paired by seed.
 *
 * @returns null when they share no seed
 */
export function compare(base: readonly Outline[], own: readonly Outline[], origin: Origin): Comparison | null {
  const pairs = pairsOf(base, own, origin);
  const ratio = pairedRatio(pairs);
  return ratio && {
    ...ratio,
    interval: pairedRatioInterval(pairs),
    p: signFlipTest(pairs, { permutations: PERMUTATIONS, seed: SEED })?.p ?? null,
  };
}
