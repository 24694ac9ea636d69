import { stringify } from "@std/csv";
import type { Catalogue } from "../catalogue/catalogue.ts";
import { columnsOf } from "../catalogue/probe.ts";
import type { TableName } from "../declare/columns.ts";
import { valuesText } from "../declare/field.ts";
import type { RunRecord } from "../run/record/record.ts";
import { cellOf } from "../table/cell.ts";
import { inert } from "./csv.ts";
import type { Exporter } from "./exporter.ts";

/** Runs, and the catalogue that says what their columns are. */
export interface Curves {
  readonly catalogue: Catalogue;
  readonly records: readonly RunRecord[];
}

/** What says which run a row is of, as in the CSV of the leaderboard. */
const RUN = ["id", "case", "variant", "algorithm", "settings", "seed", "engine"];

/** Every column that core and probes declare, whatever the runs have, then what some run has besides. */
function columnsIn({ catalogue, records }: Curves, table: TableName): string[] {
  const declared = columnsOf(catalogue.probes).filter((column) => column.table === table).map(({ name }) => name);
  const found = new Set(records.flatMap(({ curve }) => Object.keys(curve[table])));
  return [...declared, ...[...found].filter((name) => !declared.includes(name)).sort()];
}

/** A probe may have a column with the name of something that a run is. */
const headingOf = (column: string) => RUN.includes(column) ? `curve.${column}` : column;

/** The rows of a table of one run, each beside what the run is; null is an empty cell. */
function rowsOf(record: RunRecord, table: TableName, columns: readonly string[], catalogue: Catalogue) {
  const { variant, settings } = cellOf(catalogue, record);
  const { id, case: caseId, algorithm, seed, engine, curve: { [table]: found } } = record;
  const texts = { id, case: caseId, variant: valuesText(variant), algorithm, settings: valuesText(settings), engine };
  const run = { ...Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, inert(text)])), seed };
  const length = Math.max(0, ...columns.map((name) => found[name]?.length ?? 0));
  return Array.from({ length }, (_, row) => ({
    ...run,
    ...Object.fromEntries(columns.map((name) => [headingOf(name), found[name]?.[row]])),
  }));
}

/** One line a row of a curve, of all runs below each other. */
function csv(curves: Curves, table: TableName): string {
  const columns = columnsIn(curves, table);
  const lines = curves.records.flatMap((record) => rowsOf(record, table, columns, curves.catalogue));
  return stringify(lines, { columns: [...RUN, ...columns.map(headingOf)] });
}

const exporterOf = (flag: string, table: TableName, of: string): Exporter<Curves> => ({
  flag,
  help: `write the curves of the runs as CSV, a line for each ${of}`,
  render: (curves) => csv(curves, table),
});

/** Forms of the curves of runs. */
export const curveExporters: readonly Exporter<Curves>[] = [
  exporterOf("export-curves", "epochs", "evaluated epoch"),
  exporterOf("export-steps", "steps", "recorded step"),
];
