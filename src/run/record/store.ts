import { basename, dirname, join } from "node:path";
import type { Catalogue } from "../../catalogue/catalogue.ts";
import {
  assertWritable,
  namesIn,
  removeAbandoned,
  removeIfThere,
  statIfThere,
  textIfThere,
  unfitToRead,
  writeAtomically,
} from "../../files.ts";
import { lastEpoch } from "../progress.ts";
import type { Trial } from "../trial.ts";
import { CheckpointError, readCheckpoint, type StoredCheckpoint } from "./checkpoint.ts";
import { type Parsed, parseRecord } from "./parse.ts";
import type { RunRecord } from "./record.ts";

/** Folder of the checkpoints in a results folder. */
export const CHECKPOINTS = ".checkpoints";

/** Folder of what was in the way: records and checkpoints of other code. Nobody reads it but people. */
const ASIDE = ".aside";

/** What lies in the folders of a results folder that hold no records. */
const OWN: Readonly<Record<string, string>> = { [CHECKPOINTS]: "a checkpoint", [ASIDE]: "what is set aside" };

/**
 * A results folder: `<case>/<algorithm>/s<seed>-<id>.json`, one file a finished run, named by what was asked for, so that
 * merging folders is copying files. Checkpoints lie in `.checkpoints/<stem>-<budget>`: of runs that are unfinished, and
 * of those that their budget has ended, for a larger one to go on from.
 */
export class Store {
  constructor(readonly folder: string, readonly catalogue: Catalogue) {}

  recordPath({ case: { id: caseId }, algorithm, spec, id }: Trial): string {
    return join(this.folder, caseId, algorithm.id, `s${spec.seed}-${id}.json`);
  }

  checkpointPath({ stem, config }: Trial): string {
    return join(this.folder, CHECKPOINTS, `${stem}-${config.maxEpochs}`);
  }

  /** Says of a run that what it leaves goes back to its start, by a name that nobody takes for a checkpoint. */
  #beginning(trial: Trial): string {
    const path = this.checkpointPath(trial);
    return join(dirname(path), `.anew-${basename(path)}`);
  }

  /** Whether a run that was begun anew has left something to go on from; a beginning that has left nothing is forgotten. */
  goesOnAnew(trial: Trial): boolean {
    if (statIfThere(this.checkpointPath(trial))?.isFile) return statIfThere(this.#beginning(trial)) !== null;
    removeIfThere(this.#beginning(trial));
    return false;
  }

  /** Puts aside the checkpoint that there is of a run, so that what it leaves from now on was begun anew. */
  beginAnew(trial: Trial): void {
    this.setAside(this.checkpointPath(trial));
    writeAtomically(this.#beginning(trial), "");
  }

  /** The finished record of a run, or why what lies in its place is none; null when nothing does. */
  read(trial: Trial): Parsed | null {
    const unfit = unfitToRead(this.recordPath(trial));
    if (unfit) return { rejected: unfit };
    const text = textIfThere(this.recordPath(trial));
    if (text === null) return null;
    const found = parseRecord(text, this.catalogue);
    return "record" in found && found.record.id !== trial.id ? { rejected: "its id does not fit its name" } : found;
  }

  /** The finished record of a run, or null; one that cannot be trusted counts as absent and is reported. */
  find(trial: Trial, warn: (line: string) => void): RunRecord | null {
    const found = this.read(trial);
    if (found && "rejected" in found) {
      warn(`record ${this.recordPath(trial)}: ${found.rejected}; the run is done again`);
    }
    return found && "record" in found ? found.record : null;
  }

  /** Writes a finished record; what is in its place and is none, a link to something else maybe, is set aside. */
  save(trial: Trial, record: RunRecord): string {
    const path = this.recordPath(trial);
    const there = this.read(trial);
    if (there && "rejected" in there) this.setAside(path);
    writeAtomically(path, JSON.stringify(record) + "\n");
    removeIfThere(this.#beginning(trial));
    if (!goesOnWithMore(record)) this.forget(trial);
    return path;
  }

  /**
   * The checkpoint that a run goes on from: its own, or the farthest that the same run has left under another budget before
   * the end of this one, where it may have been evaluated already; null when there is none.
   *
   * @throws {CheckpointError} for its own that cannot be read; those of other budgets are passed over
   */
  checkpoint(trial: Trial): { readonly path: string; readonly checkpoint: StoredCheckpoint } | null {
    const own = this.checkpointPath(trial);
    const found = readCheckpoint(own);
    if (found) return { path: own, checkpoint: checked(own, found, trial) };
    const others = namesIn(join(this.folder, CHECKPOINTS)).filter((name) => name.startsWith(`${trial.stem}-`));
    const usable = others.flatMap((name) => {
      const path = join(this.folder, CHECKPOINTS, name);
      const checkpoint = usableOrNull(path);
      const fits = checkpoint?.stem === trial.stem && checkpoint.progress.epoch < trial.config.maxEpochs;
      return fits ? [{ path, checkpoint }] : [];
    });
    return usable.sort((a, b) => b.checkpoint.progress.steps - a.checkpoint.progress.steps)[0] ?? null;
  }

  /** Removes the checkpoint of a run that is finished, or is to start over. */
  forget(trial: Trial): void {
    removeIfThere(this.checkpointPath(trial));
  }

  /**
   * Moves a file out of the way, where nobody takes it for a result; returns where it is now. Another bench on the same
   * folder may have done so before.
   */
  setAside(path: string): string {
    const folder = join(this.folder, ASIDE);
    const to = join(folder, `${basename(path)}.${crypto.randomUUID().slice(0, 8)}`);
    try {
      Deno.statSync(path);
      Deno.mkdirSync(folder, { recursive: true });
      Deno.renameSync(path, to);
    } catch (error) {
      if (!(error instanceof Deno.errors.NotFound)) throw error;
    }
    return to;
  }

  /** Refuses a folder that cannot be written before any work is done, and tidies it. @throws {UsageError} */
  prepare(): void {
    assertWritable("a record in the results folder", join(this.folder, "record"));
    for (const { name } of Deno.readDirSync(this.folder)) {
      if (name in OWN) assertWritable(`${OWN[name]} in the results folder`, join(this.folder, name, "file"));
    }
    removeAbandoned(this.folder);
  }
}

/** Whether a larger budget would take a run further than its record says. */
export const goesOnWithMore = ({ status, epochs, generalised, above = null, config }: RunRecord): boolean =>
  status !== "diverged" && epochs < lastEpoch({ generalised, above }, { ...config, maxEpochs: Infinity });

function checked(path: string, checkpoint: StoredCheckpoint, { stem }: Trial): StoredCheckpoint {
  if (checkpoint.stem === stem) return checkpoint;
  throw new CheckpointError(`checkpoint ${path}: belongs to run ${checkpoint.stem}, not ${stem}`);
}

function usableOrNull(path: string): StoredCheckpoint | null {
  try {
    return readCheckpoint(path);
  } catch (error) {
    if (error instanceof CheckpointError) return null;
    throw error;
  }
}
