import { assert, assertEquals } from "@std/assert";
import type { Values } from "../../src/declare/field.ts";
import { startEngine } from "../../src/engine/mod.ts";
import { type Checkpoint, readCheckpoint, writeCheckpoint } from "../../src/run/record/checkpoint.ts";
import { nextEvaluation } from "../../src/run/schedule.ts";
import { TrialRun, UNWATCHED } from "../../src/run/trial_run.ts";
import type { Trial } from "../../src/run/trial.ts";
import { fileNames, outcomeOf, recordNames, storeIn } from "../support/runs.ts";
import { bench, inFolder, small, SOURCES, stopped } from "./support.ts";

/** What a run says when it is given up at `first` epochs and then given `more`, beside a straight run with `more`. */
async function extended(folder: string, overrides: Values, first: number, more: number, algorithm = "adamw") {
  const given = (maxEpochs: number) => small({ ...overrides, maxEpochs }, algorithm);
  const straight = await bench(given(more), `${folder}/straight`);
  const short = await bench(given(first), `${folder}/extended`);
  const longer = await bench(given(more), `${folder}/extended`);
  return { straight: straight.record, short: short.record, longer: longer.record, at: longer.from };
}

for (const [first, more] of [[60, 90], [112, 130], [113, 130], [1, 2]]) {
  Deno.test(`a run that was given up at ${first} epochs goes on when the budget is ${more}, to the record of a straight run`, () =>
    inFolder(async (folder) => {
      const { straight, short, longer, at } = await extended(folder, {}, first, more);
      assertEquals([short.status, short.epochs, at], ["censored", first, first]);
      assertEquals(outcomeOf(longer), outcomeOf(straight));
      assertEquals(longer.curve, straight.curve);
      assertEquals(short.curve.epochs.epoch.at(-1), first);
      // What was given up stays a sample of its own.
      assertEquals(recordNames(`${folder}/extended`).length, 2);
    }));
}

Deno.test("112 is no scheduled evaluation, 113 is one", () => {
  const scheduled: number[] = [];
  for (let epoch = 0; epoch < 130; epoch = nextEvaluation(epoch, 0)) scheduled.push(epoch);
  assertEquals([112, 113].map((epoch) => scheduled.includes(epoch)), [false, true]);
});

Deno.test("a run whose extra epochs the budget has cut goes on with them", () =>
  inFolder(async (folder) => {
    const overrides = { generalisedAbove: 0.02, extraEpochs: 20 };
    const { straight, short, longer, at } = await extended(folder, overrides, 12, 200);
    assertEquals([short.status, short.epochs, at], ["grokked", 12, 12]);
    assertEquals([longer.status, longer.epochs], ["grokked", longer.generalised!.epoch + 20]);
    assertEquals(outcomeOf(longer), outcomeOf(straight));
    assertEquals(longer.steadiness, straight.steadiness);
    // It is over for good, and leaves nothing to go on from.
    assertEquals(storeIn(`${folder}/straight`).checkpoint(small({ ...overrides, maxEpochs: 200 })), null);
  }));

/** A run in this process; `watch` gets each checkpoint that it could leave. */
async function follow(trial: Trial, from: Checkpoint | null, watch: (at: Checkpoint, need: string) => void = () => {}) {
  const problem = await trial.case.prepare(trial.config, trial.spec.seed);
  const hooks = {
    ...UNWATCHED,
    onSavePoint: async (run: TrialRun, need: string) => watch(structuredClone(await run.checkpoint()), need),
  };
  const run = await TrialRun.start(trial, problem, await startEngine("onnx"), hooks, from);
  await run.finish();
  const found = { digest: await run.digest(), curve: run.trajectory.curve, progress: run.progress };
  await run.dispose();
  return found;
}

