import { stringify } from "@std/csv";
import type { Exporter } from "./exporter.ts";
import { plain } from "./json.ts";
import type { Row } from "./leaderboard.ts";

const under = (group: string, columns: readonly string[]) => columns.map((column) => `${group}.${column}`);

const INTERVAL = under("interval", ["low", "high"]);
const ESTIMATE = ["value", "relation", ...INTERVAL];
const SHORT_TIMES = ["runs", ...under("epochs", ESTIMATE), ...under("gradientCalls", ESTIMATE)];
const TIMES = [...SHORT_TIMES, ...under("seconds", ESTIMATE)];
const SIGNS = under("signs", ["wins", "losses", "undecided", "p"]);
const COMPARISON = ["low", "high", "pairs", ...INTERVAL, "p", ...SIGNS, "withinOneEvaluation"];

/** Every figure of the table, whatever the rows hold: a group that a row lacks is empty in each of its columns. */
export const CSV_COLUMNS: readonly string[] = [
  "cell",
  "case",
  "variant",
  "algorithm",
  "settings",
  "method",
  "control",
  "seeds",
  "timedOn",
  "missing",
  "grokked",
  "censored",
  "diverged",
  ...["memorise", "generalise", "generaliseFromMemorisation"].flatMap((group) => under(group, TIMES)),
  ...under("sustain", SHORT_TIMES),
  ...[
    "speedup",
    "speedupFromMemorisation",
    "speedupOverTuned",
    "attribution",
    "attributionFromMemorisation",
    "speedupSustained",
  ].flatMap((group) => under(group, COMPARISON)),
  "shareAbove",
  "lowestAccuracy",
];

/** Columns of names that others may have chosen, in a plug-in or a record. */
const NAMES = ["case", "variant", "algorithm", "settings", "method", "control"];

/** A text that a spreadsheet shows and does not compute: one that begins as a formula does gets an apostrophe before it. */
export const inert = (text: string): string => /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;

/** What stands at a dotted path; an infinite bound as `inf`, nothing as an empty cell. */
function valueAt(row: unknown, path: string): string {
  const found = path.split(".").reduce<unknown>((at, name) => (at as Record<string, unknown> | null)?.[name], row);
  if (found === null || found === undefined) return "";
  if (Array.isArray(found)) return found.join(" ");
  return found === Infinity ? "inf" : String(found);
}

/** One line a row, every figure of the table in a column of its own. */
function csv(rows: readonly Row[]): string {
  const lines = rows.map(plain).map((row) =>
    Object.fromEntries(CSV_COLUMNS.map((column) => {
      const value = valueAt(row, column);
      return [column, NAMES.includes(column) ? inert(value) : value];
    }))
  );
  return stringify(lines, { columns: CSV_COLUMNS });
}

export const csvExporter: Exporter<readonly Row[]> = {
  flag: "export-csv",
  help: "write the leaderboard as CSV",
  render: csv,
};
