import { compare } from "../stats/comparison.ts";
import type { Signs } from "../stats/sign_test.ts";
import { methodText } from "../table/cell.ts";
import type { CellRuns } from "../table/table.ts";

/** How one algorithm compares with another on one problem. */
export interface Pair {
  /** Methods as rows are called. */
  readonly algorithm: string;
  readonly other: string;
  /** Median of T(other)/T(algorithm) in gradient calls, paired by seed, as far as it is known. */
  readonly low: number;
  readonly high: number;
  /** Two-sided sign-flip test; null below eight pairs that differ. */
  readonly p: number | null;
  /** Seeds on which the algorithm was earlier, and later. */
  readonly signs: Signs;
  readonly withinOneEvaluation: boolean;
}

export type Pairwise = readonly Pair[];

/** Every algorithm of a problem against every other. */
export function pairwiseOf(cells: readonly CellRuns[]): Pairwise {
  return cells.flatMap(({ cell: own, records }, i) =>
    cells.slice(i + 1).flatMap(({ cell, records: others }): Pair[] => {
      const found = compare(others, records, "start", records[0].config.evalEvery);
      if (!found) return [];
      const { low, high, p, signs, withinOneEvaluation } = found;
      const [algorithm, other] = [own, cell].map(methodText);
      const pair = { algorithm, other, low, high, p, signs, withinOneEvaluation };
      const turned = { ...signs, wins: signs.losses, losses: signs.wins };
      // The other way round they are the same tests, and the reciprocal.
      return [pair, { ...pair, algorithm: other, other: algorithm, low: 1 / high, high: 1 / low, signs: turned }];
    })
  );
}
