import { boundedMedian, type Estimate, kaplanMeierMedian } from "../stats/kaplan_meier.ts";
import { type Goal, observe, type Outline } from "../stats/observe.ts";
import { type Followed, sustainedOf } from "../stats/sustained.ts";

/** A number of gradient calls, `{ "=": 2575 }`, or a bound, `{ ">=": 75000 }`; null where nothing is known of it. */
export type Calls = { readonly [relation in Estimate["relation"]]?: number } | null;

/** Gradient calls from the start to memorise, to generalise and to the sustained crossing. */
export type Milestones = readonly [memorised: Calls, generalised: Calls, sustained: Calls];

/** Median gradient calls of runs from the start to a goal. */
export const medianCalls = (runs: readonly Outline[], goal: Goal, medianOf = kaplanMeierMedian): Estimate | null =>
  medianOf(runs.map((run) => observe(run, goal, "gradientCalls", "start")).filter((o) => o !== null));

const callsOf = (found: Estimate | null): Calls => found && { [found.relation]: found.value };

/** Of one run its own, of several their medians as the leaderboard has them, but over all of them. */
export const milestonesOf = (runs: readonly Followed[]): Milestones => [
  callsOf(medianCalls(runs, "memorised")),
  callsOf(medianCalls(runs, "generalised")),
  callsOf(medianCalls(runs.map(sustainedOf), "generalised", boundedMedian)),
];
