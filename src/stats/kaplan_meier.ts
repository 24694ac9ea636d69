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
  const wrong = sample.find((o) => Number.isNaN(o.time) || (!o.censored && !Number.isFinite(o.time)));
  if (wrong) {
    throw new RangeError(`Cannot place ${wrong.censored ? "a censored run" : "an event"} at time ${wrong.time}`);
  }
  const times = [...new Set(sample.filter((o) => !o.censored).map((o) => o.time))].sort((a, b) => a - b);
  let survival = 1;
  return times.map((time) => {
    const atRisk = sample.filter((o) => o.time >= time).length;
    const events = sample.filter((o) => o.time === time && !o.censored).length;
    survival *= 1 - events / atRisk;
    return { time, atRisk, events, survival };
  });
}

/**
 * Median time to target by Kaplan & Meier: the first t with S(t) ≤ 1/2.
 *
 * Where S is exactly 1/2 between two event times their mean is taken, as R's `survfit` does and as the ordinary median
 * of an even sample is. Where S does not fall that far what is known is a lower bound.
 *
 * Source: Kaplan & Meier 1958, JASA 53:457.
 */
export function kaplanMeierMedian(sample: readonly Observation[]): Estimate | null {
  if (sample.length === 0) return null;
  const steps = kaplanMeierCurve(sample);
  for (const [i, { time, survival }] of steps.entries()) {
    // The product of the curve is off by a few units in the last place.
    if (Math.abs(survival - 0.5) < 1e-12) {
      if (i + 1 < steps.length) return { value: (time + steps[i + 1].time) / 2, relation: "=" };
      if (sample.some((o) => o.time > time)) break;
    }
    if (survival <= 0.5 + 1e-12) return { value: time, relation: "=" };
  }
  return leastMedian(sample);
}

/** No run took less than the time that was seen of it: the median is no less than that of all times, given up or not. */
function leastMedian(sample: readonly Observation[]): Estimate | null {
  const seen = sample.map((o) => o.time).sort((a, b) => a - b);
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
  const least = leastMedian(sample);
  const ends = sample.map((o) => o.censored ? Infinity : o.time).sort((a, b) => a - b);
  const exact = Number.isFinite(ends[Math.floor(ends.length / 2)]) && middle(ends) === least?.value;
  return least && (exact ? { ...least, relation: "=" } : least);
}
