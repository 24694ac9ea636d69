import type { Group } from "../gate/sample.ts";
import { compare } from "../stats/comparison.ts";

/** How one algorithm compares with another on one problem. */
export interface Pair {
  readonly algorithm: string;
  readonly other: string;
  /** Median of T(other)/T(algorithm) in gradient calls, paired by seed, as far as it is known. */
  readonly low: number;
  readonly high: number;
  readonly pairs: number;
  /** Two-sided sign-flip test; null below eight pairs. */
  readonly p: number | null;
}

export type Pairwise = readonly Pair[];

/** Every algorithm of a problem against every other. */
export function pairwiseOf(groups: readonly Group[]): Pairwise {
  return groups.flatMap(({ cell: { algorithm }, records }) =>
    groups.filter(({ cell }) => cell.algorithm !== algorithm).flatMap((other): Pair[] => {
      const found = compare(other.records, records, "start");
      if (!found) return [];
      const pairs = records.filter(({ seed }) => other.records.some((record) => record.seed === seed)).length;
      const { low, high, p } = found;
      return [{ algorithm, other: other.cell.algorithm, low, high, pairs, p }];
    })
  );
}
