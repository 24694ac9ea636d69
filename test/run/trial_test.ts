import { METHODS } from "../../bench/profiles/methods.ts";
import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { startEngine } from "../../src/engine/mod.ts";
import {
  CheckpointError,
  readCheckpoint,
  type StoredCheckpoint,
  writeCheckpoint,
} from "../../src/run/record/checkpoint.ts";
import { recordOf, steadinessOf } from "../../src/run/record/finish.ts";
import type { RunRecord } from "../../src/run/record/record.ts";
import { rejectionOf } from "../../src/run/record/verify.ts";
import { START } from "../../src/run/progress.ts";
import { TrialRun, UNWATCHED } from "../../src/run/trial_run.ts";
import type { TrialSpec } from "../../src/run/trial.ts";
import { outcomeOf, resolved, specOf, trialOf } from "../support/runs.ts";

const provenance = { deno: "", engineVersions: {}, cpu: "", os: "", commit: null, dirty: null, sources: null };
const code = { revision: { commit: null, dirty: null }, sources: "", computation: "" };

/** Carries out a run in one go, or in pieces of `piece` steps with a checkpoint file between them. */
async function carryOut(spec: TrialSpec, piece = Infinity): Promise<RunRecord> {
  const engine = await startEngine(spec.engine);
  const trial = resolved(spec);
  const problem = await trial.case.prepare(trial.config, spec.seed);
  const path = Deno.makeTempFileSync();
  for (let from: StoredCheckpoint | null = null;; from = readCheckpoint(path)) {
    let steps = 0;
    const hooks = { ...UNWATCHED, onStep: () => ++steps >= piece };
    const run = await TrialRun.start(trial, problem, engine, hooks, from);
    await run.finish();
    const record = run.status ? await recordOf(run, { computation: "", provenance }) : null;
    if (!record) writeCheckpoint(path, { ...await run.checkpoint(), ...code });
    await run.dispose();
    if (!record) continue;
    Deno.removeSync(path);
    return record;
  }
}

const SHORT = { maxEpochs: 12, memorisedAbove: 0.1, extraEpochs: 3 };

/** Those of other papers are in test/catalogue/rivals_test.ts. */
for (const id of METHODS) {
  Deno.test(`${id}: onnx follows the eager oracle over its first losses`, async () => {
    const specs = ["onnx", "cpu"].map((engine) =>
      specOf("tiny-div", id, { ...SHORT, maxEpochs: 4, modulus: 13, batchSize: 16, memorisedAbove: 0.02 }, engine)
    );
    const [compiled, eager] = await Promise.all(specs.map(carryOut));
    assertEquals(compiled.curve.steps.phase, eager.curve.steps.phase);
    compiled.curve.steps.loss.forEach((loss, i) => {
      // Two float32 orders of summation part slowly; Adam's first steps magnify what is rounding in a gradient near 0.
      assertAlmostEquals(loss!, eager.curve.steps.loss[i]!, 5e-3, `loss at row ${i}`);
    });
  });
}

Deno.test("the same trial twice gives byte-identical curves and digest", async () => {
  const spec = specOf("tiny-glyphs", "pp-conn", SHORT);
  assertEquals(outcomeOf(await carryOut(spec)), outcomeOf(await carryOut(spec)));
});

Deno.test("a run whose loss becomes NaN ends as diverged with its curve kept", async () => {
  const record = await carryOut(specOf("tiny-glyphs", "adamw", { learningRate: 1e15, maxEpochs: 50 }));
  assertEquals(record.status, "diverged");
  assert(record.steps < 100 && record.curve.steps.loss.length === record.steps);
  assertEquals(record.curve.steps.loss.at(-1), null);
  assert(Number.isFinite(record.curve.steps.loss[0]));
  assertEquals(record.curve.epochs.epoch[0], 0);
});

Deno.test("a run that reaches its budget is censored, with every milestone it had", async () => {
  const record = await carryOut(specOf("tiny-div", "adamw", { maxEpochs: 5 }));
  assertEquals([record.status, record.generalised, record.steadiness, record.epochs], ["censored", null, null, 5]);
  assertEquals(record.curve.epochs.epoch, [0, 1, 2, 3, 4, 5]);
});

Deno.test("a run goes on for extraEpochs after generalising and judges each of them", async () => {
  const record = await carryOut(
    specOf("tiny-div", "adamw", { ...SHORT, generalisedAbove: 0.01, extraEpochs: 4, maxEpochs: 200 }),
  );
  assertEquals(record.status, "grokked");
  assertEquals(record.epochs, record.generalised!.epoch + 4);
  assertEquals(record.steadiness!.epochs, 4);
  const after = (record.curve.epochs.testAccuracy as number[]).slice(-4);
  assertEquals(record.steadiness!.lowestAccuracy, Math.min(...after));
  assertEquals(record.steadiness!.shareAbove, after.filter((x) => x > 0.01).length / 4);
});

