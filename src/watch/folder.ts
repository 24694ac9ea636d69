import { join } from "node:path";
import { readCheckpoint } from "../run/record/checkpoint.ts";
import type { Catalogue } from "../catalogue/catalogue.ts";
import { namesIn as namesThere, statIfThere, textIfThere } from "../files.ts";
import { type Parsed, parseRecord } from "../run/record/parse.ts";
import { CHECKPOINTS } from "../run/record/store.ts";
import { type RunFinished, runFinished, type RunUnderWay, runUnderWay, type Snapshot } from "./view.ts";

/** A worker saves about every 30 seconds and at the end of an epoch: past this its run has been stopped, or hangs. */
export const STILL_SECONDS = 300;

/** Finished runs that are shown. */
const LAST_FINISHED = 8;

/** Bytes of a record that is opened: far more than one of a run with ten thousand evaluations has. */
export const MOST_OPENED = 2 ** 24;

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

/**
 * Does what may fail with one file or folder. What has gone gives nothing; so does what cannot be used, damaged, half
 * copied, hostile or not permitted, and is named in `passedOver`: nothing that lies in a folder may end whoever watches it.
 */
function attempt<T>(path: string, passedOver: Set<string>, look: () => T): T | null {
  try {
    return look();
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) passedOver.add(path);
    return null;
  }
}

const namesIn = (folder: string, passedOver: Set<string>): string[] =>
  attempt(folder, passedOver, () => namesThere(folder)) ?? [];

/** The files of a folder. */
function filesIn(folder: string, passedOver: Set<string>): File[] {
  return namesIn(folder, passedOver).flatMap((name) => {
    const path = join(folder, name);
    const found = attempt(path, passedOver, () => Deno.statSync(path));
    return found?.isFile ? [{ path, changedAt: found.mtime?.getTime() ?? 0, size: found.size }] : [];
  });
}

/** What was read of files: a file is read again when it has changed, or could not be read. */
class Readings<T> {
  #kept = new Map<string, { readonly stamp: string; readonly value: T }>();

  /** Reads files; `read` gives null for one that has gone. Those that it throws on are passed over. */
  of(files: readonly File[], passedOver: Set<string>, read: (file: File) => T | null): T[] {
    const kept = new Map<string, { stamp: string; value: T }>();
    for (const file of files) {
      const stamp = `${file.changedAt} ${file.size}`;
      const before = this.#kept.get(file.path);
      const value = before?.stamp === stamp ? before.value : attempt(file.path, passedOver, () => read(file));
      if (value !== null) kept.set(file.path, { stamp, value });
    }
    this.#kept = kept;
    return [...kept.values()].map(({ value }) => value);
  }
}

/** @throws {Error} for a file that is no record */
function readRecord({ path }: File, catalogue: Catalogue): RunFinished {
  const found = parseRecord(textIfThere(path) ?? "", catalogue);
  if ("rejected" in found) throw new SyntaxError(found.rejected);
  return runFinished(found.record, catalogue);
}

/** @throws {Error} for a file that is no checkpoint */
function readRun({ path, changedAt }: File, catalogue: Catalogue): RunUnderWay | null {
  const checkpoint = readCheckpoint(path);
  return checkpoint && runUnderWay(checkpoint, changedAt, catalogue);
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
    const passedOver = new Set<string>();
    const checkpoints = filesIn(join(this.folder, CHECKPOINTS), passedOver);
    const runs = this.#checkpoints.of(checkpoints, passedOver, (file) => readRun(file, this.catalogue));
    const chosen = runs.filter((run) => !run.over && this.#follows(run)).sort((a, b) =>
      orderOf(a) < orderOf(b) ? -1 : 1
    );
    const isStill = ({ savedAt }: RunUnderWay) => now - savedAt > 1000 * STILL_SECONDS;
    const last = this.#lastRecords(passedOver);
    const records = this.#records.of(last, passedOver, (file) => readRecord(file, this.catalogue));
    return {
      results: this.folder,
      underWay: chosen.filter((run) => !isStill(run)),
      still: chosen.filter(isStill),
      finished: records.sort((a, b) => b.finishedAt - a.finishedAt),
      passedOver: [...passedOver],
    };
  }

  /** The finished run with an id, or why what lies in its place is none; null where nothing does. */
  run(id: string): Parsed | null {
    const passedOver = new Set<string>();
    const found = this.#folders(passedOver).flatMap((folder) =>
      namesIn(folder, passedOver).filter((name) => name.endsWith(`-${id}.json`)).map((name) => join(folder, name))
    );
    if (found.length === 0) return null;
    return attempt(found[0], passedOver, () => this.#opened(found[0], id)) ?? { rejected: "it cannot be read" };
  }

  #opened(path: string, id: string): Parsed {
    const size = statIfThere(path)?.size ?? 0;
    if (size > MOST_OPENED) return { rejected: `it has ${size} bytes, at most ${MOST_OPENED} are shown` };
    const found = parseRecord(textIfThere(path) ?? "", this.catalogue);
    return "record" in found && found.record.id !== id ? { rejected: "its id does not fit its name" } : found;
  }

  #follows({ name }: RunUnderWay): boolean {
    const { cases, algorithms } = this.followed;
    const among = (ids: readonly string[], id: string) => ids.length === 0 || ids.some((each) => each === id);
    return among(cases, name.case) && among(algorithms, name.algorithm);
  }

  /** The folders of records of the cases and algorithms that are followed. */
  #folders(passedOver: Set<string>): string[] {
    const { cases, algorithms } = this.followed;
    return (cases.length ? cases : namesIn(this.folder, passedOver)).flatMap((id) => {
      const folder = join(this.folder, id);
      return (algorithms.length ? algorithms : namesIn(folder, passedOver)).map((algorithm) => join(folder, algorithm));
    });
  }

  /** The records that were written last. */
  #lastRecords(passedOver: Set<string>): File[] {
    const records = this.#folders(passedOver).flatMap((folder) => filesIn(folder, passedOver)).filter(({ path }) =>
      path.endsWith(".json")
    );
    return records.sort((a, b) => b.changedAt - a.changedAt).slice(0, LAST_FINISHED);
  }
}
