import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { sourcesOf } from "../../src/catalogue/sources.ts";
import { readCheckpoint, writeCheckpoint } from "../../src/run/record/checkpoint.ts";
import type { Values } from "../../src/declare/field.ts";
import { type Revision, revision } from "../../src/run/record/provenance.ts";
import { HEARD } from "../support/deaf_worker.ts";
import { supervise } from "../../src/fleet/supervisor.ts";
import {
  catalogue,
  fileNames,
  finishWorker,
  resolved,
  specOf,
  startWorker,
  storeIn,
  trialOf,
} from "../support/runs.ts";

const OPTIONS = {
  workers: 1,
  reuse: true,
  signal: new AbortController().signal,
  sources: sourcesOf(catalogue),
};
const silent = { started() {}, begun() {}, progress() {}, ended() {}, note() {} };
const planned = (seed: number) => resolved({ ...specOf("tiny-div", "adamw", { maxEpochs: 3 }), seed });

Deno.test("a worker that dies, babbles, fails or lies is a failed run with a reason, and leaves no record that counts", async () => {
  const folder = Deno.makeTempDirSync();
  const options = { ...OPTIONS, workers: 2 };
  const plan = [0, 1, 2, 3, 4].map(planned);
  const store = storeIn(folder);
  const outcomes = await supervise(plan, store, { ...options, worker: "test/support/dying_worker.ts" }, silent);
  const failures = outcomes.map((outcome) => "failure" in outcome ? outcome.failure : "");
  assertStringIncludes(failures[0], "out of luck");
  assertStringIncludes(failures[1], "could not be read");
  assertStringIncludes(failures[2], "told so");
  assertStringIncludes(failures[3], "contradicts itself: it says generalised at epoch 1 ");
  assertStringIncludes(failures[4], "ended early");
  assertEquals(fileNames(folder).filter((name) => !name.includes("/s3-")), []);
  const again = await supervise(plan, store, options, silent);
  assert(again.every((outcome) => "record" in outcome && !outcome.reused));
  const reused = await supervise(plan, store, options, silent);
  assert(reused.every((outcome) => "record" in outcome && outcome.reused));
  Deno.removeSync(folder, { recursive: true });
});

Deno.test("a plan that is interrupted before it starts does nothing", async () => {
  const folder = Deno.makeTempDirSync();
  const signal = AbortSignal.abort();
  const outcomes = await supervise([planned(0)], storeIn(folder), { ...OPTIONS, signal }, silent);
  assert("stopped" in outcomes[0]);
  assertEquals(fileNames(folder), []);
  Deno.removeSync(folder, { recursive: true });
});

Deno.test("a worker that hangs holds nobody who insists: asked twice, a plan ends at once", async () => {
  const folder = Deno.makeTempDirSync();
  const [interrupt, insist] = [new AbortController(), new AbortController()];
  const note = (line: string) => {
    assertEquals(line, HEARD);
    interrupt.abort();
    insist.abort();
  };
  const options = {
    ...OPTIONS,
    signal: interrupt.signal,
    insist: insist.signal,
    worker: "test/support/deaf_worker.ts",
  };
  const [outcome] = await supervise([planned(0)], storeIn(folder), options, { ...silent, note });
  assert("stopped" in outcome);
  Deno.removeSync(folder, { recursive: true });
});

Deno.test("a run that takes longer than its time limit is stopped and counts as failed, with no record", async () => {
  const folder = Deno.makeTempDirSync();
  // No machine does 30 million steps in a second.
  const endless = trialOf("tiny-div", "adamw", { maxEpochs: 10_000_000 });
  const options = { ...OPTIONS, timeoutSeconds: 1 };
  const [outcome] = await supervise([endless], storeIn(folder), options, silent);
  assert("failure" in outcome);
  assertStringIncludes(outcome.failure, "took longer than 1 s");
  assertEquals(fileNames(folder).filter((name) => name.endsWith(".json")), []);
  Deno.removeSync(folder, { recursive: true });
});

