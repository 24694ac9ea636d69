import { kaplanMeierCurve, type Observation, type Step } from "./kaplan_meier.ts";

/** A sum of 2¹³ scores of this many units stays below 2⁵³, where integers are exact. */
const LARGEST_DENOMINATOR = 2 ** 40;

/** How many of the steps lie before a time, or at it as well where it is told so. */
function stepsUntil(steps: readonly Step[], time: number, at: boolean): number {
  let [low, high] = [0, steps.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (steps[middle].time < time || (at && steps[middle].time === time)) low = middle + 1;
    else high = middle;
  }
  return low;
}

function scoresOn(steps: readonly Step[], sample: readonly Observation[]): number[] {
  const survivalAfter = (count: number) => count ? steps[count - 1].survival : 1;
  return sample.map(({ time, censored }) => {
    const after = survivalAfter(stepsUntil(steps, time, true));
    return censored ? after - 1 : after + survivalAfter(stepsUntil(steps, time, false)) - 1;
  });
}

/**
 * Peto–Peto scores, the censoring-aware form of Wilcoxon's ranks: an event at t has S(t) + S(t−) − 1, an observation
 * censored at t has S(t) − 1, with S the Kaplan–Meier curve of the whole sample.
 *
 * Early events score high, up to 1; they sum to 0. Without censoring and ties the r-th of N has (N + 1 − 2r)/N.
 *
 * @param sample the pooled sample; a run that never gets there has a censored time of Infinity
 * @returns one score an observation, in the order of `sample`
 * @throws {RangeError} if a time is not a number, or an event never happened
 *
 * Source: Peto & Peto 1972, J. R. Stat. Soc. A 135:185, section 8.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { petoPetoScores } from "./peto_peto.ts";
 * const runs = [{ time: 30, censored: false }, { time: 10, censored: false }, { time: 50, censored: true }];
 * assertEquals(petoPetoScores(runs).map((score) => Math.round(3 * score)), [0, 2, -2]);
 * ```
 */
export function petoPetoScores(sample: readonly Observation[]): number[] {
  return scoresOn(kaplanMeierCurve(sample), sample);
}

/**
 * Peto–Peto scores times a common denominator, as exact integers.
 *
 * Half of a permutation test is counting ties, and 1/3 + 2/3 − 1 is not 0 in floating point: two ways to deal out the
 * labels that are equally extreme would be told apart by rounding. S is a product of (n − d)/n that telescopes as long
 * as nothing is censored between two events, so its denominator is the product of the numbers at risk after each gap;
 * runs that were all given up at one budget need no more than N. Should the product grow beyond 2⁴⁰, rounding to 2⁻⁴⁰
 * loses some ties but not the level of the test: whatever depends on the pooled sample alone is a valid score.
 */
export function integerScores(sample: readonly Observation[]): number[] {
  const steps = kaplanMeierCurve(sample);
  let denominator = 1;
  for (const [i, { atRisk }] of steps.entries()) {
    const left = i > 0 ? steps[i - 1].atRisk - steps[i - 1].events : -1;
    if (atRisk !== left) denominator *= atRisk;
  }
  const unit = Math.min(denominator, LARGEST_DENOMINATOR);
  return scoresOn(steps, sample).map((score) => Math.round(score * unit));
}
