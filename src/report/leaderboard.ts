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
  /** Times to the sustained crossing, from the start. */
  readonly sustain: Omit<Times, "seconds">;
  /** T(adamw)/T(algorithm) of it in gradient calls, paired by seed. */
  readonly speedupSustained: Comparison | null;
  /** Runs that failed or were stopped: they have no record. */
  readonly missing: number;
}

/** The runs of a cell, and the seeds that there should be. */
export interface Asked extends CellRuns {
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
export const allThere = (runs: readonly CellRuns[]): Asked[] =>
  runs.map((own) => ({ ...own, seeds: own.records.map(({ seed }) => seed) }));

/** The sustained crossing of a cell, and its baseline's. */
function sustainedFigures(own: Asked, table: SampleTable<Asked>): Pick<Row, "sustain" | "speedupSustained"> {
  const [runs, base] = [own, table.beside(own, BASELINE)].map((each) => (each?.records ?? []).map(sustainedOf));
  const { seconds: _, ...sustain } = timesOf(runs, "generalised", "start", boundedMedian);
  return { sustain, speedupSustained: compare(base, runs, "start") };
}

/** The leaderboard of cells, one row each. */
export function leaderboardOf(cells: readonly Asked[]): Row[] {
  const table = new SampleTable(cells);
  return table.rows.map((own): Row => {
    const { cell, control, records, seeds } = own;
    return {
      cell,
      case: cell.case,
      variant: valuesText(cell.variant),
      algorithm: cell.algorithm,
      settings: valuesText(cell.settings),
      method: methodText(cell),
      control,
      seeds,
      missing: seeds.length - records.length,
      ...figuresOf({ id: cell.algorithm, control }, records, (id) => table.beside(own, id)?.records ?? []),
      ...sustainedFigures(own, table),
    };
  });
}
