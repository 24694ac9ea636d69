import { mean, min } from "simple-statistics";
import { variantOf } from "../run/cell.ts";
import type { RunRecord } from "../run/record.ts";
import type { Outcome } from "../run/supervisor.ts";
import { type Estimate, kaplanMeierMedian } from "../stats/kaplan_meier.ts";
import { forMedian, observe, type Origin, pairsOf, type Unit } from "../stats/observe.ts";
import { pairedRatio, type Ratio } from "../stats/ratio.ts";

/** The algorithm that speedups are measured against. */
const BASELINE = "adamw";

/** Median times to a milestone, counted in three units. */
export interface Times {
  readonly epochs: Estimate | null;
  readonly gradientCalls: Estimate | null;
  readonly seconds: Estimate | null;
}

/** One line of the leaderboard: one case (with its overrides) under one algorithm, over its seeds. */
export interface Row {
  readonly case: string;
  /** Fields that make this another problem than the case's defaults, e.g. `beta=0.8`. */
  readonly variant: string;
  readonly algorithm: string;
  readonly control: string | null;
  readonly seeds: readonly number[];
  readonly grokked: number;
  readonly censored: number;
  readonly diverged: number;
  /** Runs that failed or were stopped: they have no record. */
  readonly missing: number;
  readonly memorise: Times;
  readonly generalise: Times;
  readonly generaliseFromMemorisation: Times;
  /** T(adamw)/T(algorithm) in gradient calls, paired by seed. */
  readonly speedup: Ratio | null;
  readonly speedupFromMemorisation: Ratio | null;
  /** T(control)/T(algorithm): what is left of it when everything but the trick is in the control too. */
  readonly attribution: Ratio | null;
  readonly attributionFromMemorisation: Ratio | null;
  /** Share of the epochs after generalising that stay above the threshold (mean over seeds), and the lowest accuracy. */
  readonly shareAbove: number | null;
  readonly lowestAccuracy: number | null;
}

function times(records: readonly RunRecord[], goal: "memorised" | "generalised", origin: Origin): Times {
  const median = (unit: Unit) => {
    const seen = records.map((r) => forMedian(r, observe(r, goal, unit, origin)));
    return kaplanMeierMedian(seen.filter((o) => o !== null));
  };
  return { epochs: median("epochs"), gradientCalls: median("gradientCalls"), seconds: median("seconds") };
}

const ratio = (base: readonly RunRecord[], own: readonly RunRecord[], origin: Origin): Ratio | null =>
  pairedRatio(pairsOf(base, own, origin));

interface Cell {
  readonly outcomes: Outcome[];
  readonly records: RunRecord[];
}

function cellsOf(outcomes: readonly Outcome[]): Map<string, Cell> {
  const cells = new Map<string, Cell>();
  for (const outcome of outcomes) {
    const key = keyOf(outcome, outcome.trial.algorithm.id);
    if (!cells.has(key)) cells.set(key, { outcomes: [], records: [] });
    const cell = cells.get(key)!;
    cell.outcomes.push(outcome);
    if ("record" in outcome) cell.records.push(outcome.record);
  }
  return cells;
}

/** One problem under one algorithm; runs of different budgets stand together. */
const keyOf = ({ trial }: Outcome, algorithm: string) =>
  [trial.case.id, variantOf(trial.case, trial.config), algorithm].join("\n");

/** The leaderboard of a plan's outcomes, in the order of the plan. */
export function leaderboard(outcomes: readonly Outcome[]): Row[] {
  const cells = cellsOf(outcomes);
  return [...cells.values()].map(({ outcomes, records }) => {
    const { trial } = outcomes[0];
    const variant = variantOf(trial.case, trial.config);
    const recordsOf = (algorithm: string) => cells.get(keyOf(outcomes[0], algorithm))?.records ?? [];
    const against = (algorithm: string | null, origin: Origin) =>
      algorithm && algorithm !== trial.algorithm.id ? ratio(recordsOf(algorithm), records, origin) : null;
    const count = (status: RunRecord["status"]) => records.filter((r) => r.status === status).length;
    const steady = records.map((r) => r.steadiness).filter((s) => s !== null);
    return {
      case: trial.case.id,
      variant,
      algorithm: trial.algorithm.id,
      control: trial.algorithm.control,
      seeds: outcomes.map((o) => o.trial.spec.seed),
      grokked: count("grokked"),
      censored: count("censored"),
      diverged: count("diverged"),
      missing: outcomes.length - records.length,
      memorise: times(records, "memorised", "start"),
      generalise: times(records, "generalised", "start"),
      generaliseFromMemorisation: times(records, "generalised", "memorisation"),
      speedup: against(BASELINE, "start"),
      speedupFromMemorisation: against(BASELINE, "memorisation"),
      attribution: against(trial.algorithm.control, "start"),
      attributionFromMemorisation: against(trial.algorithm.control, "memorisation"),
      shareAbove: steady.length ? mean(steady.map((s) => s.shareAbove)) : null,
      lowestAccuracy: steady.length ? min(steady.map((s) => s.lowestAccuracy)) : null,
    };
  });
}
