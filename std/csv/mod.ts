/**
 * Comma-separated values: a stand-in for `jsr:@std/csv` where JSR cannot be reached. It stands on npm's csv-parse and
 * csv-stringify. Of the original's options it has `skipFirstRow` and `columns` by name; messages give the line of an
 * error, not its column.
 *
 * @module
 */
export * from "./parse.ts";
export * from "./stringify.ts";