Deno.test("--no-cache with a time limit goes on where it was, and not where another bench was", async () => {
  const folder = Deno.makeTempDirSync();
  const endless = trialOf("tiny-div", "adamw", { maxEpochs: 10_000_000 });
  const store = storeIn(folder);
  const limited = async (reuse: boolean) => {
    const [notes, begun]: [string[], (number | null)[]] = [[], []];
    const watch = {
      ...silent,
      begun: (_: unknown, from: number | null) => void begun.push(from),
      note: (line: string) => void notes.push(line),
    };
    const [outcome] = await supervise([endless], store, { ...OPTIONS, reuse, timeoutSeconds: 1 }, watch);
    const { steps, epoch } = store.checkpoint(endless)!.checkpoint.progress;
    return { notes, begun, steps, epoch, failure: "failure" in outcome ? outcome.failure : "" };
  };
  const plain = await limited(true);
  assertEquals([plain.notes, plain.begun], [[], [null]]);
  const anew = await limited(false);
  assertEquals([anew.notes, anew.begun], [[], [null]]);
  assertStringIncludes(anew.failure, "the same command goes on where it is, without --no-cache it does no other again");
  // What the other bench had come to is kept.
  const [aside] = fileNames(`${folder}/.aside`);
  assertEquals(readCheckpoint(aside)!.progress.steps, plain.steps);
  const again = await limited(false);
  assertEquals([again.notes, again.begun], [[], [anew.epoch]]);
  assert(again.steps >= anew.steps);
  assertEquals((await limited(true)).begun, [again.epoch]);
  Deno.removeSync(folder, { recursive: true });
});

Deno.test("a run that was begun anew and has finished is done from its start by the next --no-cache", async () => {
  const folder = Deno.makeTempDirSync();
  const store = storeIn(folder);
  for (let i = 0; i < 3; i++) {
    const notes: string[] = [];
    const watch = { ...silent, note: (line: string) => void notes.push(line) };
    const [outcome] = await supervise([planned(0)], store, { ...OPTIONS, reuse: false }, watch);
    assert("record" in outcome && !outcome.reused);
    assertEquals([notes, store.goesOnAnew(planned(0))], [[], false]);
  }
  Deno.removeSync(folder, { recursive: true });
});

/** A checkpoint of a run that stopped, as if another revision of the code had made it. */
async function stoppedRun(folder: string, revision: Revision, overrides: Values = { maxEpochs: 40 }) {
  const trial = trialOf("tiny-div", "adamw", overrides);
  const store = storeIn(folder);
  const worker = startWorker(trial.spec, folder, 0);
  await worker.stdin.close();
  assertEquals((await finishWorker(worker))?.kind, "stopped");
  const { path, checkpoint } = store.checkpoint(trial)!;
  writeCheckpoint(path, { ...checkpoint, revision });
  return { trial, store };
}

Deno.test("a run that goes on under other code is of no commit, and --no-cache starts it over", async () => {
  const now = revision();
  const folder = Deno.makeTempDirSync();
  const cases = [
    { from: now, reuse: true, dirty: now.dirty },
    { from: { commit: "0".repeat(40), dirty: false }, reuse: true, dirty: true },
    { from: { commit: "0".repeat(40), dirty: false }, reuse: false, dirty: now.dirty },
  ];
  for (const [i, { from, reuse, dirty }] of cases.entries()) {
    const { trial, store } = await stoppedRun(`${folder}/${i}`, from);
    const [outcome] = await supervise([trial], store, { ...OPTIONS, reuse }, silent);
    assert("record" in outcome);
    assertEquals([i, outcome.record.provenance.dirty], [i, dirty]);
    // In place of the checkpoint that it went on from there is that of its end.
    assertEquals(store.checkpoint(trial)!.checkpoint.progress.epoch, 40);
  }
  Deno.removeSync(folder, { recursive: true });
});

Deno.test("a checkpoint beside a finished record is of no use, and goes", async () => {
  const folder = Deno.makeTempDirSync();
  const overrides = { generalisedAbove: 0.01, extraEpochs: 4, maxEpochs: 200 };
  const { trial, store } = await stoppedRun(folder, revision(), overrides);
  const kept = Deno.readFileSync(store.checkpointPath(trial));
  const [first] = await supervise([trial], store, OPTIONS, silent);
  assert("record" in first && first.record.status === "grokked");
  assertEquals(store.checkpoint(trial), null);
  Deno.writeFileSync(store.checkpointPath(trial), kept);
  const [again] = await supervise([trial], store, OPTIONS, silent);
  assert("record" in again && again.reused);
  assertEquals(store.checkpoint(trial), null);
  Deno.removeSync(folder, { recursive: true });
});
