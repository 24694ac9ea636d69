import sparkly from "sparkly";
import { lastOf } from "../run/trajectory.ts";

/** The range that a sparkline spans; null: that of its numbers. */
export type Range = readonly [minimum: number, maximum: number] | null;

/** A column shortened to `width` entries: of each stretch its last number, so that the last one is the last. */
export function sampled(column: readonly (number | null)[], width: number): (number | null)[] {
  if (column.length <= width) return [...column];
  const edge = (i: number) => Math.floor(i * column.length / width);
  return Array.from(
    { length: width },
    (_, i) => lastOf(column.slice(edge(i), edge(i + 1))),
  );
}

/** A sparkline of exactly `width` characters; blanks where there is no number. */
export function spark(column: readonly (number | null)[], width: number, range: Range = null): string {
  const [minimum, maximum] = range ?? [];
  // Nothing is blank, as sparkly shows what is not finite.
  const numbers = sampled(column, width).map((x) => x ?? NaN);
  return sparkly(numbers, { minimum, maximum }).padEnd(width);
}
