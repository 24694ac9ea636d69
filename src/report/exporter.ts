/** A form in which something can be written to a file. One file a form, one line in `exporters.ts`: that is all of it. */
export interface Exporter<T> {
  /** Flag that takes the file: `export-csv` for `--export-csv FILE`. */
  readonly flag: string;
  /** What it writes, as `--help` says it. */
  readonly help: string;
  render(value: T): string;
  /** The same for a `FILE.parquet`, where there is such a form. */
  parquet?(value: T): Uint8Array;
}
