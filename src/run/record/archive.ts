import { join } from "node:path";
import { printable } from "../../errors.ts";
import { isFolder, unfitToRead } from "../../files.ts";
import { linesIn } from "./lines.ts";
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

/** The texts in a file that should be records, with their places, and why they may not be all. */
interface Texts {
  readonly texts: readonly (readonly [place: string, text: string])[];
  readonly wrong: readonly string[];
}

/** @throws {Error} where a file cannot be read */
function textsIn(path: string): Texts {
  const unfit = unfitToRead(path);
  if (unfit) throw new Error(unfit);
  const text = Deno.readTextFileSync(path);
  if (!path.endsWith("l")) return { texts: [[path, text]], wrong: [] };
  const { lines, wrong } = linesIn(text);
  return { texts: lines.map(({ number, text }) => [`${path}:${number}`, text]), wrong };
}

/** The records of one file, and why others in it are none. */
function recordsIn(path: string, catalogue: Catalogue): Archive {
  let found: Texts;
  try {
    found = textsIn(path);
  } catch (error) {
    const reason = (error as Error).message;
    return { records: [], rejected: [`record ${printable(path)}: cannot be read: ${reason}; it is left out`] };
  }
  const records: RunRecord[] = [];
  const rejected = found.wrong.map((why) => `records ${printable(path)}: ${why}`);
  for (const [place, text] of found.texts) {
    const parsed = parseRecord(text, catalogue);
    if ("record" in parsed) records.push(parsed.record);
    else rejected.push(`record ${printable(place)}: ${parsed.rejected}; it is left out`);
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

/**
 * Reads every record of a folder, full (`*.json`, one a file) or compact (`*.jsonl`, one a line, then their count), and
 * checks each: see `verify.ts`. Of two of the same run the newer counts, and neither where their outcomes differ: nobody can
 * tell which is meant. A folder that is not there holds nothing.
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
