import { join } from "node:path";
import { printable } from "../../errors.ts";
import { isFolder, unfitToRead } from "../../files.ts";
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

/** Texts of the records in a file: one, or one a line. @throws {Error} where it cannot be read */
const textsIn = (path: string): readonly string[] => {
  const unfit = unfitToRead(path);
  if (unfit) throw new Error(unfit);
  const text = Deno.readTextFileSync(path);
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

/**
 * Reads every record of a folder, full (`*.json`, one a file) or compact (`*.jsonl`, one a line), and checks each: see
 * `verify.ts`. Of two of the same run the newer counts. A folder that is not there holds nothing.
 */
export function readArchive(folder: string, catalogue: Catalogue): Archive {
  if (!isFolder(folder)) return { records: [], rejected: [] };
  const records = new Map<string, RunRecord>();
  const rejected: string[] = [];
  for (const path of filesIn(folder)) {
    const found = recordsIn(path, catalogue);
    rejected.push(...found.rejected);
    for (const record of found.records) {
      const rival = records.get(record.id);
      if (!rival || rival.timing.finishedAt <= record.timing.finishedAt) records.set(record.id, record);
    }
  }
  return { records: [...records.values()], rejected };
}
