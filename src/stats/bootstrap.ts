import { sampleWithReplacement } from "simple-statistics";
import { stream } from "../data/stream.ts";
import type { Interval } from "./interval.ts";

/** Confidence level, e.g. 0.9; how many resamples are drawn, and from which random numbers. */
export interface Resampling {
  readonly level: number;
  readonly resamples: number;
  readonly seed: number;
}

function resampled<T>(sample: readonly T[], random: () => number): T[] {
  if (sample.length === 0) throw new RangeError("Cannot resample an empty sample");
  return sampleWithReplacement([...sample], sample.length, random);
}

/**
 * Percentile bootstrap interval of a statistic of two independent samples, both resampled. It may be ±Infinity, but has
 * to be a number.
 *
 * Its ends are the order statistics ⌊(B − 1)·α/2⌋ and ⌈(B − 1)·(1 − α/2)⌉ of the B replicates, counted from 0: the
 * positions of R's type 7, rounded outwards instead of interpolated, for between a finite value and Infinity there is
 * nothing to interpolate. The same seed draws the same resamples whatever the statistic: intervals of two statistics, say
 * a lower and an upper bound, belong together.
 *
 * @throws {RangeError} if a sample is empty, the statistic is not a number, or an option is out of range
 *
 * Source: Efron 1979, Ann. Stat. 7:1; Efron & Tibshirani 1993, An Introduction to the Bootstrap, sections 8.3 and 13.3.
 */
export function bootstrapTwoSamples<T>(
  first: readonly T[],
  second: readonly T[],
  statistic: (first: readonly T[], second: readonly T[]) => number,
  { level, resamples, seed }: Resampling,
): Interval {
  if (!(level > 0 && level < 1)) throw new RangeError(`Cannot give an interval at level ${level}`);
  if (!Number.isInteger(resamples) || resamples < 1) throw new RangeError(`Cannot draw ${resamples} resamples`);
  const random = stream(seed, "bootstrap").uniform;
  const draw = () => statistic(resampled(first, random), resampled(second, random));
  const sorted = Float64Array.from({ length: resamples }, draw).sort();
  const last = resamples - 1;
  // Typed arrays sort NaN to the end.
  if (Number.isNaN(sorted[last])) throw new RangeError("Cannot rank resamples: a statistic is not a number");
  return { low: sorted[Math.floor(last * (1 - level) / 2)], high: sorted[Math.ceil(last * (1 + level) / 2)] };
}
