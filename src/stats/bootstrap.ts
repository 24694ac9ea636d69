import { Draws } from "./draws.ts";
import type { Interval } from "./interval.ts";

/** Confidence level, e.g. 0.9; how many resamples are drawn, and from which random numbers. */
export interface Resampling {
  readonly level: number;
  readonly resamples: number;
  readonly seed: number;
}

/** Numbers of runs, drawn with replacement from each of two samples. */
const draws = new Draws("bootstrap", (random, row, _before, [first, second]) => {
  for (let i = 0; i < row.length; i++) row[i] = Math.floor(random.uniform() * (i < first ? first : second));
});

/** What a resample says: a number, or two between which it lies; of each sample the numbers of those that were drawn. */
type Ends = (first: Uint32Array, second: Uint32Array) => Interval;

/**
 * Percentile bootstrap interval of a statistic of two independent samples, both resampled. It may be ±Infinity, but has
 * to be a number. Where what is known of it are two ends, the interval runs from the lower quantile of the lower ends to
 * the upper one of the upper ends.
 *
 * Its ends are the order statistics ⌊(B − 1)·α/2⌋ and ⌈(B − 1)·(1 − α/2)⌉ of the B replicates, counted from 0: the
 * positions of R's type 7, rounded outwards instead of interpolated, for between a finite value and Infinity there is
 * nothing to interpolate. The same seed draws the same resamples whatever the statistic.
 *
 * @param sizes of the two samples
 * @throws {RangeError} if a sample is empty, the statistic is not a number, or an option is out of range
 *
 * Source: Efron 1979, Ann. Stat. 7:1; Efron & Tibshirani 1993, An Introduction to the Bootstrap, sections 8.3 and 13.3.
 */
export function bootstrapTwoSamples(
  sizes: readonly [first: number, second: number],
  ends: Ends,
  { level, resamples, seed }: Resampling,
): Interval {
  if (!(level > 0 && level < 1)) throw new RangeError(`Cannot give an interval at level ${level}`);
  if (!Number.isInteger(resamples) || resamples < 1) throw new RangeError(`Cannot draw ${resamples} resamples`);
  if (sizes.includes(0)) throw new RangeError("Cannot resample an empty sample");
  const [lower, upper] = [new Float64Array(resamples), new Float64Array(resamples)];
  const [first, second] = sizes;
  let k = 0;
  for (const block of draws.blocks(seed, resamples, sizes)) {
    for (let at = 0; at < block.length; at += first + second) {
      const { low, high } = ends(block.subarray(at, at + first), block.subarray(at + first, at + first + second));
      [lower[k], upper[k]] = [low, high];
      k++;
    }
  }
  const last = resamples - 1;
  // Typed arrays sort NaN to the end.
  if ([lower.sort(), upper.sort()].some((sorted) => Number.isNaN(sorted[last]))) {
    throw new RangeError("Cannot rank resamples: a statistic is not a number");
  }
  return { low: lower[Math.floor(last * (1 - level) / 2)], high: upper[Math.ceil(last * (1 + level) / 2)] };
}
