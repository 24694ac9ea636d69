import type { Catalogue } from "../catalogue/catalogue.ts";
import { type LawFigures, lawFiguresOf } from "../gate/law_figures.ts";
import { initialNormOf } from "../run/record/outline.ts";
import type { Run, RunRecord } from "../run/record/record.ts";
import type { CellRuns, SampleTable } from "../table/table.ts";
import { allThere, leaderboardOf, type Row } from "./leaderboard.ts";

/** The laws that the paper claims of one case, fitted. */
export interface CaseLaws {
  readonly case: string;
  /** The claimed law by its id in src/laws. */
  readonly law: string;
  readonly figures: readonly LawFigures[];
}

/** Everything that is read from records: the runs of each cell, one row a cell, and the laws of the sweeps. */
export interface Board<R extends Run = RunRecord> {
  readonly table: SampleTable<CellRuns<R>>;
  readonly rows: readonly Row[];
  readonly laws: readonly CaseLaws[];
}

/**
 * The board of the cells with these keys, in their order; all seeds count. Laws are fitted, and corrected for their number,
 * over all cells that there are: what is shown of them does not change what is said of it.
 */
export function boardOf<R extends Run>(
  { lawClaims }: Catalogue,
  all: SampleTable<CellRuns<R>>,
  keys: Iterable<string>,
): Board<R> {
  const table = all.only(keys);
  const laws = lawClaims.map(({ case: id, law }): CaseLaws => {
    const shown = new Set(table.rows.filter(({ cell }) => cell.case === id).map(({ cell }) => cell.algorithm));
    if (shown.size === 0) return { case: id, law, figures: [] };
    const cells = all.rows.filter(({ cell }) => cell.case === id).map(({ cell, records }) => ({
      cell,
      samples: records.map((record) => ({ ...record, initialNorm: initialNormOf(record) })),
    }));
    const figures = lawFiguresOf(lawClaims, id, cells).filter(({ algorithm }) => shown.has(algorithm.split(" ")[0]));
    return { case: id, law, figures };
  });
  return { table, rows: leaderboardOf(allThere(table.rows)), laws: laws.filter(({ figures }) => figures.length > 0) };
}
