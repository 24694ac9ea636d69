import { START } from "../../src/run/progress.ts";
import { type StoredCheckpoint, writeCheckpoint } from "../../src/run/record/checkpoint.ts";
import type { TrialSpec } from "../../src/run/trial.ts";
import { resolved, specOf, storeIn } from "../support/runs.ts";

/** Tries until `look` gives something; the deadline is for a run that will never get there. */
export async function eventually<T>(look: () => T | null | undefined | false): Promise<T> {
  for (let tries = 0; tries < 12_000; tries++) {
    const found = look();
    if (found) return found;
    await new Promise((done) => setTimeout(done, 10));
  }
  throw new Error("nothing came in two minutes");
}

/** A checkpoint of a hunt at some epoch, with as many rows. */
export function madeUpCheckpoint(epoch: number, spec: TrialSpec = specOf("tiny-div", "ppm")): StoredCheckpoint {
  const rows = Array.from({ length: epoch + 1 }, (_, i) => i);
  const epochs = {
    epoch: rows,
    trainAccuracy: rows.map((i) => i / (i + 1)),
    testAccuracy: rows.map(() => 0.5),
    weightNorm: rows.map((i) => 10 + i),
  };
  const steps = { step: rows, distance: rows.map((i) => i < 2 ? null : i / 2) };
  const progress = { ...START, epoch, phase: 2, memorised: { epoch: 1, steps: 1, gradientCalls: 1 } };
  const { id, stem } = resolved(spec);
  return {
    id,
    stem,
    spec,
    progress,
    timing: { wallSeconds: epoch, secondsMemorised: 1, secondsGeneralised: null },
    curve: { epochs, steps },
    arrays: { prey: Float32Array.of(1, 2) },
    revision: { commit: null, dirty: null },
    sources: "sources",
    computation: "computation",
  };
}

/** Writes a checkpoint where a worker would; returns its path. */
export function save(
  folder: string,
  checkpoint: StoredCheckpoint,
  spec: TrialSpec = specOf("tiny-div", "ppm"),
): string {
  const path = storeIn(folder).checkpointPath(resolved(spec));
  writeCheckpoint(path, checkpoint);
  return path;
}

/** Runs a test in a folder of its own. */
export async function inFolder(body: (folder: string) => Promise<void> | void): Promise<void> {
  const folder = Deno.makeTempDirSync();
  try {
    await body(folder);
  } finally {
    Deno.removeSync(folder, { recursive: true });
  }
}
