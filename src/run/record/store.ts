import { join } from "node:path";
import { assertWritable, readIfThere, removeAbandoned, removeIfThere, writeAtomically } from "../../files.ts";
import { type Checkpoint, CheckpointError, readCheckpoint } from "./checkpoint.ts";
import { rejectionOf } from "./verify.ts";
import type { RunRecord } from "./record.ts";
import type { Trial } from "../trial.ts";

/** Folder of the checkpoints in a results folder. */
export const CHECKPOINTS = ".checkpoints";

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
    return join(this.folder, CHECKPOINTS, trial.id);
  }

  /** The finished record of a run, or why what lies in its place is none; null when nothing does. */
  read(trial: Trial): { readonly record: RunRecord } | { readonly rejected: string } | null {
    const bytes = readIfThere(this.recordPath(trial));
    if (!bytes) return null;
    let record: RunRecord;
    try {
      record = JSON.parse(new TextDecoder().decode(bytes));
    } catch {
      return { rejected: "is not JSON, the file is damaged" };
    }
    const found = rejectionOf(record) ?? (record.id === trial.id ? null : "its id does not fit its name");
    return found ? { rejected: found } : { record };
  }

  /** The finished record of a run, or null; one that cannot be trusted counts as absent and is reported. */
  find(trial: Trial, warn: (line: string) => void): RunRecord | null {
    const found = this.read(trial);
    if (found && "rejected" in found) {
      warn(`record ${this.recordPath(trial)}: ${found.rejected}; the run is done again`);
    }
    return found && "record" in found ? found.record : null;
  }

  save(trial: Trial, record: RunRecord): string {
    const path = this.recordPath(trial);
    writeAtomically(path, JSON.stringify(record) + "\n");
    this.forget(trial);
    return path;
  }

  /** The checkpoint of an unfinished run; one that cannot be read counts as absent, whoever uses it says so. */
  checkpoint(trial: Trial): Checkpoint | null {
    try {
      return readCheckpoint(this.checkpointPath(trial), trial.id);
    } catch (error) {
      if (error instanceof CheckpointError) return null;
      throw error;
    }
  }

  /** Removes the checkpoint of a run that is finished, or is to start over. */
  forget(trial: Trial): void {
    removeIfThere(this.checkpointPath(trial));
  }

  /** Refuses a folder that cannot be written before any work is done, and tidies it. @throws {UsageError} */
  prepare(): void {
    removeAbandoned(this.folder);
    assertWritable("a record in the results folder", join(this.folder, "record"));
  }
}
