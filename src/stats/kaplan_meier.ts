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

/** Halfway to an end that may be infinitely far. */
const halfway = (from: number, to: number) => Number.isFinite(to) ? (from + to) / 2 : from;

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
 * of an even sample is. When S never falls below 1/2 what is known is a lower bound: the largest observed time, or, with
 * S exactly 1/2, the mean of the last event and the earliest time at which one of the others was given up.
 *
 * Source: Kaplan & Meier 1958, JASA 53:457.
 */
export function kaplanMeierMedian(sample: readonly Observation[]): Estimate | null {
  if (sample.length === 0) return null;
  const steps = kaplanMeierCurve(sample);
  for (const [i, { time, survival }] of steps.entries()) {
    // The product of the curve is off by a few units in the last place.
    if (Math.abs(survival - 0.5) < 1e-12) {
      const later = sample.filter((o) => o.time > time);
      if (i + 1 < steps.length) return { value: (time + steps[i + 1].time) / 2, relation: "=" };
      // The other half is still on its way: the next event is no earlier than the first of them was given up.
      if (later.length) return { value: halfway(time, Math.min(...later.map((o) => o.time))), relation: ">=" };
    }
    if (survival <= 0.5 + 1e-12) return { value: time, relation: "=" };
  }
  const finite = sample.map((o) => o.time).filter(Number.isFinite);
  return finite.length ? { value: Math.max(...finite), relation: ">=" } : null;
}
