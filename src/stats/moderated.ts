import { mean, sampleVariance } from "simple-statistics";
import type { Interval } from "./interval.ts";
import { digamma, inverseTrigamma, trigamma } from "./polygamma.ts";
import { cdf, inv } from "./student.ts";

/** What the spreads of many samples have in common: s² ~ s₀²·χ²/d₀ before the samples are seen. */
export interface Prior {
  /** d₀; Infinity where all have the same spread. */
  readonly degrees: number;
  /** s₀². */
  readonly variance: number;
  /** Degrees of freedom of the samples that it was told from: it is not known better than they know it. */
  readonly known: number;
}

/** One sample beside its prior: mean, its standard error, and the degrees of freedom that it has. */
export interface Moderated {
  readonly mean: number;
  readonly error: number;
  readonly degrees: number;
}

/** Beyond this many degrees of freedom Student's t is a normal, and jStat's loses its digits. */
const MANY = 1e4;

/** Samples of one value have no spread of their own. */
const LEAST = 2;

/**
 * The prior that samples of differences have in common, by the moments of log s².
 *
 * E log s² = log s₀² + ψ(d/2) − ψ(d₀/2) + log(d₀/d) and Var log s² = ψ′(d/2) + ψ′(d₀/2), d the degrees of freedom of a
 * sample. Its spread counts as `floor` at least: times that are told apart by 1 % only seem to have none.
 *
 * Source: Smyth 2004, Stat. Appl. Genet. Mol. Biol. 3:3, section 6.2.
 *
 * @returns null where fewer than two samples have a spread
 */
export function priorOf(samples: readonly (readonly number[])[], floor: number): Prior | null {
  const known = samples.filter((sample) => sample.length >= LEAST && sample.every(Number.isFinite));
  if (known.length < 2) return null;
  const halves = known.map((sample) => (sample.length - 1) / 2);
  const e = known.map((sample, i) =>
    Math.log(Math.max(floor, sampleVariance([...sample]))) - digamma(halves[i]) + Math.log(halves[i])
  );
  const degreesOfAll = known.reduce((sum, sample) => sum + sample.length - 1, 0);
  const excess = sampleVariance(e) - mean(halves.map(trigamma));
  if (!(excess > 0)) return { degrees: Infinity, variance: Math.exp(mean(e)), known: degreesOfAll };
  const half = inverseTrigamma(excess);
  return { degrees: 2 * half, variance: Math.exp(mean(e) + digamma(half) - Math.log(half)), known: degreesOfAll };
}

/**
 * A sample whose variance is drawn towards the prior: s̃² = (d₀s₀² + d·s²)/(d₀ + d), with d₀ + d degrees of freedom, but no more
 * than all samples have together (as limma has it).
 *
 * @returns null for an empty sample, for one with an infinite value, and for a single value without a prior
 */
export function moderated(sample: readonly number[], prior: Prior | null, floor: number): Moderated | null {
  const own = sample.length - 1;
  if (own < 0 || (own === 0 && !prior) || !sample.every(Number.isFinite)) return null;
  const squares = own > 0 ? own * Math.max(floor, sampleVariance([...sample])) : 0;
  const degrees = own + (prior?.degrees ?? 0);
  const variance = prior?.degrees === Infinity
    ? prior.variance
    : ((prior ? prior.degrees * prior.variance : 0) + squares) / degrees;
  const error = Math.sqrt(variance / sample.length);
  return { mean: mean([...sample]), error, degrees: Math.min(degrees, prior?.known ?? degrees) };
}

/** Two-sided p of a mean of 0. */
export const moderatedP = ({ mean, error, degrees }: Moderated): number =>
  Math.min(1, 2 * cdf(-Math.abs(mean / error), Math.min(degrees, MANY)));

/** Interval of the mean. */
export function moderatedInterval({ mean, error, degrees }: Moderated, level: number): Interval {
  const half = inv((1 + level) / 2, Math.min(degrees, MANY)) * error;
  return { low: mean - half, high: mean + half };
}
