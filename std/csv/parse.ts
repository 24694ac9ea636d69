import { CsvError, parse as npmParse } from "csv-parse/sync";

/** Options of {@linkcode parse}. */
export interface ParseOptions {
  /** Whether the first row is a heading, the names of the columns; `false` by default. */
  skipFirstRow?: boolean;
}

/** What {@linkcode parse} returns for options of type `T`. */
export type ParseResult<T extends ParseOptions> = T extends { skipFirstRow: true } ? Record<string, string>[]
  : T extends { skipFirstRow?: false | undefined } ? string[][]
  : Record<string, string>[] | string[][];

/**
 * Reads CSV. Lines end with LF or CR LF, a CR LF inside quotes becomes LF, and blank lines are left out.
 *
 * @param input The text.
 * @param options How to read it.
 * @returns The rows: objects if `skipFirstRow` is given, otherwise arrays.
 * @throws {SyntaxError} If a quotation mark is out of place.
 * @throws {TypeError} If there is no first row to skip.
 * @throws {Error} If a row and the columns differ in length.
 *
 * @example
 * ```ts
 * import { parse } from "@std/csv";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(parse('a,b\n1,"x, ""y"""\n', { skipFirstRow: true }), [{ a: "1", b: 'x, "y"' }]);
 * ```
 */
export function parse<const T extends ParseOptions = { skipFirstRow?: false }>(
  input: string,
  options?: T,
): ParseResult<T>;
export function parse(input: string, options: ParseOptions = {}): string[][] | Record<string, string>[] {
  const rows = readRows(input);
  if (!options.skipFirstRow) return rows;
  const heading = rows.shift();
  if (!heading) throw new TypeError("Cannot parse input: headers must be defined");
  return rows.map((row, i) => {
    if (row.length !== heading.length) {
      throw new Error(
        `Syntax error on line ${
          i + 2
        }: The record has ${row.length} fields, but the header has ${heading.length} fields`,
      );
    }
    return Object.fromEntries(heading.map((name, c) => [name, row[c]]));
  });
}

function readRows(input: string): string[][] {
  try {
    return npmParse(input.replaceAll("\r\n", "\n").replace(/\r$/, ""), {
      bom: true,
      record_delimiter: "\n",
      relax_column_count: true,
      skip_empty_lines: true,
    });
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const what = error.code === "INVALID_OPENING_QUOTE"
      ? 'bare " in non-quoted-field'
      : 'extraneous or missing " in quoted-field';
    throw new SyntaxError(`Syntax error on line ${error.lines}: ${what}`, { cause: error });
  }
}
