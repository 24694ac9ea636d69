/** A time to target: reached at `time`, or not yet at `time` (censored). */
export interface Observation {
  readonly time: number;
  readonly censored: boolean;
}

/** An estimate that may be known only from one side. */
export interface Estimate {
  readonly value: number;
  /** `=`: estimated; `>=`: not reached, `value` is a lower bound. */
  readonly relation: "=" | ">=";
}

/** One drop of a survival curve. */
export interface Step {
  readonly time: number;
  /** Observations with this time or a later one. */
  readonly atRisk: number;
  readonly events: number;
  /** Share still on its way after `time`. */
  readonly survival: number;
}

/** Median of ascending numbers; of a finite and an infinite one in the middle the finite one. */
function middle(sorted: readonly number[]): number {
  const [low, high] = [sorted[Math.ceil(sorted.length / 2) - 1], sorted[Math.floor(sorted.length / 2)]];
  return Number.isFinite(high) ? (low + high) / 2 : low;
}

/** A sample by its distinct times, ascending, and how many events and how many censored runs each of them has. */
export interface Tally {
  readonly times: readonly number[];
  readonly events: number[];
  readonly censored: number[];
}

const ascending = (a: number, b: number): number => a < b ? -1 : a > b ? 1 : 0;

/** @throws {RangeError} if a time is not a number, or an event never happened */
export function tallyOf(sample: readonly Observation[]): Tally {
  const wrong = sample.find((o) => Number.isNaN(o.time) || (!o.censored && !Number.isFinite(o.time)));
  if (wrong) {
    throw new RangeError(`Cannot place ${wrong.censored ? "a censored run" : "an event"} at time ${wrong.time}`);
  }
  const times: number[] = [];
  const tally: Tally = { times, events: [], censored: [] };
  for (const { time, censored } of sample.toSorted((a, b) => ascending(a.time, b.time))) {
    if (times.at(-1) !== time) {
      times.push(time);
      tally.events.push(0);
      tally.censored.push(0);
    }
    (censored ? tally.censored : tally.events)[times.length - 1]++;
  }
  return tally;
}

const sizeOf = ({ times, events, censored }: Tally): number =>
  times.reduce((sum, _, i) => sum + events[i] + censored[i], 0);

/**
 * Survival curve by Kaplan & Meier, one step for each distinct time of an event: S(t) = Π (1 − events/at risk).
 *
 * What is censored at the time of an event is at risk there: it was given up just after.
 *
 * @throws {RangeError} if a time is not a number, or an event never happened
 *
 * Source: Kaplan & Meier 1958, JASA 53:457.
 */
export function kaplanMeierCurve(sample: readonly Observation[]): Step[] {
  const { times, events, censored } = tallyOf(sample);
  const steps: Step[] = [];
  let [survival, atRisk] = [1, sample.length];
  times.forEach((time, i) => {
    if (events[i] > 0) {
      survival *= 1 - events[i] / atRisk;
      steps.push({ time, atRisk, events: events[i], survival });
    }
    atRisk -= events[i] + censored[i];
  });
  return steps;
}

/**
 * Median time to target by Kaplan & Meier: the first t with S(t) ≤ 1/2.
 *
 * Where S is exactly 1/2 between two event times their mean is taken, as R's `survfit` does and as the ordinary median
 * of an even sample is. Where S does not fall that far what is known is a lower bound.
 *
 * Source: Kaplan & Meier 1958, JASA 53:457.
 */
export const kaplanMeierMedian = (sample: readonly Observation[]): Estimate | null => medianOf(tallyOf(sample));

/** The same of a sample that has been counted: of thousands of resamples nothing has to be sorted. Times may have no runs. */
export function medianOf(tally: Tally): Estimate | null {
  const { times, events, censored } = tally;
  let [survival, atRisk] = [1, sizeOf(tally)];
  if (atRisk === 0) return null;
  for (let i = 0; i < times.length; i++) {
    if (events[i] > 0) {
      survival *= 1 - events[i] / atRisk;
      // The product of the curve is off by a few units in the last place.
      if (Math.abs(survival - 0.5) < 1e-12) {
        const next = events.findIndex((count, j) => j > i && count > 0);
        if (next > 0) return { value: (times[i] + times[next]) / 2, relation: "=" };
        if (censored.some((count, j) => j > i && count > 0)) break;
      }
      if (survival <= 0.5 + 1e-12) return { value: times[i], relation: "=" };
    }
    atRisk -= events[i] + censored[i];
  }
  return leastMedian(times.flatMap((time, i) => new Array<number>(events[i] + censored[i]).fill(time)));
}

/**
 * No run took less than the time that was seen of it: the median is no less than that of all times, given up or not.
 *
 * @param seen times, ascending
 */
function leastMedian(seen: readonly number[]): Estimate | null {
  const bound = middle(seen);
  // Where most never get there, no number is a bound of the median; what was seen last stands for it.
  const value = Number.isFinite(bound) ? bound : seen.findLast(Number.isFinite);
  return value === undefined ? null : { value, relation: ">=" };
}

/**
 * Median of times of which some are lower bounds and nothing else is assumed: exact where no bound could change it.
 *
 * Kaplan & Meier assume that what is given up would have gone on like the rest. Where the run itself is the reason that it
 * was given up, as one that ended because its accuracy had dipped, it would not.
 */
export function boundedMedian(sample: readonly Observation[]): Estimate | null {
  const least = leastMedian(sample.map((o) => o.time).sort(ascending));
  const ends = sample.map((o) => o.censored ? Infinity : o.time).sort(ascending);
  const exact = Number.isFinite(ends[Math.floor(ends.length / 2)]) && middle(ends) === least?.value;
  return least && (exact ? { ...least, relation: "=" } : least);
}
