import { stringify } from "@std/csv";
import type { Exporter } from "./exporter.ts";
import { plain } from "./json.ts";
import type { Row } from "./leaderboard.ts";

type Flat = Record<string, string | number>;

/** Nested figures as dotted columns; an infinite bound as `inf`, nothing as an empty cell. */
function flatten(value: unknown, name: string, into: Flat): void {
  if (value === null) into[name] = "";
  else if (Array.isArray(value)) into[name] = value.join(" ");
  else if (typeof value === "object") {
    for (const [key, inner] of Object.entries(value!)) flatten(inner, name ? `${name}.${key}` : key, into);
  } else into[name] = value === Infinity ? "inf" : value as string | number;
}

/** One line a row, every figure of the table in a column of its own. */
function csv(rows: readonly Row[]): string {
  const flat = rows.map((row) => {
    const into: Flat = {};
    flatten(plain(row), "", into);
    return into;
  });
  const columns = [...new Set(flat.flatMap(Object.keys))];
  return stringify(flat, { columns });
}

export const csvExporter: Exporter<readonly Row[]> = {
  flag: "export-csv",
  help: "write the leaderboard as CSV",
  render: csv,
};
