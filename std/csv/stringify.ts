import { stringify as npmStringify } from "csv-stringify/sync";

/** A key of an object, or an index of an array. */
export type PropertyAccessor = number | string;

/** Where a column's values are found, and its heading: by default the last accessor. */
export type ColumnDetails = { header?: string; prop: PropertyAccessor | PropertyAccessor[] };

/** A column: an accessor, a path of accessors, or one of these with a heading. */
export type Column = ColumnDetails | PropertyAccessor | PropertyAccessor[];

/** A row: an object, or an array of values. */
export type DataItem = Readonly<Record<string, unknown> | unknown[]>;

/** Options of {@linkcode stringify}. */
export type StringifyOptions = {
  /** Whether to begin with the headings of the columns; `true` by default. */
  headers?: boolean;
  /** What stands between values; a comma by default. */
  separator?: string;
  /** Which values to write; all of an array by default. */
  columns?: readonly Column[];
  /** Whether to begin with a byte-order mark; `false` by default. */
  bom?: boolean;
};

/**
 * Writes rows as CSV. Every line ends with CR LF; `null` and `undefined` are empty; objects are written as JSON.
 *
 * @param data The rows.
 * @param options How to write them.
 * @returns The text.
 * @throws {TypeError} If rows are objects and no columns are given, if an array is accessed by a string, or if the
 * separator contains a quotation mark or CR LF.
 *
 * @example
 * ```ts
 * import { stringify } from "@std/csv";
 * import { assertEquals } from "@std/assert";
 *
 * const data = [{ who: { name: "Ada" }, says: 'a, "b"' }];
 * assertEquals(stringify(data, { columns: [["who", "name"], "says"] }), 'name,says\r\nAda,"a, ""b"""\r\n');
 * ```
 */
export function stringify(data: readonly DataItem[], options: StringifyOptions = {}): string {
  const { headers = true, separator = ",", columns = [], bom = false } = options;
  if (separator.includes('"') || separator.includes("\r\n")) {
    throw new TypeError(
      "Separator cannot include the following strings:\n" +
        '  - U+0022: Quotation mark (")\n  - U+000D U+000A: Carriage Return + Line Feed (\\r\\n)',
    );
  }
  const paths = columns.map(details);
  const rows = data.map((item) => valuesOf(item, paths).map(toText));
  if (headers && paths.length > 0) rows.unshift(paths.map(({ header }) => header));
  // npm's own rule quotes CR LF, but not a lone LF
  return npmStringify(rows, { delimiter: separator, record_delimiter: "\r\n", quoted_match: /\n/, bom });
}

function details(column: Column): { header: string; path: PropertyAccessor[] } {
  const { prop, header } = typeof column === "object" && "prop" in column ? column : { prop: column };
  const path = [prop].flat();
  return { header: header ?? String(path.at(-1)), path };
}

function valuesOf(item: DataItem, columns: readonly { path: PropertyAccessor[] }[]): unknown[] {
  if (columns.length > 0) return columns.map(({ path }) => path.reduce(access, item as unknown));
  if (Array.isArray(item)) return item;
  throw new TypeError("No property accessor function was provided for object");
}

function access(value: unknown, key: PropertyAccessor): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value) && typeof key !== "number") {
    throw new TypeError('Property accessor is not of type "number"');
  }
  return Reflect.get(value, key);
}

function toText(value: unknown): string {
  if (value === null || value === undefined) return "";
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}
