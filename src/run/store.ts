import { join } from "node:path";
import { assertWritable, readIfThere, removeIfThere, removeLeftovers, writeAtomically } from "./files.ts";
import { type RunRecord, SCHEMA } from "./record.ts";
import { sealIsIntact } from "./seal.ts";
import type { Trial } from "./spec.ts";

/**
 * A results folder: `<case>/<algorithm>/s<seed>-<id>.json`, one file a finished run, named by what determines it, so
 * that merging folders is copying files. Checkpoints of unfinished runs lie in `.checkpoints/<id>`.
 */
export class Store {
  constructor(readonly folder: string) {}

  recordPath({ case: { id: caseId }, algorithm, spec, id }: Trial): string {
    return join(this.folder, caseId, algorithm.id, `s${spec.seed}-${id}.json`);
  }

  checkpointPath(trial: Trial): string {
    return join(this.folder, ".checkpoints", trial.id);
  }

  /** The finished record of a run, or null; an unreadable one counts as absent and is reported. */
  find(trial: Trial, warn: (line: string) => void): RunRecord | null {
    const path = this.recordPath(trial);
    const bytes = readIfThere(path);
    if (!bytes) return null;
    try {
      const record = JSON.parse(new TextDecoder().decode(bytes)) as RunRecord;
      if (record.schema !== SCHEMA || record.id !== trial.id) {
        warn(`record ${path}: schema or id does not fit its name; the run is done again`);
      } else if (!sealIsIntact(record)) {
        warn(`record ${path}: its seal does not fit its contents, it was edited; the run is done again`);
      } else return record;
    } catch {
      warn(`record ${path}: is not JSON, the file is damaged; the run is done again`);
    }
    return null;
  }

  save(trial: Trial, record: RunRecord): string {
    const path = this.recordPath(trial);
    writeAtomically(path, JSON.stringify(record) + "\n");
    for (const finished of [path, this.checkpointPath(trial)]) removeLeftovers(finished);
    removeIfThere(this.checkpointPath(trial));
    return path;
  }

  /** Refuses a folder that cannot be written before any work is done. @throws {UsageError} */
  assertWritable(): void {
    assertWritable("a record in the results folder", join(this.folder, "record"));
  }
}
