import { median, sampleVariance } from "simple-statistics";
import { correlation, LEAST_PAIRS } from "../../src/gate/numbers.ts";
import type { Outline } from "../../src/stats/observe.ts";

/** Gradient calls to generalise of one seed: of the expected run, and of the same run with another rounding of its steps. */
export interface RoundedPair {
  readonly seed: number;
  readonly expected: number;
  readonly again: number;
}

/** The pairs of one cell. */
export interface RoundedCell {
  /** As a reader knows it: case, what is changed of it, algorithm. */
  readonly cell: string;
  readonly case: string;
  readonly pairs: readonly RoundedPair[];
  /** Seeds of which one run got there and the other did not. */
  readonly onlyOne: readonly number[];
}

/** What pairs say of how much of its time a seed keeps. */
export interface Kept {
  readonly pairs: number;
  /** Standard deviation of log T over seeds, the two roundings pooled. */
  readonly seeds: number;
  /** Standard deviation of log T again − log T expected. */
  readonly difference: number;
  /** 1 − difference²/(2·seeds²): what of the variance of log T the seed brings along; null where seeds do not differ. */
  readonly share: number | null;
}

/** What is compared of a run. */
type Timed = Pick<Outline, "seed"> & { readonly generalised: { readonly gradientCalls: number } | null };

/** Runs of one cell beside the expected ones of the same seeds. */
export function roundedCell(
  { cell, case: caseId }: Pick<RoundedCell, "cell" | "case">,
  expected: readonly Timed[],
  again: readonly Timed[],
): RoundedCell {
  const both = again.flatMap((now) => {
    const before = expected.find(({ seed }) => seed === now.seed);
    return before ? [{ seed: now.seed, before: before.generalised, now: now.generalised }] : [];
  });
  return {
    cell,
    case: caseId,
    pairs: both.flatMap(({ seed, before, now }) =>
      before && now ? [{ seed, expected: before.gradientCalls, again: now.gradientCalls }] : []
    ),
    onlyOne: both.filter(({ before, now }) => (before === null) !== (now === null)).map(({ seed }) => seed),
  };
}

const logs = (pairs: readonly RoundedPair[]) =>
  pairs.map(({ expected, again }) => [Math.log(expected), Math.log(again)] as const);

/**
 * Pools cells: within each the variance of log T over seeds, of both roundings, and the mean square of the difference, which
 * is not known to have any other mean than 0; over cells both weighted by degrees of freedom.
 *
 * @returns null where no cell has three pairs
 */
export function keptBy(cells: readonly RoundedCell[]): Kept | null {
  const own = cells.map(({ pairs }) => logs(pairs)).filter((pairs) => pairs.length >= LEAST_PAIRS);
  if (own.length === 0) return null;
  let [freedom, spread, squares, count] = [0, 0, 0, 0];
  for (const pairs of own) {
    const variances = [0, 1].map((i) => sampleVariance(pairs.map((pair) => pair[i])));
    freedom += pairs.length - 1;
    spread += (pairs.length - 1) * (variances[0] + variances[1]) / 2;
    squares += pairs.reduce((sum, [x, y]) => sum + (y - x) ** 2, 0);
    count += pairs.length;
  }
  const [seeds, difference] = [Math.sqrt(spread / freedom), Math.sqrt(squares / count)];
  return { pairs: count, seeds, difference, share: seeds > 0 ? 1 - difference ** 2 / (2 * seeds ** 2) : null };
}

/** What share of the variance of log T the seed brings along, by case, as far as it was measured; between 0 and 1. */
export function sharesByCase(cells: readonly RoundedCell[]): Map<string, number> {
  const found = [...Map.groupBy(cells, (cell) => cell.case)].flatMap(([id, own]): [string, number][] => {
    const share = keptBy(own)?.share;
    return share === null || share === undefined ? [] : [[id, Math.min(1, Math.max(0, share))]];
  });
  return new Map(found);
}

/** Pearson's r of log T, or null below three pairs or without spread. */
export const correlationOf = ({ pairs }: RoundedCell): number | null => correlation(logs(pairs));

/** T again / T expected: the median over seeds. */
export const medianRatio = ({ pairs }: RoundedCell): number | null =>
  pairs.length ? median(pairs.map(({ expected, again }) => again / expected)) : null;
