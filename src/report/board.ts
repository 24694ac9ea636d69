import type { Catalogue } from "../catalogue/catalogue.ts";
import { type LawFigures, lawFiguresOf } from "../gate/law_figures.ts";
import { initialNormOf } from "../gate/sample.ts";
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
export interface Board {
  readonly table: SampleTable<CellRuns>;
  readonly rows: readonly Row[];
  readonly laws: readonly CaseLaws[];
}

/** The board of cells, in their order; all seeds count. */
export function boardOf({ lawClaims }: Catalogue, table: SampleTable<CellRuns>): Board {
  const laws = lawClaims.map(({ case: id, law }): CaseLaws => {
    const cells = table.rows.filter(({ cell }) => cell.case === id).map(({ cell, records }) => ({
      cell,
      samples: records.map((record) => ({ ...record, initialNorm: initialNormOf(record) })),
    }));
    return { case: id, law, figures: lawFiguresOf(lawClaims, id, cells) };
  });
  return { table, rows: leaderboardOf(allThere(table.rows)), laws: laws.filter(({ figures }) => figures.length > 0) };
}
