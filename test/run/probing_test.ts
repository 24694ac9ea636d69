import { assert, assertEquals, assertRejects, assertThrows } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { catalogue } from "../../bench/mod.ts";
import { gradientNorm } from "../../bench/probes/gradient_norm.ts";
import type { Phase } from "../../src/algorithms/algorithm.ts";
import { norm, type Vec } from "../../src/algorithms/transform.ts";
import type { Catalogue } from "../../src/catalogue/catalogue.ts";
import { assertApart, columnsOf, defineProbe, onBatch, type Probe } from "../../src/catalogue/probe.ts";
import { stream } from "../../src/data/stream.ts";
import { coreColumns } from "../../src/declare/columns.ts";
import type { Fields } from "../../src/declare/field.ts";
import { startEngine } from "../../src/engine/mod.ts";
import { UsageError } from "../../src/errors.ts";
import { trace } from "../../src/jit/mod.ts";
import type { Problem } from "../../src/problem/case.ts";
import { objectiveOf } from "../../src/problem/objective.ts";
import { compact } from "../../src/run/record/compact.ts";
import { recordOf } from "../../src/run/record/finish.ts";
import { rejectionOf } from "../../src/run/record/verify.ts";
import { stepProgram } from "../../src/run/programs.ts";
import { probeProgram } from "../../src/run/probing.ts";
import { isMeasuredBy } from "../../src/run/trajectory.ts";
import { TrialRun, UNWATCHED } from "../../src/run/trial_run.ts";
import { resolve } from "../../src/run/trial.ts";
import { goldenModels } from "../../tools/engine/golden_model.ts";

const onnx = await startEngine("onnx");

/** Two columns of the weights alone, after steps of a hunt. */
const lengths: Probe<Fields> = {
  id: "lengths",
  summary: "lengths of both agents, and how far they are apart",
  source: "for this test",
  fields: {},
  at: "step",
  needs: ["predator"],
  columns: [{ name: "preyLength", doc: "length of the prey" }, {
    name: "apart",
    doc: "prey to predator",
    unit: "apples",
  }],
  program: (problem, agents, rows) =>
    onBatch(problem, agents, rows, ({ prey, predator }) => ({
      preyLength: norm(prey as Vec),
      apart: norm(tf.sub(prey, predator) as Vec),
    })),
};

const withProbe = (probe: Probe<Fields>): Catalogue => ({
  ...catalogue,
  probes: [...catalogue.probes, defineProbe(probe)],
});

async function started(known: Catalogue, probes: readonly string[], stopAt = Infinity) {
  const spec = {
    case: "tiny-glyphs",
    algorithm: "ppm",
    overrides: { maxEpochs: 12, memorisedAbove: 0.2 },
    seed: 0,
    engine: "onnx",
  };
  const trial = resolve(known, { ...spec, probes });
  const problem = await trial.case.prepare(trial.config, 0);
  const hooks = { ...UNWATCHED, onStep: (run: TrialRun) => run.progress.steps === stopAt };
  return { trial, problem, run: await TrialRun.start(trial, problem, onnx, hooks, null) };
}

Deno.test("a probe of two columns is in curve, record and compact record, null before its agents are there", async () => {
  const { run } = await started(withProbe(lengths), ["lengths", "gradient-norm"]);
  await run.finish();
  const provenance = { deno: "", engineVersions: {}, cpu: "", os: "", commit: null, dirty: null, sources: null };
  const record = await recordOf(run, { computation: "", provenance });
  await run.dispose();
  assertEquals(record.probes, ["gradient-norm", "lengths"]);
  assertEquals(rejectionOf(record), null);
  const { steps, epochs } = record.curve;
  assertEquals(Object.keys(steps).slice(-2), ["preyLength", "apart"]);
  assertEquals(Object.keys(epochs).slice(-2), ["gradientNorm", "predatorGradientNorm"]);
  const there = steps.predatorFromStart.map((x) => x !== null);
  assert(!there[0] && there.at(-1));
  assertEquals(steps.apart.map((x) => x !== null), there);
  assert(epochs.gradientNorm.every((x) => x! > 0));
  // The same vector at the same moment, measured by other code.
  const weightNorm = epochs.weightNorm.at(-1)!;
  assert(Math.abs(steps.preyLength.at(-1)! - weightNorm) < 1e-5 * weightNorm);
  const small = compact(record);
  assertEquals(rejectionOf(small), null);
  assertEquals(small.probes, record.probes);
  assertEquals(small.curve.steps.apart.at(-1), Number(steps.apart.at(-1)!.toPrecision(5)));
  assertEquals(small.curve.epochs.gradientNorm.at(-1), Number(epochs.gradientNorm.at(-1)!.toPrecision(5)));
  assertEquals(compact(small), small);
});

Deno.test("a run that goes on has the columns of one that was not interrupted", async () => {
  const known = withProbe(lengths);
  const ids = ["lengths", "gradient-norm"];
  const whole = await started(known, ids);
  await whole.run.finish();
  const { trial, problem, run } = await started(known, ids, 15);
  await run.finish();
  const checkpoint = structuredClone(await run.checkpoint());
  await run.dispose();
  assert(isMeasuredBy(checkpoint.curve, trial.probes));
  assert(!isMeasuredBy(checkpoint.curve, []) && !isMeasuredBy(checkpoint.curve, [trial.probes[0]]));
  const rest = await TrialRun.start(trial, problem, onnx, UNWATCHED, checkpoint);
  await rest.finish();
  assertEquals(rest.trajectory.curve, whole.run.trajectory.curve);
  await rest.dispose();
  await whole.run.dispose();
});

