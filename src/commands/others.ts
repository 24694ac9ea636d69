import { BASELINE, TUNED_BASELINE } from "../declare/baseline.ts";
import type { Catalogue } from "../catalogue/catalogue.ts";
import { UsageError } from "../errors.ts";
import { readExpectation } from "../gate/expectation.ts";
import type { MissingPartner } from "../report/beside.ts";
import type { Asked } from "../report/leaderboard.ts";
import { type Archive, readArchive } from "../run/record/archive.ts";
import type { Run, RunRecord } from "../run/record/record.ts";
import { type CellRuns, sameSettings, SampleTable } from "../table/table.ts";

/** What is shown beside the records of a command: a folder, or null, and the engine whose records count. */
interface Beside {
  readonly beside: string | null;
  readonly engine: string;
}

/**
 * The records that are to be shown beside those of a command.
 *
 * @param keep what is kept of a record, see {@linkcode readArchive}
 * @throws {UsageError} for a folder that holds none
 */
export function othersOf<R extends Run>(
  catalogue: Catalogue,
  { beside, engine }: Beside,
  keep: (record: RunRecord) => R,
): Archive<R> {
  if (beside === null) return { records: [], rejected: [] };
  const archive = readArchive(beside, catalogue, keep);
  for (const line of archive.rejected) console.error(line);
  const records = archive.records.filter((record) => record.engine === engine);
  if (records.length === 0) {
    throw new UsageError(`--with '${beside}': there are no records of engine '${engine}' in it`);
  }
  return { ...archive, records };
}

/** Where the repository keeps records of a baseline or control on a problem, as it is given on the command line. */
export function folderOf(catalogue: Catalogue) {
  return ({ own: { cell }, partner }: MissingPartner): string | null => {
    const found = catalogue.profiles.find(({ id }) =>
      readExpectation(id, cell.case)?.cells.some((known) =>
        known.cell.problem === cell.problem && known.cell.algorithm === partner && sameSettings(cell, known.cell)
      )
    );
    return found ? `expected/${found.id}/records` : null;
  };
}

/** Of the cells that are shown, the baselines and controls of those that were asked for. */
export function partnersOf(asked: readonly Asked[], shown: readonly Asked[]): CellRuns[] {
  const table = new SampleTable(shown);
  const own = new Set(asked.map(({ cell }) => cell.key));
  const partners = asked.flatMap((one) =>
    [BASELINE, TUNED_BASELINE, one.control].flatMap((algorithm) => table.beside(one, algorithm) ?? [])
  );
  return [...new Set(partners)].filter(({ cell }) => !own.has(cell.key));
}
