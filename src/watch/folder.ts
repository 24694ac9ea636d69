import { join } from "node:path";
import { CheckpointError, readCheckpoint } from "../run/record/checkpoint.ts";
import type { Catalogue } from "../catalogue/catalogue.ts";
import { UsageError } from "../errors.ts";
import { namesIn, readIfThere } from "../files.ts";
import { parseRecord } from "../run/record/parse.ts";
import { CHECKPOINTS } from "../run/record/store.ts";
import { type RunFinished, runFinished, type RunUnderWay, runUnderWay, type Snapshot } from "./view.ts";

/** A worker saves about every 30 seconds and at the end of an epoch: past this its run has been stopped, or hangs. */
export const STILL_SECONDS = 300;

/** Finished runs that are shown. */
const LAST_FINISHED = 8;

/** Which runs are followed; an empty list stands for all. */
export interface Followed {
  readonly cases: readonly string[];
  readonly algorithms: readonly string[];
}

interface File {
  readonly path: string;
  readonly changedAt: number;
  readonly size: number;
}

/** The files of a folder; one that goes between the listing and the look at it is none. */
function filesIn(folder: string): File[] {
  return namesIn(folder).flatMap((name) => {
    const path = join(folder, name);
    try {
      const { isFile, mtime, size } = Deno.statSync(path);
      return isFile ? [{ path, changedAt: mtime?.getTime() ?? 0, size }] : [];
    } catch (error) {
      if (error instanceof Deno.errors.NotFound) return [];
      throw error;
    }
  });
}

/** Whether a file is there and cannot be used now: damaged, half copied, not permitted. */
const isUnusable = (error: unknown) =>
  error instanceof CheckpointError || error instanceof SyntaxError || error instanceof UsageError ||
  Object.values(Deno.errors).some((kind) => error instanceof kind);

/** What was read of files: a file is read again when it has changed, or could not be read. */
class Readings<T> {
  #kept = new Map<string, { readonly stamp: string; readonly value: T }>();

  /** Reads files; `read` gives null for one that has gone. The paths of those that it throws on are passed over. */
  of(files: readonly File[], read: (file: File) => T | null): { values: T[]; passedOver: string[] } {
    const kept = new Map<string, { stamp: string; value: T }>();
    const passedOver: string[] = [];
    for (const file of files) {
      const stamp = `${file.changedAt} ${file.size}`;
      const before = this.#kept.get(file.path);
      try {
        const value = before?.stamp === stamp ? before.value : read(file);
        if (value !== null) kept.set(file.path, { stamp, value });
      } catch (error) {
        if (!isUnusable(error)) throw error;
        passedOver.push(file.path);
      }
    }
    this.#kept = kept;
    return { values: [...kept.values()].map(({ value }) => value), passedOver };
  }
}

/** @throws {UsageError} for what is not to be read */
const textOf = (path: string): string => new TextDecoder().decode(readIfThere(path) ?? undefined);

/** @throws {SyntaxError} for a file that is no record */
function readRecord({ path }: File, catalogue: Catalogue): RunFinished {
  const found = parseRecord(textOf(path), catalogue);
  if ("rejected" in found) throw new SyntaxError(found.rejected);
  return runFinished(found.record, catalogue);
}

const orderOf = ({ name }: RunUnderWay) =>
  `${name.case} ${name.variant} ${name.method} ${String(name.seed).padStart(12)}`;

/** Follows a results folder; never writes to it. */
export class WatchedFolder {
  readonly #checkpoints = new Readings<RunUnderWay>();
  readonly #records = new Readings<RunFinished>();

  constructor(readonly folder: string, readonly followed: Followed, readonly catalogue: Catalogue) {}

  /** What the folder shows at `now`, in milliseconds since 1970. */
  snapshot(now: number): Snapshot {
    const checkpoints = filesIn(join(this.folder, CHECKPOINTS));
    const runs = this.#checkpoints.of(checkpoints, (file) => this.#readRun(file));
    const chosen = runs.values.filter((run) => !run.over && this.#follows(run)).sort((a, b) =>
      orderOf(a) < orderOf(b) ? -1 : 1
    );
    const isStill = ({ savedAt }: RunUnderWay) => now - savedAt > 1000 * STILL_SECONDS;
    const records = this.#records.of(this.#lastRecords(), (file) => readRecord(file, this.catalogue));
    return {
      results: this.folder,
      underWay: chosen.filter((run) => !isStill(run)),
      still: chosen.filter(isStill),
      finished: records.values.sort((a, b) => b.finishedAt - a.finishedAt),
      passedOver: [...runs.passedOver, ...records.passedOver],
    };
  }

  #readRun({ path, changedAt }: File): RunUnderWay | null {
    const checkpoint = readCheckpoint(path);
    return checkpoint && runUnderWay(checkpoint, changedAt, this.catalogue);
  }

  #follows({ name }: RunUnderWay): boolean {
    const { cases, algorithms } = this.followed;
    const among = (ids: readonly string[], id: string) => ids.length === 0 || ids.some((each) => each === id);
    return among(cases, name.case) && among(algorithms, name.algorithm);
  }

  /** The records that were written last, of the cases and algorithms that are followed. */
  #lastRecords(): File[] {
    const { cases, algorithms } = this.followed;
    const folders = (cases.length ? cases : namesIn(this.folder)).flatMap((id) => {
      const folder = join(this.folder, id);
      return (algorithms.length ? algorithms : namesIn(folder)).map((algorithm) => join(folder, algorithm));
    });
    const records = folders.flatMap(filesIn).filter(({ path }) => path.endsWith(".json"));
    return records.sort((a, b) => b.changedAt - a.changedAt).slice(0, LAST_FINISHED);
  }
}
