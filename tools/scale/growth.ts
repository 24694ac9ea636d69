import type { Cost } from "./child.ts";

/** A stage, with what it took of so many records. */
export interface Point extends Cost {
  readonly stage: string;
  readonly records: number;
}

/** How cost grows with the number of records: the exponents of its powers. */
export interface Growth {
  readonly stage: string;
  readonly seconds: number;
  readonly memory: number;
  /** Whether one of them is more than linear. */
  readonly grows: boolean;
}

/** An exponent from which a cost a record is said to grow: ten times the records then cost fourteen times as much. */
export const LINEAR = 1.15;

/** Resident memory that a stage took beside what the program has, in KiB. */
export const ownKiB = ({ peakKiB, startKiB }: Cost): number => Math.max(1, peakKiB - startKiB);

/** Where a rising function of an exponent has a value, between 0 and 8. */
function exponentAt(value: number, rising: (exponent: number) => number): number {
  let [low, high] = [1e-6, 8];
  for (let i = 0; i < 60; i++) {
    const middle = (low + high) / 2;
    if (rising(middle) < value) low = middle;
    else high = middle;
  }
  return low;
}

/**
 * k of cost = a + b·recordsᵏ through the three largest numbers, or of b·recordsᵏ through two: what is paid once would hide
 * how the rest grows. The noise of the machine is in it.
 */
function exponent(points: readonly Point[], of: (point: Point) => number): number {
  const [third, second, first] = points.toSorted((a, b) => b.records - a.records);
  const later = of(third) - of(second);
  const earlier = first ? of(second) - of(first) : 0;
  if (later <= 0 || earlier <= 0) return Math.log(of(third) / of(second)) / Math.log(third.records / second.records);
  const power = (k: number) => (a: Point, b: Point) => a.records ** k - b.records ** k;
  return exponentAt(later / earlier, (k) => power(k)(third, second) / power(k)(second, first));
}

/** The growth of each stage that was measured with more than one number of records. */
export function growthOf(points: readonly Point[]): Growth[] {
  const known = [...Map.groupBy(points, ({ stage }) => stage)].filter(([, own]) => own.length > 1);
  return known.map(([stage, own]) => {
    const [seconds, memory] = [exponent(own, (point) => point.processorSeconds), exponent(own, ownKiB)];
    return { stage, seconds, memory, grows: Math.max(seconds, memory) > LINEAR };
  });
}
