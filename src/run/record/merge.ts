import { createHash } from "node:crypto";
import { join } from "node:path";
import type { Catalogue } from "../../catalogue/catalogue.ts";
import { printable, UsageError } from "../../errors.ts";
import { bytesIfThere, readIfThere, unfitToRead, writeAtomically } from "../../files.ts";
import { CheckpointError, readCheckpoint, type StoredCheckpoint } from "./checkpoint.ts";
import { conflictText } from "./archive.ts";
import { type Found, isOwnFolder, listed } from "./folder.ts";
import { parseRecord } from "./parse.ts";
import type { RunSummary } from "./record.ts";
import { CHECKPOINTS, goesOnWithMore, type Store } from "./store.ts";

/** A file that is to be copied, as it was when it was checked. */
interface Copy extends Found {
  readonly hash: string;
}

/** A record that is to be copied or is there, without its curves. */
interface Run extends Copy {
  readonly id: string;
  readonly digest: string;
  /** Whether no budget takes it further: a checkpoint of it is of no use. */
  readonly atItsEnd: boolean;
}

/** What bringing results folders together comes to. Nothing is written before {@linkcode carryOut}. */
export interface Merge {
  readonly into: Store;
  readonly records: readonly Copy[];
  readonly checkpoints: readonly Copy[];
  /** Records and checkpoints that the target has already. */
  readonly there: number;
  /** What lies in the place of something that is to come, and is none of it: it is set aside. */
  readonly inTheWay: readonly string[];
  /** One line for each run with two outcomes. */
  readonly conflicts: readonly string[];
  /** One line for each file that is not taken, with the reason. */
  readonly leftOut: readonly string[];
}

const hashOf = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");

/** Where a record lies in its folder. */
const placeOf = ({ case: caseId, algorithm, seed, id }: Pick<RunSummary, "case" | "algorithm" | "seed" | "id">) =>
  join(caseId, algorithm, `s${seed}-${id}.json`);

/** What a file has of a run, or why it is no record that can be trusted; null where there is no file. */
function runIn({ path, place }: Found, catalogue: Catalogue): Run | string | null {
  const unfit = unfitToRead(path);
  if (unfit) return unfit;
  const bytes = readIfThere(path);
  if (!bytes) return null;
  const found = parseRecord(new TextDecoder().decode(bytes), catalogue);
  if ("rejected" in found) return found.rejected;
  const { record } = found;
  if (placeOf(record) !== place) return `its name is not that of its contents, ${placeOf(record)}`;
  const { id, digest } = record;
  return { path, place, hash: hashOf(bytes), id, digest, atItsEnd: !goesOnWithMore(record) };
}

/** A checkpoint with its name, or why it is none that can be used; null where there is no file. */
function checkpointIn({ path, place }: Found): StoredCheckpoint | string | null {
  try {
    const found = readCheckpoint(path);
    if (found === null) return null;
    return place.startsWith(join(CHECKPOINTS, `${found.stem}-`)) ? found : "its name is not that of its run";
  } catch (error) {
    if (error instanceof CheckpointError) return error.message.replace(`checkpoint ${path}: `, "");
    throw error;
  }
}

/** Brings folders together, one file after the other; a {@linkcode Merge} in the making. */
class Merging {
  readonly records = new Map<string, Run>();
  readonly checkpoints = new Map<string, Copy & { readonly steps: number }>();
  /** Records of the target by their places, as far as they were looked at. */
  readonly #kept = new Map<string, Run | null>();
  readonly inTheWay = new Set<string>();
  readonly conflicts: string[] = [];
  readonly leftOut: string[] = [];
  readonly #there = new Set<string>();

  constructor(readonly into: Store) {}

  get there(): number {
    return this.#there.size;
  }

  leaveOut(path: string, why: string): void {
    this.leftOut.push(`${printable(path)}: ${printable(why)}; it is left out`);
  }

  #target = (place: string): Found => ({ place, path: join(this.into.folder, place) });

  /** The trusted record in the target, or null. */
  #keptAt(place: string): Run | null {
    const known = this.#kept.get(place);
    if (known !== undefined) return known;
    const found = runIn(this.#target(place), this.into.catalogue);
    if (typeof found === "string") this.inTheWay.add(join(this.into.folder, place));
    const kept = typeof found === "string" ? null : found;
    this.#kept.set(place, kept);
    return kept;
  }

  takeRecord(file: Found): void {
    const run = runIn(file, this.into.catalogue);
    if (run === null || typeof run === "string") return this.leaveOut(file.path, run ?? "it has gone meanwhile");
    const kept = this.#keptAt(run.place);
    const rival = kept ?? this.records.get(run.place);
    if (rival && rival.digest !== run.digest) this.conflicts.push(conflictText(run.id, [rival, run]));
    else if (kept) this.#there.add(run.place);
    else if (!rival) this.records.set(run.place, run);
  }

  /** After all records: of two checkpoints of one run the one that is further, and none of a run that is at its end. */
  takeCheckpoint(file: Found): void {
    const found = checkpointIn(file);
    if (found === null || typeof found === "string") return this.leaveOut(file.path, found ?? "it has gone meanwhile");
    const { case: caseId, algorithm, seed } = found.spec;
    const place = placeOf({ case: caseId, algorithm, seed, id: found.id });
    const record = this.records.get(place) ?? this.#keptAt(place);
    if (record?.atItsEnd) return;
    const target = this.#target(file.place);
    const there = checkpointIn(target);
    if (typeof there === "string") this.inTheWay.add(target.path);
    const { steps } = found.progress;
    if (there !== null && typeof there !== "string" && there.progress.steps >= steps) {
      return void this.#there.add(file.place);
    }
    if (steps <= (this.checkpoints.get(file.place)?.steps ?? -1)) return;
    this.checkpoints.set(file.place, { ...file, hash: hashOf(bytesIfThere(file.path)!), steps });
  }
}

/**
 * What it comes to when results folders are brought together in another one. A record that the target has with the same
 * outcome stays as it is; of one run two outcomes are a conflict. Links are not followed out of the folders that are brought,
 * and what is no file of a run is left out.
 */
export function planMerge(from: readonly string[], into: Store): Merge {
  const merging = new Merging(into);
  const { leftOut } = merging;
  const leaveOut = merging.leaveOut.bind(merging);
  for (const folder of from) for (const file of listed(folder, leaveOut)) merging.takeRecord(file);
  for (const folder of from) {
    if (!isOwnFolder(folder, CHECKPOINTS)) continue;
    for (const file of listed(folder, leaveOut, CHECKPOINTS)) merging.takeCheckpoint(file);
  }
  const { conflicts, there } = merging;
  const [records, checkpoints] = [merging.records, merging.checkpoints].map((found) => [...found.values()]);
  const coming = new Set([...records, ...checkpoints].map(({ place }) => join(into.folder, place)));
  const inTheWay = [...merging.inTheWay].filter((path) => coming.has(path));
  return { into, records, checkpoints, there, inTheWay, conflicts, leftOut };
}

/** Copies what is to come. @throws {UsageError} where a file has changed since it was checked */
export function carryOut({ into, records, checkpoints, inTheWay }: Merge): void {
  for (const path of inTheWay) into.setAside(path);
  for (const { path, place, hash } of [...records, ...checkpoints]) {
    const bytes = bytesIfThere(path);
    if (!bytes || hashOf(bytes) !== hash) {
      throw new UsageError(`${printable(path)}: changed while it was merged; give the same command again`);
    }
    writeAtomically(join(into.folder, place), bytes);
  }
}
