import { join } from "node:path";
import { printable } from "../../errors.ts";
import { isFolder } from "../../files.ts";
import { parseRecord } from "./parse.ts";
import type { Catalogue } from "../../catalogue/catalogue.ts";
import type { RunRecord } from "./record.ts";

/** What a folder of records holds. */
export interface Archive {
  readonly records: readonly RunRecord[];
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
const textsIn = (path: string): readonly string[] => {
  if (!Deno.statSync(path).isFile) throw new Error("it is no regular file");
  const text = Deno.readTextFileSync(path).replace(/^\uFEFF/, "");
  return path.endsWith("l") ? text.split("\n").filter((line) => line.trim()) : [text];
};

/** The records of one file, and why others in it are none. */
function recordsIn(path: string, catalogue: Catalogue): Archive {
  let texts: readonly string[];
  try {
    texts = textsIn(path);
  } catch (error) {
    return {
      records: [],
      rejected: [`record ${printable(path)}: cannot be read: ${(error as Error).message}; it is left out`],
    };
  }
  const records: RunRecord[] = [];
  const rejected: string[] = [];
  texts.forEach((text, line) => {
    const place = path.endsWith("l") ? `${path}:${line + 1}` : path;
    const found = parseRecord(text, catalogue);
    if ("record" in found) records.push(found.record);
    else rejected.push(`record ${printable(place)}: ${found.rejected}; it is left out`);
  });
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

/**
 * Reads every record of a folder, full (`*.json`, one a file) or compact (`*.jsonl`, one a line), and checks each: see
 * `verify.ts`. Of two of the same run the newer counts, and neither where their outcomes differ: nobody can tell which is
 * meant. A folder that is not there holds nothing.
 */
export function readArchive(folder: string, catalogue: Catalogue): Archive {
  if (!isFolder(folder)) return { records: [], rejected: [] };
  const records = new Map<string, { readonly record: RunRecord; readonly path: string }>();
  const conflicts = new Map<string, string>();
  const rejected: string[] = [];
  for (const path of filesIn(folder)) {
    const found = recordsIn(path, catalogue);
    rejected.push(...found.rejected);
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
