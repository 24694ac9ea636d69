import type { Interval } from "./interval.ts";
import { medianInterval } from "./median_interval.ts";
import { type Estimate, kaplanMeierMedian, type Observation } from "./kaplan_meier.ts";

/** How the median is told of times of which some are bounds. */
type Median = (sample: readonly Observation[]) => Estimate | null;
import { type Goal, observe, type Origin, type Outline, type Unit } from "./observe.ts";

/** A median time with its 95 % interval; null for too few runs. */
export interface Time extends Estimate {
  readonly interval: Interval | null;
}

/** Median times to a milestone, counted in three units. */
export interface Times {
  /** Runs that have such a time: one that generalised before it memorised has none between the two. */
  readonly runs: number;
  readonly epochs: Time | null;
  readonly gradientCalls: Time | null;
  readonly seconds: Time | null;
}

/** What is known of a time: a run that was given up needs at least what was seen of it. */
export const boundsOf = ({ time, censored }: Observation): Interval => ({
  low: time,
  high: censored ? Infinity : time,
});

/** Medians of the runs of one cell. */
export function timesOf(
  runs: readonly Outline[],
  goal: Goal,
  origin: Origin,
  medianOf: Median = kaplanMeierMedian,
): Times {
  const time = (unit: Unit): Time | null => {
    const sample = runs.map((run) => observe(run, goal, unit, origin)).filter((o) => o !== null);
    const median = medianOf(sample);
    return median && { ...median, interval: medianInterval(sample.map(boundsOf)) };
  };
  const counted = runs.filter((run) => observe(run, goal, "epochs", origin) !== null).length;
  return { runs: counted, epochs: time("epochs"), gradientCalls: time("gradientCalls"), seconds: time("seconds") };
}
