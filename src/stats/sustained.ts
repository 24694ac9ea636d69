import type { Milestone, RunSummary } from "../run/record/record.ts";
import type { Outline } from "./observe.ts";

/** What tells whether a crossing lasted. */
export type Followed = Outline & Pick<RunSummary, "config" | "above" | "steadiness">;

/**
 * Where the stretch above the threshold begins that lasts to the end of a run. Records from before it was kept tell it
 * only where nothing after the crossing was below; elsewhere it is later than the crossing, and the crossing is a bound.
 */
function stretchOf({ above, generalised, steadiness, config }: Followed): { from: Milestone | null; exact: boolean } {
  if (above !== undefined) return { from: above, exact: true };
  return { from: generalised, exact: steadiness ? steadiness.shareAbove === 1 : config.extraEpochs === 0 };
}

/**
 * A run seen by its sustained crossing: the first epoch from which the test accuracy stays above the threshold for
 * `extraEpochs`. A run that was not followed so long is censored at the earliest place where its stretch could begin:
 * where it does as far as it was followed, or at the end when it is below.
 */
export function sustainedOf(run: Followed): Outline {
  if (run.status === "diverged") return { ...run, generalised: null };
  const { from, exact } = stretchOf(run);
  if (!from) return { ...run, generalised: null, status: "censored" };
  if (exact && run.epochs - from.epoch >= run.config.extraEpochs) return { ...run, generalised: from };
  const { epoch: epochs, gradientCalls } = from;
  return { ...run, epochs, gradientCalls, generalised: null, status: "censored" };
}
