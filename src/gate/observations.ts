import type { Observation } from "../stats/kaplan_meier.ts";
import { type Goal, observe, type Outline } from "../stats/observe.ts";
import type { Sample } from "./sample.ts";

/** Times in gradient calls from the start, one a run: what the gate compares. */
export const observationsOf = (runs: readonly Outline[], goal: Goal = "generalised"): Observation[] =>
  runs.map((run) => observe(run, goal, "gradientCalls", "start")!);

/**
 * Epochs that a run which does not get there has to be given, to tell as much as the expected ones: as long as the longest of
 * them took, or was given.
 */
export const tellingBudget = (expected: readonly Sample[]): number =>
  Math.max(0, ...expected.map(({ generalised, budget }) => generalised?.epoch ?? budget));

/** Gradient calls after which a run was given up; diverged ones count as followed for ever, as does who got there. */
const givenUpAt = (sample: readonly Observation[]): number =>
  Math.min(...sample.filter((o) => o.censored).map((o) => o.time));

/**
 * Cuts samples to the same follow-up: labels can only be exchanged between runs that were followed equally long, and
 * expected and new runs may have had different budgets.
 */
export function commonFollowUp<T extends Observation>(samples: readonly (readonly T[])[]): T[][] {
  const end = Math.min(...samples.map(givenUpAt));
  return samples.map((sample) => sample.map((o) => o.time > end ? { ...o, time: end, censored: true } : o));
}