Deno.test("a run until its crossing lasts ends there, passes its own checks, and is no other run up to its first crossing", async () => {
  const settings = { ...SHORT, generalisedAbove: 0.05, extraEpochs: 6, maxEpochs: 200 };
  const [first, sustained] = await Promise.all(
    ["first", "sustained"].map((crossing) => carryOut(specOf("tiny-div", "adamw", { ...settings, crossing }))),
  );
  assert(first.steadiness!.shareAbove < 1, "nothing dips: the test shows nothing");
  assertEquals([first, sustained].map((record) => rejectionOf(record)), [null, null]);
  assertEquals(sustained.generalised, first.generalised);
  assert(sustained.above!.epoch > first.generalised!.epoch);
  assertEquals(sustained.epochs, sustained.above!.epoch + 6);
  assert(sustained.id !== first.id);
});

Deno.test("gradient calls count both agents: one a step alone, two in a hunt with a gradient for the predator", async () => {
  const record = await carryOut(specOf("tiny-div", "ppm-gradpred", { ...SHORT, memorisedAbove: 0.02 }));
  const { phase, step } = record.curve.steps as Record<string, number[]>;
  const hunted = record.steps - step[phase.indexOf(2)] + 1;
  assertEquals(record.gradientCalls, record.steps + hunted);
  // N_d prey-only steps come before.
  assertEquals(phase.filter((p) => p === 1).length, 5);
  assertEquals(record.curve.steps.t[phase.indexOf(1)], 1);
  assertEquals(record.curve.steps.t[phase.indexOf(2)], 6);
});

Deno.test("without push and chase, Algorithm 1 is its control, step for step", async () => {
  const common = { ...SHORT, memorisedAbove: 0.02 };
  const control = await carryOut(specOf("tiny-div", "adam-l2", common));
  const still = await carryOut(specOf("tiny-div", "ppm-nopush", { ...common, alphaP: 0 }));
  assertEquals(still.curve.epochs.testLoss, control.curve.epochs.testLoss);
  assertEquals(still.curve.epochs.trainLoss, control.curve.epochs.trainLoss);
});

Deno.test("distances are measured from the memorised vector once the hunt begins", async () => {
  const { curve } = await carryOut(specOf("tiny-div", "ppm", { maxEpochs: 250, memorisedAbove: 0.5 }));
  const first = curve.steps.phase.indexOf(1);
  // The last step of memorisation is far from initialisation, the first one after it near the memorised vector.
  assert(first > 0 && curve.steps.fromStart[first]! < curve.steps.fromStart[first - 1]! / 5);
  assertEquals(curve.steps.predatorFromStart[first], 0);
});

const SMALL = { modulus: 11, batchSize: 16, memorisedAbove: 0.05, maxEpochs: 9, extraEpochs: 3 };
for (
  const [what, spec] of [
    ["a gradient for the predator", specOf("tiny-div", "ppm-gradpred", SMALL)],
    ["a random push", specOf("tiny-div", "pp-conn-random", SMALL)],
    ["no delay", specOf("tiny-div", "pp-conn", { ...SMALL, nD: 0 })],
    ["no memorisation phase", specOf("tiny-div", "ppm-scratch", SMALL)],
    ["a crossing and epochs after it", specOf("tiny-add", "adam-l2", { ...SMALL, generalisedAbove: 0.01 })],
    ["an end at the crossing", specOf("tiny-add", "adam-l2", { ...SMALL, generalisedAbove: 0.01, extraEpochs: 0 })],
    ["rare evaluations", specOf("tiny-div", "ppm", { ...SMALL, evalEvery: 4 })],
    ["divergence", specOf("tiny-glyphs", "adamw", { learningRate: 1e12, maxEpochs: 30 })],
  ] as const
) {
  Deno.test(`a run in pieces of three steps equals a whole one, with ${what}`, async () => {
    assertEquals(outcomeOf(await carryOut(spec, 3)), outcomeOf(await carryOut(spec)));
  });
}

Deno.test("a run that diverges after it generalised is not called steady", () => {
  const run = {
    progress: { generalised: { epoch: 5, steps: 5, gradientCalls: 5 }, epoch: 8 },
    trajectory: { after: () => [0.9, 0.9, 0.9] },
    trial: trialOf("tiny-div", "adamw", { extraEpochs: 10, generalisedAbove: 0.5 }),
    status: "diverged",
  };
  assertEquals(steadinessOf(run as unknown as TrialRun), { epochs: 10, shareAbove: 0.3, lowestAccuracy: 0 });
});

Deno.test("a checkpoint whose arrays have names that every object has is none", () => {
  const path = Deno.makeTempFileSync();
  const stored = { ...code, spec: specOf("tiny-div", "adamw"), progress: START, curve: { epochs: {}, steps: {} } };
  const timing = { wallSeconds: 0, secondsMemorised: null, secondsGeneralised: null };
  const write = (name: string) =>
    writeCheckpoint(path, {
      ...stored,
      timing,
      id: "0".repeat(16),
      stem: "0".repeat(16),
      arrays: { [name]: new Float32Array(1) },
    });
  write("optimiser/1/firstMoment");
  assert(readCheckpoint(path));
  for (const name of ["constructor/prototype/polluted", "optimiser/constructor", "prototype"]) {
    write(name);
    assertThrows(() => readCheckpoint(path), CheckpointError, "sizes.0.0 must match pattern");
  }
  Deno.removeSync(path);
});
