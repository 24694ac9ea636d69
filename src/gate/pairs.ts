import jstat from "jstat";
import { type Moderated, moderated, moderatedInterval, moderatedP, type Prior, priorOf } from "../stats/moderated.ts";
import type { Interval } from "../stats/interval.ts";
import type { Observation } from "../stats/kaplan_meier.ts";
import * as limits from "./limits.ts";

const { inv, cdf }: {
  inv(probability: number, mean: number, deviation: number): number;
  cdf(x: number, mean: number, deviation: number): number;
} = jstat.normal;
const normalQuantile = (probability: number) => inv(probability, 0, 1);

/** Times of one seed, under the expected code or arithmetic and under the new one. */
export type TimePair = readonly [expected: Observation, fresh: Observation];

/**
 * log T new − log T expected of the same seeds: of the screen, and of seeds that nothing had seen before. What a seed brings
 * along cancels, so a few of them see what as many strangers do not.
 */
export interface Pairs {
  readonly screen: readonly number[];
  readonly confirm: readonly number[];
  /** Whether every run got there, so that no ratio is a bound, and every one that confirms has a partner. */
  readonly exact: boolean;
}

/**
 * Log ratios of pairs of which at least one got there; where the other did not, the bound, or 0 where it has the other sign.
 * Under "no shift" the two of a pair can be exchanged, so bounds or not the ratios lie symmetrically about 0. They are nearer
 * to it than the times are: a shift is not overstated, and that there is none cannot be shown by them.
 *
 * @returns null where most pairs tell nothing, or a run diverged: it has no time, not even a bound
 */
export function logRatios(pairs: readonly TimePair[]): number[] | null {
  if (pairs.flat().some(({ time }) => !Number.isFinite(time))) return null;
  const telling = pairs.filter(([expected, fresh]) => !expected.censored || !fresh.censored);
  if (2 * telling.length < pairs.length || telling.length === 0) return null;
  return telling.map(([expected, fresh]) => {
    const ratio = Math.log(fresh.time / expected.time);
    if (fresh.censored) return Math.max(0, ratio);
    return expected.censored ? Math.min(0, ratio) : ratio;
  });
}

export const isExact = (pairs: readonly TimePair[]): boolean => pairs.flat().every(({ censored }) => !censored);

/** Two times that are told apart by 1 % only differ by this variance although nothing has moved. */
const FLOOR = 2 * 0.01 ** 2 / 12;

/** What cells of one judgement say of each other's spread. */
export const priorOfCells = (cells: readonly Pairs[]): Prior | null =>
  priorOf(cells.map(({ screen }) => screen), FLOOR);

/** What is seen of one cell by the same seeds. */
export interface PairedLook {
  /** Of "no shift" on the screen's seeds. */
  readonly p: number;
  /** The log ratio with its error: of the screen's pairs, and of all. */
  readonly first: Moderated;
  readonly all: Moderated;
  /**
   * On seeds that the screen has not seen: the larger of their own p, and of that of all pairs corrected over the cells
   * (Bonferroni); null before they are there.
   */
  readonly confirmation: number | null;
  /** Whether they say the same direction. */
  readonly agrees: boolean;
}

/** Looks at a cell beside the prior of all; null where its spread is not known. */
export function lookAt({ screen, confirm }: Pairs, prior: Prior | null, cells: number): PairedLook | null {
  const of = (sample: readonly number[]) => moderated(sample, prior, FLOOR);
  const [first, all] = [of(screen), of([...screen, ...confirm])];
  if (!first || !all) return null;
  const again = confirm.length ? of(confirm) : null;
  return {
    p: moderatedP(first),
    first,
    all,
    confirmation: again && Math.max(moderatedP(again), Math.min(1, cells * moderatedP(all))),
    agrees: again !== null && again.mean * first.mean > 0,
  };
}

/**
 * p of a shift that is spread over all cells in one direction: their p as normal numbers, added up.
 *
 * Source: Stouffer et al. 1949, The American Soldier, vol. 1.
 *
 * @returns null without cells
 */
export function omnibusOfPairs(looks: readonly PairedLook[]): number | null {
  if (looks.length === 0) return null;
  // A p of 0 is one that is too small to be told from it.
  const z = looks.map(({ p, first }) => Math.sign(first.mean) * -normalQuantile(Math.max(p, Number.EPSILON) / 2));
  const total = z.reduce((sum, each) => sum + each, 0) / Math.sqrt(z.length);
  return 2 * cdf(-Math.abs(total), 0, 1);
}

/**
 * Fresh seeds on which a shift by half would be seen at the level that all pairs have to reach together, as far as there are
 * means for them.
 */
export function seedsForPairs({ all }: PairedLook, pairs: number, cells: number): number {
  const variance = all.error ** 2 * pairs;
  const needed = normalQuantile(1 - limits.CONFIRM / cells / 2) + normalQuantile(limits.PAIRED_POWER);
  const enough = Math.ceil(variance * (needed / Math.log(limits.PAIRED_SHIFT)) ** 2) - pairs;
  return Math.max(limits.PAIRED_SEEDS, Math.min(limits.MOST_PAIRED_SEEDS, enough));
}

/** T new / T expected and its interval, at the level of the gate. */
export function ratioOf({ all }: PairedLook): { readonly ratio: Interval; readonly interval: Interval } {
  const { low, high } = moderatedInterval(all, limits.LEVEL);
  const ratio = Math.exp(all.mean);
  return { ratio: { low: ratio, high: ratio }, interval: { low: Math.exp(low), high: Math.exp(high) } };
}