Deno.test("an evaluation that only the budget has asked for starts no phase of a run with more", () =>
  inFolder(async (folder) => {
    const size = { modulus: 23, batchSize: 64 };
    const { curve } = await follow(small({ ...size, maxEpochs: 110, evalEvery: 5 }), null);
    const accuracy = (epoch: number) => curve.epochs.trainAccuracy[epoch / 5]!;
    assert(accuracy(100) < accuracy(105) && accuracy(105) < accuracy(110));
    // Evaluated at 100 and 110: at 105 the threshold is passed, where a longer run does not look.
    const overrides = { ...size, evalEvery: 10, memorisedAbove: (accuracy(100) + accuracy(105)) / 2 };
    const { straight, short, longer, at } = await extended(folder, overrides, 105, 120, "ppm");
    assertEquals([short.memorised?.epoch, at], [105, 105]);
    assertEquals(longer.memorised?.epoch, 110);
    assertEquals(outcomeOf(longer), outcomeOf(straight));
  }));

Deno.test("a run that was interrupted under one budget goes on under a larger one, and one that has gone too far does not under a smaller", () =>
  inFolder(async (folder) => {
    const given = (maxEpochs: number) => small({ maxEpochs }, "ppm-scratch");
    await stopped(given(50), folder);
    const [left] = fileNames(`${folder}/.checkpoints`);
    const longer = await bench(given(70), folder);
    assert(longer.from !== null);
    assertEquals(outcomeOf(longer.record), outcomeOf((await bench(given(70), `${folder}/straight`)).record));
    // It was the other's, and stays its own.
    assertEquals(readCheckpoint(left)!.id, given(50).id);
    Deno.removeSync(left);
    const shorter = await bench(given(50), folder);
    assertEquals(shorter.from, null);
    assertEquals(outcomeOf(shorter.record), outcomeOf((await bench(given(50), `${folder}/straight`)).record));
    assertEquals(shorter.record.epochs, 50);
  }));

Deno.test("from whatever checkpoint a longer run has left, a run that takes it comes to what it would have come to", () =>
  inFolder(async (folder) => {
    const given = (maxEpochs: number) => small({ maxEpochs, memorisedAbove: 0.05 }, "ppm");
    const left: Checkpoint[] = [];
    await follow(given(130), null, (at) => left.push(at));
    const store = storeIn(folder);
    // An epoch that is evaluated in any case, and one that is evaluated at the end of a budget only.
    for (const budget of [20, 106]) {
      const straight = await follow(given(budget), null);
      for (const each of left.filter(({ progress: { epoch } }) => budget - 4 < epoch && epoch < budget + 2)) {
        const code = { revision: { commit: null, dirty: null }, sources: SOURCES, computation: "" };
        writeCheckpoint(store.checkpointPath(given(130)), { ...each, ...code });
        const { epoch } = each.progress;
        const from = store.checkpoint(given(budget));
        assertEquals(from !== null, epoch < budget, `${budget} from ${epoch}`);
        const found = await follow(given(budget), from && from.checkpoint);
        assertEquals(found.curve.epochs.epoch, straight.curve.epochs.epoch, `${budget} from ${epoch}`);
        assertEquals([found.digest, found.progress], [straight.digest, straight.progress], `${budget} from ${epoch}`);
      }
    }
  }));

Deno.test("of several budgets' checkpoints the farthest that a run is not past is gone on from", () =>
  inFolder(async (folder) => {
    for (const maxEpochs of [5, 9, 30]) await bench(small({ maxEpochs }), folder);
    for (const [maxEpochs, at] of [[20, 9], [7, 5], [40, 30]]) {
      const { record, from } = await bench(small({ maxEpochs }), folder);
      assertEquals([from, record.epochs], [at, maxEpochs]);
      assertEquals(
        outcomeOf(record),
        outcomeOf((await bench(small({ maxEpochs }), `${folder}/straight`, false)).record),
      );
    }
    assertEquals((await bench(small({ maxEpochs: 3 }), folder)).from, null);
  }));

Deno.test("a checkpoint of another seed, algorithm or field is none of a run's", () =>
  inFolder(async (folder) => {
    await bench(small({ maxEpochs: 5 }), folder);
    const store = storeIn(folder);
    assert(store.checkpoint(small({ maxEpochs: 9 })));
    assertEquals(store.checkpoint(small({ maxEpochs: 9, beta2: 0.9 })), null);
    assertEquals(store.checkpoint(small({ maxEpochs: 9, beta: 0.9 })), null);
    assertEquals(store.checkpoint(small({ maxEpochs: 9 }, "adam-l2-scratch")), null);
  }));
