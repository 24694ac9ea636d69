import { stringify as npmStringify } from "csv-stringify/sync";

/** A row by the names of its columns. */
export type DataItem = Readonly<Record<string, unknown>>;

/** Options of {@linkcode stringify}. */
export interface StringifyOptions {
  /** Names of the columns: which values to write, and their headings. */
  columns: readonly string[];
}

/**
 * Writes rows as CSV. Every line ends with CR LF; `null` and `undefined` are empty; objects are written as JSON.
 *
 * @param data The rows.
 * @param options How to write them.
 * @returns The text.
 *
 * @example
 * ```ts
 * import { stringify } from "@std/csv";
 * import { assertEquals } from "@std/assert";
 *
 * const data = [{ who: "Ada", says: 'a, "b"' }];
 * assertEquals(stringify(data, { columns: ["who", "says"] }), 'who,says\r\nAda,"a, ""b"""\r\n');
 * ```
 */
export function stringify(data: readonly DataItem[], { columns }: StringifyOptions): string {
  const rows = data.map((row) => columns.map((name) => toText(row[name])));
  // npm's own rule quotes CR LF, but not a lone LF
  return npmStringify(columns.length ? [columns, ...rows] : rows, { record_delimiter: "\r\n", quoted_match: /\n/ });
}

function toText(value: unknown): string {
  if (value === null || value === undefined) return "";
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}
