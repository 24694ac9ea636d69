import { min, sum } from "simple-statistics";
import { BASELINE, TUNED_BASELINE } from "../declare/baseline.ts";
import type { RunSummary, Status } from "../run/record/record.ts";
import { compare, type Comparison } from "./comparison.ts";
import type { Origin, Outline } from "./observe.ts";
import { type Times, timesOf } from "./times.ts";

/** What figures are computed from. */
export type FigureRun = Outline & Pick<RunSummary, "steadiness">;

/** Everything that is said of one problem under one algorithm. */
export interface Figures {
  readonly grokked: number;
  readonly censored: number;
  readonly diverged: number;
  readonly memorise: Times;
  readonly generalise: Times;
  readonly generaliseFromMemorisation: Times;
  /** T(adamw)/T(algorithm) in gradient calls, paired by seed. */
  readonly speedup: Comparison | null;
  readonly speedupFromMemorisation: Comparison | null;
  /** T(adamw-tuned)/T(algorithm) from the start. */
  readonly speedupOverTuned: Comparison | null;
  /** T(control)/T(algorithm): what is left of it when everything but the trick is in the control too. */
  readonly attribution: Comparison | null;
  readonly attributionFromMemorisation: Comparison | null;
  /** Share of the epochs after generalising, of all runs together, above the threshold, and the lowest accuracy. */
  readonly shareAbove: number | null;
  readonly lowestAccuracy: number | null;
}

/**
 * Figures of one algorithm on one problem.
 *
 * @param evalEvery of the problem: what one evaluation is
 * @param runsOf the runs of another algorithm on the same problem
 */
export function figuresOf(
  { id, control, evalEvery }: {
    readonly id: string;
    readonly control: string | null;
    readonly evalEvery: number;
  },
  runs: readonly FigureRun[],
  runsOf: (algorithm: string) => readonly FigureRun[],
): Figures {
  const against = (other: string | null, origin: Origin) =>
    other && other !== id ? compare(runsOf(other), runs, origin, evalEvery) : null;
  const count = (status: Status) => runs.filter((run) => run.status === status).length;
  const steady = runs.map((run) => run.steadiness).filter((s) => s !== null);
  const followed = sum(steady.map((s) => s.epochs));
  return {
    grokked: count("grokked"),
    censored: count("censored"),
    diverged: count("diverged"),
    memorise: timesOf(runs, "memorised", "start"),
    generalise: timesOf(runs, "generalised", "start"),
    generaliseFromMemorisation: timesOf(runs, "generalised", "memorisation"),
    speedup: against(BASELINE, "start"),
    speedupFromMemorisation: against(BASELINE, "memorisation"),
    speedupOverTuned: against(TUNED_BASELINE, "start"),
    attribution: against(control, "start"),
    attributionFromMemorisation: against(control, "memorisation"),
    shareAbove: followed ? sum(steady.map((s) => s.epochs * s.shareAbove)) / followed : null,
    lowestAccuracy: steady.length ? min(steady.map((s) => s.lowestAccuracy)) : null,
  };
}
