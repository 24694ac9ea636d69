import { assert, assertEquals } from "@std/assert";
import { sourcesOf } from "../../src/catalogue/sources.ts";
import type { Values } from "../../src/declare/field.ts";
import { type Outcome, supervise } from "../../src/fleet/supervisor.ts";
import { type StoredCheckpoint, writeCheckpoint } from "../../src/run/record/checkpoint.ts";
import type { Trial } from "../../src/run/trial.ts";
import { catalogue, fileNames, finishWorker, startWorker, storeIn, trialOf } from "../support/runs.ts";

export const SOURCES = sourcesOf(catalogue);
export const SMALL = { modulus: 11, batchSize: 16 };

export const small = (overrides: Values = {}, algorithm = "adamw"): Trial =>
  trialOf("tiny-div", algorithm, { ...SMALL, ...overrides });

/** Runs a trial as `bench` does; what is said of it, and the epoch that it went on from, come with its record. */
export async function bench(trial: Trial, folder: string, reuse = true) {
  const notes: string[] = [];
  let outcome: Outcome | undefined;
  let from: number | null = null;
  const watcher = {
    started() {},
    begun: (_: Trial, epoch: number | null) => void (from = epoch),
    progress() {},
    ended: (ended: Outcome) => void (outcome = ended),
    note: (line: string) => void notes.push(line),
  };
  const options = { workers: 1, reuse, signal: new AbortController().signal, sources: SOURCES };
  await supervise([trial], storeIn(folder), options, watcher);
  assert(outcome && "record" in outcome, JSON.stringify(outcome));
  return { record: outcome.record, reused: outcome.reused, notes, from: from as number | null };
}

export async function inFolder(body: (folder: string) => Promise<void>): Promise<void> {
  const folder = Deno.makeTempDirSync();
  try {
    await body(folder);
  } finally {
    Deno.removeSync(folder, { recursive: true });
  }
}

export const setAside = (folder: string): string[] =>
  fileNames(folder).filter((path) => path.startsWith(`${folder}/.aside/`));

/** Leaves a checkpoint of a run that was stopped after its first step, or later. */
export async function stopped(trial: Trial, folder: string, change: Partial<StoredCheckpoint> = {}): Promise<string> {
  const worker = startWorker(trial.spec, folder, 0);
  await worker.stdin.close();
  assertEquals((await finishWorker(worker))?.kind, "stopped");
  const { path, checkpoint } = storeIn(folder).checkpoint(trial)!;
  writeCheckpoint(path, { ...checkpoint, ...change });
  return path;
}
