import { reasonOf } from "../errors.ts";
import { type Checkpoint, type StoredCheckpoint, writeCheckpoint } from "../run/record/checkpoint.ts";
import type { TrialRun } from "../run/trial_run.ts";

/** Saves one run, as far as the disk lets it. */
export class Saver {
  #savedAt = performance.now();
  #hasRefused = false;

  constructor(
    readonly path: string,
    readonly code: Omit<StoredCheckpoint, keyof Checkpoint>,
    readonly note: (line: string) => void,
  ) {}

  isOlderThan(seconds: number): boolean {
    return performance.now() - this.#savedAt > 1000 * seconds;
  }

  /** Saves a run as it is; what was saved before stays where that fails. @returns why it did, or null */
  async save(run: TrialRun): Promise<string | null> {
    const checkpoint = { ...await run.checkpoint(), ...this.code };
    this.#savedAt = performance.now();
    try {
      writeCheckpoint(this.path, checkpoint);
      return null;
    } catch (error) {
      return `checkpoint ${this.path} could not be written: ${reasonOf(error)}`;
    }
  }

  /** Saves a run that trains on. A disk that is full, or gone, is no reason to lose the training: it is said once. */
  async saveOnTheWay(run: TrialRun): Promise<void> {
    const refusal = await this.save(run);
    if (refusal !== null && !this.#hasRefused) this.note(`${refusal}; the run trains on, and tries again later`);
    this.#hasRefused = refusal !== null;
  }
}
