/**
 * Comma-separated values: a stand-in for `jsr:@std/csv` where JSR cannot be reached, on npm's csv-parse and csv-stringify.
 * Of the original's options it lacks `lazyQuotes`; with `trimLeadingSpace`, lines of white space count as blank and
 * indented comments as comments; messages give the line of an error, not its column.
 *
 * @module
 */
export * from "./parse.ts";
export * from "./stringify.ts";
