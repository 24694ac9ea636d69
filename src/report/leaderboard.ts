import type { Group } from "../table/sample.ts";
import { variantOf } from "../table/cell.ts";
import type { RunRecord } from "../run/record/record.ts";
import type { Outcome } from "../fleet/supervisor.ts";
import { type Figures, figuresOf } from "../stats/figures.ts";

/** One line of the leaderboard: one case (with its overrides) under one algorithm, over its seeds. */
export interface Row extends Figures {
  readonly case: string;
  /** Fields that make this another problem than the case's defaults, e.g. `beta=0.8`. */
  readonly variant: string;
  readonly algorithm: string;
  readonly control: string | null;
  readonly seeds: readonly number[];
  /** Runs that failed or were stopped: they have no record. */
  readonly missing: number;
}

interface Ended {
  readonly outcomes: Outcome[];
  readonly records: RunRecord[];
}

/** One problem under one algorithm; runs of different budgets stand together. */
const keyOf = ({ trial }: Outcome, algorithm: string) =>
  [trial.case.id, variantOf(trial.case, trial.config), algorithm].join("\n");

function endedOf(outcomes: readonly Outcome[]): Map<string, Ended> {
  const groups = new Map<string, Ended>();
  for (const outcome of outcomes) {
    const key = keyOf(outcome, outcome.trial.algorithm.id);
    if (!groups.has(key)) groups.set(key, { outcomes: [], records: [] });
    const group = groups.get(key)!;
    group.outcomes.push(outcome);
    if ("record" in outcome) group.records.push(outcome.record);
  }
  return groups;
}

/** The leaderboard of a plan's outcomes, in the order of the plan. */
export function leaderboard(outcomes: readonly Outcome[]): Row[] {
  const groups = endedOf(outcomes);
  return [...groups.values()].map(({ outcomes, records }) => {
    const { trial } = outcomes[0];
    const recordsOf = (algorithm: string) => groups.get(keyOf(outcomes[0], algorithm))?.records ?? [];
    return {
      case: trial.case.id,
      variant: variantOf(trial.case, trial.config),
      algorithm: trial.algorithm.id,
      control: trial.algorithm.control,
      seeds: outcomes.map((o) => o.trial.spec.seed),
      missing: outcomes.length - records.length,
      ...figuresOf(trial.algorithm, records, recordsOf),
    };
  });
}

/** The leaderboard of records that are there, whatever their seeds, one row a cell. */
export function leaderboardOf(groups: readonly Group[]): Row[] {
  return groups.map(({ cell, records }) => {
    const { control } = records[0];
    const recordsOf = (algorithm: string) =>
      groups.find(({ cell: c }) => c.case === cell.case && c.variant === cell.variant && c.algorithm === algorithm)
        ?.records ?? [];
    return {
      case: cell.case,
      variant: cell.variant,
      algorithm: cell.algorithm,
      control,
      seeds: records.map(({ seed }) => seed),
      missing: 0,
      ...figuresOf({ id: cell.algorithm, control }, records, recordsOf),
    };
  });
}
