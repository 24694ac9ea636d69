import type { Catalogue } from "../catalogue/catalogue.ts";
import { columnsOf } from "../catalogue/probe.ts";
import type { TableName } from "../declare/columns.ts";
import { valuesText } from "../declare/field.ts";
import type { RunRecord } from "../run/record/record.ts";
import { cellOf } from "../table/cell.ts";

/** Runs, and the catalogue that says what their columns are. */
export interface Curves {
  readonly catalogue: Catalogue;
  readonly records: readonly RunRecord[];
}

/** One column of a table of all runs below each other. */
export interface CurveColumn {
  readonly heading: string;
  /** What its values are: texts, whole numbers, or any numbers. */
  readonly kind: "text" | "count" | "number";
  /** One a row; null is what a run has not. */
  readonly values: readonly (string | number | null)[];
}

const RUN = ["id", "case", "variant", "algorithm", "settings", "seed", "engine"] as const;

/** What says which run a row is of, as in the CSV of the leaderboard. */
function runOf(record: RunRecord, catalogue: Catalogue): Readonly<Record<typeof RUN[number], string | number>> {
  const { variant, settings } = cellOf(catalogue, record);
  return { ...record, variant: valuesText(variant), settings: valuesText(settings) };
}

/** A probe may have a column with the name of something that a run is. */
const headingOf = (name: string) => (RUN as readonly string[]).includes(name) ? `curve.${name}` : name;

/** Every column that core and probes declare, whatever the runs have, then what some run has besides. */
function columnsIn({ catalogue, records }: Curves, table: TableName) {
  const declared = columnsOf(catalogue.probes).filter((column) => column.table === table)
    // What is exact is a count, or a share that is compared with a threshold.
    .map(({ name, exact = false, unit }) => ({ name, counts: exact && unit === undefined }));
  const known = new Set(declared.map(({ name }) => name));
  const found = new Set(records.flatMap(({ curve }) => Object.keys(curve[table])));
  return [
    ...declared,
    ...[...found].filter((name) => !known.has(name)).sort().map((name) => ({ name, counts: false })),
  ];
}

/** A table of the curves of all runs, each beside what the run is. */
export function curveColumns(curves: Curves, table: TableName): CurveColumn[] {
  const columns = columnsIn(curves, table);
  const parts = curves.records.map((record) => {
    const found = record.curve[table];
    const rows = Math.max(0, ...columns.map(({ name }) => found[name]?.length ?? 0));
    return { run: runOf(record, curves.catalogue), found, rows };
  });
  const ofRuns = RUN.map((name): CurveColumn => ({
    heading: name,
    kind: name === "seed" ? "count" : "text",
    values: parts.flatMap(({ run, rows }) => new Array(rows).fill(run[name])),
  }));
  const ofCurves = columns.map(({ name, counts }): CurveColumn => {
    const values = parts.flatMap(({ found, rows }) =>
      Array.from({ length: rows }, (_, row) => found[name]?.[row] ?? null)
    );
    // A stranger's record may have anything in a column that nothing is told from.
    const whole = counts && values.every((value) => value === null || Number.isSafeInteger(value));
    return { heading: headingOf(name), kind: whole ? "count" : "number", values };
  });
  return [...ofRuns, ...ofCurves];
}
