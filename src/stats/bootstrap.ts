import { sampleWithReplacement } from "simple-statistics";
import { stream } from "../data/stream.ts";
import { bcaLevels } from "./bca.ts";

/** Confidence level, e.g. 0.9; how many resamples are drawn, and from which random numbers. */
export interface Resampling {
  readonly level: number;
  readonly resamples: number;
  readonly seed: number;
}

/** Ends of an interval; ±Infinity where it has none. */
export interface Interval {
  readonly low: number;
  readonly high: number;
}

/** An interval and how it was read off the bootstrap distribution. */
export interface BootstrapInterval extends Interval {
  readonly kind: "bca" | "percentile";
}

/** The statistic of each resample, ascending. */
function replicates(draw: (random: () => number) => number, { level, resamples, seed }: Resampling): number[] {
  if (!(level > 0 && level < 1)) throw new RangeError(`Cannot give an interval at level ${level}`);
  if (!Number.isInteger(resamples) || resamples < 1) throw new RangeError(`Cannot draw ${resamples} resamples`);
  const random = stream(seed, "bootstrap").uniform;
  const values = Float64Array.from({ length: resamples }, () => draw(random)).sort();
  // Typed arrays sort NaN to the end.
  if (Number.isNaN(values[resamples - 1])) throw new RangeError("Cannot rank resamples: a statistic is not a number");
  return [...values];
}

/**
 * Ends of an interval from sorted replicates: the order statistics ⌊(B − 1)·from⌋ and ⌈(B − 1)·to⌉, counted from 0.
 *
 * These are the positions of R's type 7, rounded outwards instead of interpolated: between a finite value and Infinity
 * there is nothing to interpolate, and the interval never becomes narrower for it.
 */
function between(sorted: readonly number[], [from, to]: readonly [number, number]): Interval {
  const last = sorted.length - 1;
  return { low: sorted[Math.floor(last * from)], high: sorted[Math.ceil(last * to)] };
}

const tails = (level: number) => [(1 - level) / 2, (1 + level) / 2] as const;

function resampled<T>(sample: readonly T[], random: () => number): T[] {
  if (sample.length === 0) throw new RangeError("Cannot resample an empty sample");
  return sampleWithReplacement([...sample], sample.length, random);
}

/**
 * Percentile bootstrap interval of a statistic of one sample. It may be ±Infinity, but has to be a number.
 *
 * The same seed draws the same resamples whatever the statistic: intervals of two statistics, say a lower and an upper
 * bound, belong together.
 *
 * @throws {RangeError} if the sample is empty, the statistic is not a number, or an option is out of range
 *
 * Source: Efron 1979, Ann. Stat. 7:1; Efron & Tibshirani 1993, An Introduction to the Bootstrap, section 13.3.
 */
export function percentileInterval<T>(
  sample: readonly T[],
  statistic: (resample: readonly T[]) => number,
  options: Resampling,
): Interval {
  return between(replicates((random) => statistic(resampled(sample, random)), options), tails(options.level));
}

/**
 * Bootstrap interval of a statistic of one sample: BCa (bias-corrected, accelerated), which is second-order correct;
 * percentile where that is not defined (`bcaLevels`). For smooth statistics: the acceleration comes from the jackknife,
 * which is not consistent for medians; `percentileInterval` is for those.
 *
 * @throws {RangeError} if the sample is empty, the statistic is not a number, or an option is out of range
 *
 * Source: Efron 1987, JASA 82:171; Efron & Tibshirani 1993, An Introduction to the Bootstrap, section 14.3.
 *
 * @example
 * ```ts
 * import { assert } from "@std/assert";
 * import { mean } from "simple-statistics";
 * import { bootstrapInterval } from "./bootstrap.ts";
 * const losses = [0.9, 1.1, 1.2, 1.4, 2.3];
 * const options = { level: 0.9, resamples: 500, seed: 0 };
 * const { low, high, kind } = bootstrapInterval(losses, (resample) => mean([...resample]), options);
 * assert(low < 1.38 && 1.38 < high && kind === "bca");
 * ```
 */
export function bootstrapInterval<T>(
  sample: readonly T[],
  statistic: (resample: readonly T[]) => number,
  options: Resampling,
): BootstrapInterval {
  const sorted = replicates((random) => statistic(resampled(sample, random)), options);
  const jackknife = sample.length < 2 ? [] : sample.map((_, i) => statistic(sample.toSpliced(i, 1)));
  const levels = bcaLevels(sorted, statistic(sample), jackknife, options.level);
  if (levels) return { ...between(sorted, levels), kind: "bca" };
  return { ...between(sorted, tails(options.level)), kind: "percentile" };
}

/**
 * Percentile bootstrap interval of a statistic of two independent samples, both resampled.
 *
 * @throws {RangeError} if a sample is empty, the statistic is not a number, or an option is out of range
 *
 * Source: Efron & Tibshirani 1993, An Introduction to the Bootstrap, sections 8.3 and 13.3.
 */
export function bootstrapTwoSamples<T>(
  first: readonly T[],
  second: readonly T[],
  statistic: (first: readonly T[], second: readonly T[]) => number,
  options: Resampling,
): Interval {
  const draw = (random: () => number) => statistic(resampled(first, random), resampled(second, random));
  return between(replicates(draw, options), tails(options.level));
}
