import type { RunRecord } from "../run/record/record.ts";
import { compare, type Comparison } from "../stats/comparison.ts";
import { timesOf } from "../stats/times.ts";
import { estimate } from "../text.ts";

/** `900 (5/5)`: the median of the gradient calls, and the runs that generalised. */
export function medianCallsText(records: readonly RunRecord[]): string {
  const grokked = records.filter(({ generalised }) => generalised).length;
  return `${estimate(timesOf(records, "generalised", "start").gradientCalls)} (${grokked}/${records.length})`;
}

/** How many times as fast as others of the same seeds; null where they have less than two of them in common. */
export const over = (others: readonly RunRecord[], own: readonly RunRecord[]): Comparison | null =>
  own.length ? compare(others, own, "start", own[0].config.evalEvery) : null;
