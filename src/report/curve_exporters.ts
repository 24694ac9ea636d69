import { stringify } from "@std/csv";
import { parquetWriteBuffer } from "hyparquet-writer";
import type { TableName } from "../declare/columns.ts";
import { inert } from "./csv.ts";
import { type CurveColumn, curveColumns, type Curves } from "./curves.ts";
import type { Exporter } from "./exporter.ts";

/** One line a row; null is an empty cell. */
function csv(columns: readonly CurveColumn[]): string {
  const written = columns.map(({ heading, kind, values }) => {
    const texts = kind === "text" ? values.map((value) => inert(String(value))) : values;
    return { heading, values: texts };
  });
  const lines = columns[0].values.map((_, row) =>
    Object.fromEntries(written.map(({ heading, values }) => [heading, values[row]]))
  );
  return stringify(lines, { columns: columns.map(({ heading }) => heading) });
}

const TYPES = { text: "STRING", count: "INT64", number: "DOUBLE" } as const;

const wide = (value: string | number | null) => value === null ? null : BigInt(value);

/** The same with types, and names as they are: nothing takes them for formulas. Source: the Parquet format 2. */
function parquet(columns: readonly CurveColumn[]): Uint8Array {
  const columnData = columns.map(({ heading, kind, values }) => ({
    name: heading,
    type: TYPES[kind],
    data: kind === "count" ? values.map(wide) : [...values],
  }));
  return new Uint8Array(parquetWriteBuffer({ columnData }));
}

const exporterOf = (flag: string, table: TableName, of: string): Exporter<Curves> => ({
  flag,
  help: `write the curves of the runs, a line for each ${of}: as CSV, or FILE.parquet`,
  render: (curves) => csv(curveColumns(curves, table)),
  parquet: (curves) => parquet(curveColumns(curves, table)),
});

/** Forms of the curves of runs. */
export const curveExporters: readonly Exporter<Curves>[] = [
  exporterOf("export-curves", "epochs", "evaluated epoch"),
  exporterOf("export-steps", "steps", "recorded step"),
];
