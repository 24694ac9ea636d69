import type { Interval } from "./bootstrap.ts";
import { medianInterval } from "./median_interval.ts";
import { type Estimate, kaplanMeierMedian } from "./kaplan_meier.ts";
import { forMedian, type Goal, observe, type Origin, type Outline, type Unit } from "./observe.ts";

/** A median time with its bootstrap interval; null for too few runs. */
export interface Time extends Estimate {
  readonly interval: Interval | null;
}

/** Median times to a milestone, counted in three units. */
export interface Times {
  readonly epochs: Time | null;
  readonly gradientCalls: Time | null;
  readonly seconds: Time | null;
}

/** Kaplan–Meier medians of the runs of one cell. */
export function timesOf(runs: readonly Outline[], goal: Goal, origin: Origin): Times {
  const time = (unit: Unit): Time | null => {
    const sample = runs.map((run) => forMedian(run, observe(run, goal, unit, origin))).filter((o) => o !== null);
    const median = kaplanMeierMedian(sample);
    return median && { ...median, interval: medianInterval(sample) };
  };
  return { epochs: time("epochs"), gradientCalls: time("gradientCalls"), seconds: time("seconds") };
}
