import { mean, sampleStandardDeviation } from "simple-statistics";
import { kaplanMeierCurve, type Observation } from "./kaplan_meier.ts";

/** What a sample of times to target looks like, for the reader of stored expectations. */
export interface LogDistribution {
  readonly events: number;
  readonly censored: number;
  /** Mean of ln(time) over the events; null without one. */
  readonly meanLog: number | null;
  /** Standard deviation of ln(time) over the events, divisor n − 1; null under two events. */
  readonly sdLog: number | null;
  /** Kaplan–Meier curve of events and censored together, from 1 before the first step. */
  readonly steps: readonly { readonly time: number; readonly survival: number }[];
}

/**
 * Counts, moments of the logarithm of time, and the Kaplan–Meier curve of a sample.
 *
 * The moments are of the events alone: where runs were censored both are too small, and the curve is what to read.
 *
 * @param sample times of events positive, in any unit
 * @throws {RangeError} if the time of an event is not positive and finite
 *
 * Source: Kaplan & Meier 1958, JASA 53:457 (the curve).
 */
export function logDistribution(sample: readonly Observation[]): LogDistribution {
  const times = sample.filter((o) => !o.censored).map((o) => o.time);
  const wrong = times.find((time) => !(time > 0));
  if (wrong !== undefined) throw new RangeError(`Cannot take the logarithm of a time of ${wrong}`);
  const logs = times.map(Math.log);
  return {
    events: logs.length,
    censored: sample.length - logs.length,
    meanLog: logs.length ? mean(logs) : null,
    sdLog: logs.length > 1 ? sampleStandardDeviation(logs) : null,
    steps: kaplanMeierCurve(sample).map(({ time, survival }) => ({ time, survival })),
  };
}
