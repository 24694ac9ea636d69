import { join } from "node:path";
import { flaw } from "./flaw.ts";
import type { RunRecord } from "./record.ts";

/** What a folder of records holds. */
export interface Archive {
  readonly records: readonly RunRecord[];
  /** One line for each record that cannot be trusted, with the reason. */
  readonly rejected: readonly string[];
}

function* filesIn(folder: string): Generator<string> {
  const entries = [...Deno.readDirSync(folder)].sort((a, b) => a.name < b.name ? -1 : 1);
  for (const { name, isDirectory } of entries) {
    if (name.startsWith(".")) continue;
    if (isDirectory) yield* filesIn(join(folder, name));
    else if (/\.jsonl?$/.test(name)) yield join(folder, name);
  }
}

/** Texts of the records in a file: one, or one a line. */
const textsIn = (path: string): readonly string[] => {
  const text = Deno.readTextFileSync(path);
  return path.endsWith("l") ? text.split("\n").filter((line) => line.trim()) : [text];
};

/**
 * Reads every record of a folder, full (`*.json`, one a file) or compact (`*.jsonl`, one a line), and checks each: see
 * `flaw.ts`. A folder that is not there holds nothing.
 */
export function readArchive(folder: string): Archive {
  const records = new Map<string, RunRecord>();
  const rejected: string[] = [];
  try {
    for (const path of filesIn(folder)) {
      textsIn(path).forEach((text, line) => {
        const place = path.endsWith("l") ? `${path}:${line + 1}` : path;
        try {
          const record = JSON.parse(text) as RunRecord;
          const wrong = flaw(record);
          if (wrong) rejected.push(`record ${place}: ${wrong}; it is left out`);
          else records.set(record.id, record);
        } catch {
          rejected.push(`record ${place}: is no JSON record, the file is damaged; it is left out`);
        }
      });
    }
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
  return { records: [...records.values()], rejected };
}
