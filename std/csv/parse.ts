import { CsvError, parse as npmParse } from "csv-parse/sync";

/** Options of {@linkcode parse}. */
export interface ParseOptions {
  /** What stands between values; a comma by default. */
  separator?: string;
  /** What a line to be left out begins with; by default none is. */
  comment?: string;
  /** Whether to remove white space before values; `false` by default. */
  trimLeadingSpace?: boolean;
  /** How many values a row must have: a positive number, 0 for as many as the first row, negative (default) for any. */
  fieldsPerRecord?: number;
  /** Whether the first row is a heading: the names of the columns, unless `columns` are given; `false` by default. */
  skipFirstRow?: boolean;
  /** The names of the columns. */
  columns?: readonly string[];
}

/** A row with named columns. */
export type RecordWithColumn<C extends string> = string extends C ? Record<string, string> : Record<C, string>;

/** What {@linkcode parse} returns for options of type `T`. */
export type ParseResult<Options, T> = T extends Options & { columns: readonly (infer C extends string)[] }
  ? RecordWithColumn<C>[]
  : T extends Options & { skipFirstRow: true } ? Record<string, string>[]
  : T extends Options & { columns?: undefined; skipFirstRow?: false | undefined } ? string[][]
  : Record<string, string>[] | string[][];

/**
 * Reads CSV. Lines end with LF or CR LF, a CR LF inside quotes becomes LF, and blank lines are left out.
 *
 * @param input The text.
 * @returns The rows.
 * @throws {SyntaxError} If a quotation mark is out of place.
 */
export function parse(input: string): string[][];
/**
 * @param input The text.
 * @param options How to read it.
 * @returns The rows: objects if `columns` or `skipFirstRow` are given, otherwise arrays.
 * @throws {SyntaxError} If a quotation mark is out of place, or the number of values is not `fieldsPerRecord`.
 * @throws {TypeError} If there is no first row to skip.
 * @throws {Error} If a row and the columns differ in length, or the separator cannot be told from other signs.
 *
 * @example
 * ```ts
 * import { parse } from "@std/csv";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(parse('a,b\n1,"x, ""y"""\n', { skipFirstRow: true }), [{ a: "1", b: 'x, "y"' }]);
 * ```
 */
export function parse<const T extends ParseOptions>(input: string, options: T): ParseResult<ParseOptions, T>;
export function parse(input: string, options: ParseOptions = {}): string[][] | Record<string, string>[] {
  const rows = readRows(input, options);
  if (!options.skipFirstRow && !options.columns) return rows;

  const heading = options.skipFirstRow ? rows.shift() : undefined;
  if (options.skipFirstRow && !heading) throw new TypeError("Cannot parse input: headers must be defined");
  const columns = options.columns ?? heading!;
  return rows.map((row, i) => {
    if (row.length !== columns.length) {
      throw new Error(
        `Syntax error on line ${i + (heading ? 2 : 1)}: The record has ${row.length} fields, ` +
          `but the header has ${columns.length} fields`,
      );
    }
    return Object.fromEntries(columns.map((name, c) => [name, row[c]]));
  });
}

function readRows(input: string, options: ParseOptions): string[][] {
  const { separator = ",", comment, trimLeadingSpace = false, fieldsPerRecord = -1 } = options;
  if (/^["\r\n]$/.test(separator) || /^["\r\n]$/.test(comment ?? "") || separator === comment) {
    throw new Error("Cannot parse input: invalid delimiter");
  }
  try {
    const rows: string[][] = npmParse(input.replaceAll("\r\n", "\n").replace(/\r$/, ""), {
      bom: true,
      comment,
      comment_no_infix: true,
      delimiter: separator,
      ltrim: trimLeadingSpace,
      record_delimiter: "\n",
      relax_column_count: true,
      skip_empty_lines: true,
    });
    const wanted = fieldsPerRecord || rows[0]?.length;
    const wrong = rows.findIndex((row) => wanted! > 0 && row.length !== wanted);
    if (wrong < 0) return rows;
    throw new SyntaxError(
      `Syntax error on line ${wrong + 1}: expected ${wanted} fields but got ${rows[wrong].length}`,
    );
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const bare = error.code === "INVALID_OPENING_QUOTE";
    throw new SyntaxError(
      `Syntax error on line ${error.lines}: ${
        bare ? 'bare " in non-quoted-field' : 'extraneous or missing " in quoted-field'
      }`,
      { cause: error },
    );
  }
}