for (const golden of goldenModels().filter(({ id }) => !id.endsWith("plain"))) {
  Deno.test(`gradient-norm is that of the float64 gradient of ${golden.id}`, async () => {
    const { model, theta, rows, inputs, expected } = golden;
    const problem = { model, objective: objectiveOf(golden.loss), theta0: theta } as Problem;
    const program = await onnx.compile(probeProgram(gradientNorm, problem, ["prey", "predator"], rows));
    program.load({ prey: theta, predator: theta, origin: theta });
    const found = await program.run(inputs);
    const length = Math.hypot(...expected.gradient);
    for (const { name } of gradientNorm.columns) assert(Math.abs(found[name][0] / length - 1) < 1e-5, name);
    await program.dispose();
  });
}

Deno.test("what a probe gives and has not declared is refused by name, and so is what is no scalar", async () => {
  const giving = (outputs: (prey: tf.Tensor) => Record<string, tf.Tensor>) =>
    started(
      withProbe({
        ...lengths,
        at: "evaluation",
        needs: ["prey"],
        program: (problem, agents, rows) => onBatch(problem, agents, rows, ({ prey }) => outputs(prey)),
      }),
      ["lengths"],
    );
  await assertRejects(() => giving((x) => ({ length: norm(x as Vec) })), Error, "gives 'length', which is none of its");
  await assertRejects(() => giving((x) => ({ apart: x })), Error, "'apart' is no scalar");
});

Deno.test("a probe that cannot be one is refused", () => {
  const refused = (changes: Partial<Probe<Fields>>, why: string) =>
    assertThrows(() => defineProbe({ ...lengths, ...changes }), UsageError, why);
  const called = (name: string) => ({ columns: [{ name, doc: "something" }] });
  refused({ id: "Lengths" }, "an id has");
  refused({ source: "" }, "needs a summary and a source");
  refused({ columns: [] }, "declares no columns");
  refused({ at: "epoch" as "step" }, "neither at a 'step' nor at an 'evaluation'");
  refused({ needs: [] }, "needs no agent");
  refused({ needs: ["rider" as "prey"] }, "needs rider");
  refused(called("a-b"), "letters and digits");
  refused(called("prey"), "is there already");
  refused({ columns: [{ name: "length", doc: "" }] }, "needs a meaning");
  refused({ columns: [...lengths.columns, ...lengths.columns] }, "column 'preyLength' is there already");
  for (const { name } of coreColumns) refused(called(name), `column '${name}' is there already`);
  const other = defineProbe({ ...lengths, id: "other" });
  assertThrows(() => assertApart([defineProbe(lengths), other]), UsageError, "of 'lengths'");
  assertThrows(
    () => resolve(catalogue, { ...spec, probes: ["gradient"] }),
    UsageError,
    "did you mean 'gradient-norm'?",
  );
});

const spec = { case: "tiny-div", algorithm: "adamw", overrides: {}, seed: 0, engine: "onnx" };

Deno.test("probes are no part of a run's name, and their order is that of the catalogue", () => {
  const known = withProbe(lengths);
  const [none, both] = [resolve(known, spec), resolve(known, { ...spec, probes: ["lengths", "gradient-norm"] })];
  assertEquals([both.id, both.stem], [none.id, none.stem]);
  assertEquals(both.probes.map(({ id }) => id), ["gradient-norm", "lengths"]);
  assertEquals(columnsOf(both.probes).slice(-2).map(({ table, unit }) => [table, unit]), [
    ["steps", undefined],
    ["steps", "apples"],
  ]);
});

Deno.test("a scalar of a step that would be in no record is refused, not dropped", async () => {
  const { trial, problem, run } = await started(catalogue, []);
  await run.dispose();
  const [phase] = trial.algorithm.phases(trial.hyper, problem.model.layout);
  const chatty: Phase = {
    ...phase,
    step: (...given) => ((stepped) => ({ ...stepped, probes: { sharpness: stepped.loss } }))(phase.step(...given)),
  };
  const { body, state, inputs } = stepProgram(
    problem,
    chatty,
    phase.enter({ prey: problem.theta0 }, stream(0, "x")),
    8,
  );
  assertThrows(() => trace(body, { ...state, ...inputs }), Error, "'sharpness' would be in no record");
});

Deno.test("core columns are those that digests were always of, in their order", () => {
  const names = (table: string) =>
    coreColumns.filter((column) => column.table === table).map(({ name }) => name).join();
  assertEquals(
    names("epochs"),
    "epoch,steps,gradientCalls,phase,batchLoss,trainAccuracy,testAccuracy,trainLoss,testLoss,weightNorm,fromStart," +
      "predatorTrainAccuracy,predatorTestAccuracy,predatorTrainLoss,predatorTestLoss,predatorWeightNorm,predatorFromStart",
  );
  assertEquals(names("steps"), "step,phase,t,loss,stepNorm,fromStart,predatorFromStart,distance,potential");
});
