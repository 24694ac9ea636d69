import { isAbsolute, relative, resolve } from "node:path";
import { UsageError } from "../errors.ts";
import { assertWritable, writeAtomically } from "../files.ts";
import type { Exporter } from "../report/exporter.ts";
import type { Flags } from "./flags.ts";

/** Flags that a command takes for some exporters. */
export const flagsOf = (exporters: readonly Exporter<never>[]): string[] => exporters.map(({ flag }) => flag);

/** Their lines in its help. */
export const helpOf = (exporters: readonly Exporter<never>[]): string =>
  exporters.map(({ flag, help }) => `      ${`--${flag} FILE`.padEnd(19)}  ${help}`).join("\n");

/** Whether a file would be read as a record of a folder. */
function isJsonIn(folder: string, path: string): boolean {
  const below = relative(resolve(folder), resolve(path));
  return /\.jsonl?$/.test(path) && !below.startsWith("..") && !isAbsolute(below);
}

const isParquet = (path: string) => path.endsWith(".parquet");

/** The files that something is to be written to. */
export class Exports<T> {
  readonly #asked: readonly (readonly [exporter: Exporter<T>, path: string])[];

  /** @param others that are asked for as well: none is to be written where one of them is */
  constructor(exporters: readonly Exporter<T>[], flags: Flags, others?: Exports<never>) {
    this.#asked = exporters.flatMap((exporter) => {
      const path = flags.path(exporter.flag);
      const text = flags.text(exporter.flag);
      if (text === "-" || text?.startsWith("/dev/")) {
        throw new UsageError(
          `--${exporter.flag} '${text}': it is written to a file, stdout has the tables; give a path`,
        );
      }
      if (path !== null && isParquet(path) && !exporter.parquet) {
        throw new UsageError(`--${exporter.flag} '${text}': it is not written as Parquet; give the file another name`);
      }
      return path === null ? [] : [[exporter, path] as const];
    });
    this.#asked.forEach(([{ flag }, path], i) => {
      const other = [...(others ? others.#asked : []), ...this.#asked.slice(0, i)].find(([, taken]) => taken === path);
      if (other) throw new UsageError(`--${flag} '${path}': --${other[0].flag} is to be written there too`);
    });
  }

  /** Whether any file was asked for. */
  get asked(): boolean {
    return this.#asked.length > 0;
  }

  /**
   * Refuses what could not be written later, and what would be taken for a record among them.
   *
   * @param results folder of records, where there is one
   * @throws {UsageError}
   */
  assertWritable(results?: string): void {
    for (const [{ flag }, path] of this.#asked) {
      if (results !== undefined && isJsonIn(results, path)) {
        throw new UsageError(
          `--${flag} '${path}': it lies in ${results}, whose JSON files are records; write it elsewhere`,
        );
      }
      assertWritable(`--${flag}`, path);
    }
  }

  write(value: T): void {
    for (const [exporter, path] of this.#asked) {
      writeAtomically(path, isParquet(path) ? exporter.parquet!(value) : exporter.render(value));
    }
  }
}
