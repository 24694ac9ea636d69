import { assert, assertEquals, assertRejects, assertThrows } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { catalogue } from "../../bench/mod.ts";
import { type Dataset, select, type Split } from "../../src/data/dataset.ts";
import { stream } from "../../src/data/stream.ts";
import { withDefaults } from "../../src/declare/field.ts";
import { startEngine } from "../../src/engine/mod.ts";
import { UsageError } from "../../src/errors.ts";
import { commonFields, defineCase, type Family } from "../../src/problem/case.ts";
import { mlp } from "../../src/problem/mlp.ts";
import { type LossName, objectiveOf, regression } from "../../src/problem/objective.ts";
import { computationOf } from "../../src/run/computation.ts";
import { TrialRun, UNWATCHED } from "../../src/run/trial_run.ts";
import { resolve } from "../../src/run/trial.ts";

const TRAIN = 48;

/** Two real numbers of two: a product and a difference of squares. */
function surface(size: number, seed: number, name: string): Split {
  const draws = stream(seed, name);
  const point = Float32Array.from({ length: 2 * size }, () => 2 * draws.uniform() - 1);
  const targets = new Float32Array(2 * size);
  for (let i = 0; i < size; i++) {
    const [x, y] = point.subarray(2 * i, 2 * i + 2);
    targets.set([x * y, x * x - y * y], 2 * i);
  }
  return { size, inputs: { point: { dtype: "float32", width: 2, values: point } }, targets, targetWidth: 2 };
}

const fields = withDefaults(commonFields, {
  batchSize: 16,
  memorisedAbove: 0.9,
  generalisedAbove: 0.9,
  extraEpochs: 0,
  maxEpochs: 300,
});

const family: Family<typeof fields> = {
  family: "surface",
  fields,
  check: () => null,
  trainSize: () => TRAIN,
  loss: regression({ width: 2, tolerance: 0.1 }),
  model: () => mlp({ sizes: [2, 32, 2], input: "point" }),
  dataset: (_, seed): Dataset => ({ train: surface(TRAIN, seed, "train"), test: surface(70, seed, "test") }),
};

const name = { id: "surface", summary: "two real numbers of two", source: "for this test" };
const spec = { case: "surface", algorithm: "adamw", seed: 0, engine: "onnx" };

Deno.test("a regression trains from start to outcome, and its accuracy is the share within the tolerance", async () => {
  const found = defineCase(name, family);
  const own = { ...catalogue, cases: [...catalogue.cases, found] };
  const trial = resolve(own, { ...spec, overrides: { learningRate: 0.01, weightDecay: 0 } });
  const problem = await found.prepare(trial.config, 0);
  const run = await TrialRun.start(trial, problem, await startEngine("onnx"), UNWATCHED, null);
  await run.finish();
  const { epochs } = run.trajectory.curve;
  const { prey } = (await run.checkpoint()).arrays;
  await run.dispose();
  assert(epochs.trainLoss.at(-1)! < epochs.trainLoss[0]! / 20, `${epochs.trainLoss[0]} → ${epochs.trainLoss.at(-1)}`);
  assertEquals(run.status, "grokked");
  assert(epochs.testAccuracy[0]! < 0.3 && epochs.testAccuracy.at(-1)! > 0.9);
  // Counted once more without a tensor in sight.
  const { test } = problem.dataset;
  let right = 0;
  for (let i = 0; i < test.size; i++) {
    const [x, y] = test.inputs.point.values.subarray(2 * i, 2 * i + 2);
    const hidden = Array.from(
      { length: 32 },
      (_, j) => Math.max(0, prey[2 * j] * x + prey[2 * j + 1] * y + prey[64 + j]),
    );
    const said = [0, 1].map((k) => hidden.reduce((sum, h, j) => sum + prey[96 + 32 * k + j] * h, prey[160 + k]));
    right += Number(said.every((z, k) => Math.abs(z - test.targets[2 * i + k]) < 0.1));
  }
  assertEquals(epochs.testAccuracy.at(-1), Number((right / test.size).toPrecision(9)));
  assertEquals((await computationOf(trial, problem)).length, 64);
});

Deno.test("real targets of several numbers are gathered row by row", () => {
  const split = surface(5, 0, "train");
  const { targets, targetWidth } = select(split, Int32Array.of(3, 0));
  assertEquals([...targets], [...split.targets.slice(6, 8), ...split.targets.slice(0, 2)]);
  assertEquals(targetWidth, 2);
});

Deno.test("a score is one where every number is within the tolerance, a loss their mean square", () => {
  const { loss, score } = regression({ width: 2, tolerance: 0.5 });
  const outputs = tf.tensor2d([[1, 2], [1, 2.6], [3, 2]]);
  const targets = tf.tensor2d([[1.25, 2], [1, 2], [1, 2]]);
  assertEquals([...score(outputs, targets).dataSync()], [1, 0, 0]);
  assertEquals([...loss(outputs, targets).dataSync()].map((x) => Number(x.toFixed(4))), [0.0313, 0.18, 2]);
});

Deno.test("targets that are not the objective's, and a loss that is none, are refused", async () => {
  const classes = defineCase(name, { ...family, loss: "mse" });
  await assertRejects(
    () => classes.prepare(classes.configure({}), 0),
    UsageError,
    "objective 'mse' takes targets of 1 int32, its data have 2 float32",
  );
  assertThrows(() => objectiveOf("crossentropy" as LossName), UsageError, "did you mean 'cross-entropy'?");
});
