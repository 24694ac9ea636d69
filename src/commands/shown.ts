import { resolve as resolvePath } from "node:path";
import type { Catalogue } from "../catalogue/catalogue.ts";
import { completed, type Values } from "../declare/field.ts";
import { UsageError } from "../errors.ts";
import type { Grid } from "../fleet/plan.ts";
import { withOthers } from "../report/beside.ts";
import { allThere } from "../report/leaderboard.ts";
import { readArchive } from "../run/record/archive.ts";
import type { Run, RunRecord } from "../run/record/record.ts";
import { cellOfTrial } from "../table/cell.ts";
import { type CellRuns, SampleTable, tableOf } from "../table/table.ts";
import { type Chosen, chosen, type Flags } from "./flags.ts";
import { parseOverrides } from "./options.ts";
import { othersOf } from "./others.ts";
import { type Planned, planOfRecords } from "./plan.ts";

/** The flags that {@linkcode chosenToShow} reads besides those of a plan. */
export const SHOWN_FLAGS = ["set", "with"] as const;

/** How all of them are told of. */
export const SHOWN_HELP = `  -p, --profile NAME       smoke, quick (default), tuned, tune, study or paper
  -c, --case NAME|FILE     only these cases, with all their records (repeatable, or separated by commas)
  -a, --algorithm NAME|FILE  only these algorithms (likewise); ./mine.ts: those that the file defines
      --set NAME=VALUE     of cases and algorithms that have such a field only those of which it has this value, e.g.
                           --set sigma=3 (repeatable); --set sigma=1,3,10: one of these
  -s, --seed SEEDS         only runs of these seeds: 0, 0,3,7 or 0..4 (default: all that are there)
  -e, --engine NAME        the engine whose records count (default: onnx)
      --results DIR        folder of records, full or compact (default: results); e.g. expected/paper/records
      --with DIR           show records that are there beside them, e.g. expected/quick/records`;

/** What is to be shown of a folder of records, with nothing looked up yet. */
export interface ToShow extends Chosen {
  readonly overrides: Grid;
  /** Folder of records that are shown beside those of the first, or null. */
  readonly beside: string | null;
}

/** @throws {UsageError} */
export const chosenToShow = (flags: Flags): ToShow => ({
  ...chosen(flags),
  overrides: parseOverrides(flags.texts("set")),
  beside: flags.path("with"),
});

/** What is shown of a profile. */
export interface Shown<R extends Run> {
  readonly profile: string;
  /** Every cell that there is. */
  readonly table: SampleTable<CellRuns<R>>;
  /** Those that are shown, in their order. */
  readonly keys: readonly string[];
  /** One line for each record that cannot be trusted. */
  readonly rejected: readonly string[];
}

/**
 * The cells that are shown: those of the profile, and of the cases and algorithms that were asked for all that there are,
 * whether the profile names them or not.
 */
function keysOf<R extends Run>(
  catalogue: Catalogue,
  { cases, algorithms, overrides }: ToShow,
  { plan }: Planned,
  { rows }: SampleTable<CellRuns<R>>,
): string[] {
  const planned = plan.map((trial) => cellOfTrial(catalogue, trial).key);
  if (cases.length + algorithms.length === 0) return planned;
  const among = (ids: readonly string[], id: string) => ids.length === 0 || ids.includes(id);
  const isSo = ({ cell, records: [{ config }] }: CellRuns<R>) => {
    const fields = catalogue.cases.find(({ id }) => id === cell.case)?.fields ?? {};
    const values: Values = { ...completed(fields, config), ...cell.hyper };
    return Object.entries(overrides).every(([name, wanted]) => !(name in values) || wanted.includes(values[name]));
  };
  const asked = rows.filter((row) => among(cases, row.cell.case) && among(algorithms, row.cell.algorithm) && isSo(row));
  return [...planned, ...asked.map(({ cell }) => cell.key)];
}

/**
 * Reads what a folder holds of what was asked for, and says which records of it cannot be trusted and how much is not shown.
 *
 * @param keep what is kept of a record, see {@linkcode readArchive}
 * @throws {UsageError} for a name that nobody has, before anything is read, or where there is nothing to show
 */
export function shownIn<R extends Run>(
  catalogue: Catalogue,
  choice: ToShow,
  command: string,
  keep: (record: RunRecord) => R,
): Shown<R> {
  const planned = planOfRecords(catalogue, choice, "every");
  const { engine, seeds, results } = choice;
  const counts = (run: R) => run.engine === engine && (seeds.length === 0 || seeds.includes(run.seed));
  const { records, rejected } = readArchive(resolvePath(results), catalogue, keep);
  for (const line of rejected) console.error(line);
  const table = tableOf(catalogue, records.filter(counts));
  const shown = table.only(keysOf(catalogue, choice, planned, table));
  if (shown.rows.length === 0) {
    throw new UsageError(
      `${command}: no records of profile '${planned.profile}' in ${results}; run 'deno task bench' first`,
    );
  }
  const hidden = table.rows.length - shown.rows.length;
  if (hidden) {
    console.error(
      `${command}: ${hidden} more cells are in ${results}; name their cases, or the files that define them, with -c`,
    );
  }
  const others = othersOf(catalogue, choice, keep).records.filter(counts);
  const rows = withOthers(catalogue, allThere(shown.rows), others);
  return {
    profile: planned.profile,
    table: new SampleTable<CellRuns<R>>([...table.rows, ...rows]),
    keys: rows.map(({ cell }) => cell.key),
    rejected,
  };
}
