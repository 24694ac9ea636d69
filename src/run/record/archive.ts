import { join } from "node:path";
import { printable } from "../../errors.ts";
import { isFolder, linesIn as linesInFile, unfitToRead } from "../../files.ts";
import { linesIn } from "./lines.ts";
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

/** A text that should be a record, with its place, or why those of a file may not be all. */
type Read = { readonly place: string; readonly text: string } | { readonly wrong: string };

/** What should be records in a file: one, or one a line. @throws {Error} where it cannot be read */
function* textsIn(path: string): Generator<Read> {
  const unfit = unfitToRead(path, !path.endsWith("l"));
  if (unfit) throw new Error(unfit);
  if (!path.endsWith("l")) return yield { place: path, text: Deno.readTextFileSync(path) };
  for (const line of linesIn(linesInFile(path))) {
    yield "wrong" in line ? line : { place: `${path}:${line.number}`, text: line.text };
  }
}

/** The records of one file, and why others in it are none. */
function recordsIn<R>(path: string, catalogue: Catalogue, keep: (record: RunRecord) => R): Archive<R> {
  const records: R[] = [];
  const rejected: string[] = [];
  try {
    for (const read of textsIn(path)) {
      if ("wrong" in read) {
        rejected.push(`records ${printable(path)}: ${read.wrong}`);
        continue;
      }
      const found = parseRecord(read.text, catalogue);
      if ("record" in found) records.push(keep(found.record));
      else rejected.push(`record ${printable(read.place)}: ${found.rejected}; it is left out`);
    }
  } catch (error) {
    const why = (error as Error).message;
    return { records: [], rejected: [`record ${printable(path)}: cannot be read: ${why}; it is left out`] };
  }
  return { records, rejected };
}

/** A record and the file that it lies in. */
interface Held {
  readonly path: string;
  readonly digest: string;
}

/** What is said of one run of which two files tell different outcomes. */
export function conflictText(id: string, [one, other]: readonly Held[]): string {
  const said = ({ path, digest }: Held) => `${printable(path)} (digest ${digest.slice(0, 16)})`;
  return `run ${id} has two outcomes, ${said(one)} and ${
    said(other)
  }: it was made on two processors or by two kinds of ` +
    `code; move one of them away`;
}

type Known = Pick<RunRecord, "id" | "digest" | "timing">;

/**
 * Reads every record of a folder, full (`*.json`, one a file) or compact (`*.jsonl`, one a line, then their count), and
 * checks each: see `verify.ts`. Of two of the same run the newer counts, and neither where their outcomes differ: nobody can
 * tell which is meant. A folder that is not there holds nothing.
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
  const records = new Map<string, { readonly record: Known; readonly path: string }>();
  const conflicts = new Map<string, string>();
  const rejected: string[] = [];
  for (const path of filesIn(folder)) {
    const found = recordsIn(path, catalogue, keep);
    for (const line of found.rejected) rejected.push(line);
    for (const record of found.records) {
      const { id, digest } = record;
      const rival = records.get(id);
      if (rival && rival.record.digest !== digest) {
        const rivals = [{ path: rival.path, digest: rival.record.digest }, { path, digest }];
        conflicts.set(id, `${conflictText(id, rivals)}; none of them counts`);
      } else if (!rival || rival.record.timing.finishedAt <= record.timing.finishedAt) {
        records.set(id, { record, path });
      }
    }
  }
  for (const id of conflicts.keys()) records.delete(id);
  return { records: [...records.values()].map(({ record }) => record), rejected: [...rejected, ...conflicts.values()] };
}
