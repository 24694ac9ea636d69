import { valuesText } from "../declare/field.ts";
import type { Catalogue } from "../catalogue/catalogue.ts";
import type { Outcome } from "../fleet/supervisor.ts";
import { BASELINE } from "../declare/baseline.ts";
import { compare, type Comparison } from "../stats/comparison.ts";
import { boundedMedian } from "../stats/kaplan_meier.ts";
import { type Figures, figuresOf } from "../stats/figures.ts";
import { sustainedOf } from "../stats/sustained.ts";
import { type Times, timesOf } from "../stats/times.ts";
import { type Cell, cellOfTrial, methodText } from "../table/cell.ts";
import type { Run, RunRecord } from "../run/record/record.ts";
import { type CellRuns, SampleTable } from "../table/table.ts";

/** One line of the leaderboard: one problem under one algorithm with its constants, over its seeds. */
export interface Row extends Figures {
  readonly cell: Cell;
  readonly case: string;
  /** Fields that make this another problem than the case's defaults, e.g. `beta=0.8`. */
  readonly variant: string;
  readonly algorithm: string;
  /** Constants that are not those that the algorithm has for the case, e.g. `sigma=3`. */
  readonly settings: string;
  /** Algorithm and settings: what the row is called among those of its problem. */
  readonly method: string;
  readonly control: string | null;
  readonly seeds: readonly number[];
  /** Seeds of the times: those that all rows of the problem have, so that they can be told apart by them alone. */
  readonly timedOn: readonly number[];
  /** Times to the sustained crossing, from the start. */
  readonly sustain: Omit<Times, "seconds">;
  /** T(adamw)/T(algorithm) of it in gradient calls, paired by seed. */
  readonly speedupSustained: Comparison | null;
  /** Runs that failed or were stopped: they have no record. */
  readonly missing: number;
}

/** The runs of a cell, and the seeds that there should be. */
export interface Asked<R extends Run = RunRecord> extends CellRuns<R> {
  readonly seeds: readonly number[];
}

/** What a plan has come to, cell by cell, in the order of the plan; runs of different budgets stand together. */
export function askedOf(catalogue: Catalogue, outcomes: readonly Outcome[]): Asked[] {
  const cells = Map.groupBy(outcomes, ({ trial }) => cellOfTrial(catalogue, trial).key);
  return [...cells.values()].map((own): Asked => ({
    cell: cellOfTrial(catalogue, own[0].trial),
    control: own[0].trial.algorithm.control,
    records: own.flatMap((outcome) => "record" in outcome ? [outcome.record] : []),
    seeds: own.map(({ trial }) => trial.spec.seed),
  }));
}

/** Cells of records, all of which are there. */
export const allThere = <R extends Run>(runs: readonly CellRuns<R>[]): Asked<R>[] =>
  runs.map((own) => ({ ...own, seeds: own.records.map(({ seed }) => seed) }));

/** A row with fewer seeds does not count where others have more: all would be timed on those few. */
export const LEAST_SEEDS = 3;

/** Seeds that every cell of a problem has, those with hardly any seeds aside, ascending. */
export function commonSeeds(cells: readonly CellRuns<Run>[]): number[] {
  const many = cells.filter(({ records }) => records.length >= LEAST_SEEDS);
  const sets = (many.length ? many : cells).map(({ records }) => new Set(records.map(({ seed }) => seed)));
  return [...sets.reduce((common, own) => common.intersection(own))].sort((a, b) => a - b);
}

/** The seeds that a row is timed on: its own where it lacks one of those that the others have, or they have none. */
function timedOn({ records }: CellRuns<Run>, common: readonly number[]): readonly number[] {
  const own = records.map(({ seed }) => seed);
  return common.length > 0 && common.every((seed) => own.includes(seed)) ? common : own;
}

const evalEveryOf = ({ records }: CellRuns<Run>): number => records[0]?.config.evalEvery ?? 0;

/** Medians of a row over the seeds that it is timed on. */
function timesOn(seeds: readonly number[], { records }: CellRuns<Run>) {
  const runs = records.filter(({ seed }) => seeds.includes(seed));
  const { seconds: _, ...sustain } = timesOf(runs.map(sustainedOf), "generalised", "start", boundedMedian);
  return {
    memorise: timesOf(runs, "memorised", "start"),
    generalise: timesOf(runs, "generalised", "start"),
    generaliseFromMemorisation: timesOf(runs, "generalised", "memorisation"),
    sustain,
  };
}

/** T(adamw)/T(algorithm) to the sustained crossing. */
function speedupSustained(own: Asked<Run>, table: SampleTable<Asked<Run>>): Comparison | null {
  const [runs, base] = [own, table.beside(own, BASELINE)].map((each) => (each?.records ?? []).map(sustainedOf));
  return compare(base, runs, "start", evalEveryOf(own));
}

/** The leaderboard of cells, one row each. */
export function leaderboardOf(cells: readonly Asked<Run>[]): Row[] {
  const table = new SampleTable(cells);
  const common = new Map(table.problems().map((own) => [own[0].cell.problem, commonSeeds(own)]));
  return table.rows.map((own): Row => {
    const { cell, control, records, seeds } = own;
    const timed = timedOn(own, common.get(cell.problem)!);
    return {
      cell,
      case: cell.case,
      variant: valuesText(cell.variant),
      algorithm: cell.algorithm,
      settings: valuesText(cell.settings),
      method: methodText(cell),
      control,
      seeds,
      timedOn: timed,
      missing: seeds.length - records.length,
      ...figuresOf(
        { id: cell.algorithm, control, evalEvery: evalEveryOf(own) },
        records,
        (id) => table.tunedBeside(own, id)?.records ?? [],
      ),
      ...timesOn(timed, own),
      speedupSustained: speedupSustained(own, table),
    };
  });
}
