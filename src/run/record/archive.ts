import { join } from "node:path";
import { printable } from "../../errors.ts";
import { isFolder, linesIn } from "../../files.ts";
import { parseRecord } from "./parse.ts";
import type { Catalogue } from "../../catalogue/catalogue.ts";
import type { RunRecord } from "./record.ts";

/** What a folder of records holds. */
export interface Archive<R = RunRecord> {
  readonly records: readonly R[];
  /** One line for each record that cannot be trusted, with the reason. */
  readonly rejected: readonly string[];
}

function* filesIn(folder: string): Generator<string> {
  const entries = [...Deno.readDirSync(folder)].sort((a, b) => a.name < b.name ? -1 : 1);
  for (const { name, isDirectory, isSymlink } of entries) {
    if (name.startsWith(".")) continue;
    const path = join(folder, name);
    if (isDirectory || (isSymlink && isFolder(path))) yield* filesIn(path);
    else if (/\.jsonl?$/.test(name)) yield path;
  }
}

/**
 * Texts of the records in a file: one, or one a line. A byte order mark, as some editors leave one, is none of them.
 *
 * @throws {Error} where it is no file: a pipe or a device would be read for ever
 */
function* textsIn(path: string): Generator<string> {
  if (!Deno.statSync(path).isFile) throw new Error("it is no regular file");
  if (!path.endsWith("l")) yield Deno.readTextFileSync(path).replace(/^\uFEFF/, "");
  else for (const line of linesIn(path)) if (line.trim()) yield line;
}

/** The records of one file, and why others in it are none. */
function recordsIn<R>(path: string, catalogue: Catalogue, keep: (record: RunRecord) => R): Archive<R> {
  const records: R[] = [];
  const rejected: string[] = [];
  let line = 0;
  try {
    for (const text of textsIn(path)) {
      line++;
      const found = parseRecord(text, catalogue);
      const place = path.endsWith("l") ? `${path}:${line}` : path;
      if ("record" in found) records.push(keep(found.record));
      else rejected.push(`record ${printable(place)}: ${found.rejected}; it is left out`);
    }
  } catch (error) {
    const why = (error as Error).message;
    return { records: [], rejected: [`record ${printable(path)}: cannot be read: ${why}; it is left out`] };
  }
  return { records, rejected };
}

type Known = Pick<RunRecord, "id" | "timing">;

/**
 * Reads every record of a folder, full (`*.json`, one a file) or compact (`*.jsonl`, one a line), and checks each: see
 * `verify.ts`. Of two of the same run the newer counts. A folder that is not there holds nothing.
 *
 * @param keep what is kept of a record; thousands of curves that nobody asks for would fill the memory
 */
export function readArchive(folder: string, catalogue: Catalogue): Archive;
export function readArchive<R extends Known>(
  folder: string,
  catalogue: Catalogue,
  keep: (record: RunRecord) => R,
): Archive<R>;
export function readArchive(
  folder: string,
  catalogue: Catalogue,
  keep: (record: RunRecord) => Known = (record) => record,
): Archive<Known> {
  if (!isFolder(folder)) return { records: [], rejected: [] };
  const records = new Map<string, Known>();
  const rejected: string[] = [];
  for (const path of filesIn(folder)) {
    const found = recordsIn(path, catalogue, keep);
    for (const line of found.rejected) rejected.push(line);
    for (const record of found.records) {
      const rival = records.get(record.id);
      if (!rival || rival.timing.finishedAt <= record.timing.finishedAt) records.set(record.id, record);
    }
  }
  return { records: [...records.values()], rejected };
}
