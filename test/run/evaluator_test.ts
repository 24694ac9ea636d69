import { assertAlmostEquals, assertEquals } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { cases } from "../../bench/cases/mod.ts";
import type { Split } from "../../src/data/dataset.ts";
import { startEngine } from "../../src/engine/mod.ts";
import { unflatten } from "../../src/algorithms/layout.ts";
import { losses } from "../../src/problem/objective.ts";
import { Evaluator } from "../../src/run/evaluator.ts";

/** 1,300 test images do not divide into the calls that 250 training images ask for: the last call is padded. */
const overrides = { trainSize: 250, testSize: 1300, batchSize: 50 };

Deno.test("scores are over every sample once, whatever the calls", async () => {
  const found = cases.find((c) => c.id === "tiny-glyphs")!;
  const problem = await found.prepare(found.configure(overrides), 0);
  const engine = await startEngine("onnx");
  const evaluator = await Evaluator.create(engine, problem);
  const score = {
    train: await evaluator.score(problem.theta0, "train"),
    test: await evaluator.score(problem.theta0, "test"),
  };
  await evaluator.dispose();

  await startEngine("cpu");
  tf.setBackend("cpu");
  const direct = ({ inputs, targets, size }: Split) => {
    const params = unflatten(tf.tensor1d(problem.theta0.slice()), problem.model.layout);
    const pixels = tf.tensor2d(inputs.pixels.values as Float32Array, [size, inputs.pixels.width]);
    const outputs = problem.model.forward(params, { pixels });
    const hits = tf.equal(tf.argMax(outputs, 1), tf.tensor1d(targets, "int32")).dataSync();
    return {
      accuracy: Array.from(hits).reduce((sum, hit) => sum + hit, 0) / size,
      loss: tf.mean(losses.mse(outputs, tf.tensor1d(targets, "int32"))).dataSync()[0],
    };
  };
  for (const split of ["train", "test"] as const) {
    const expected = direct(problem.dataset[split]);
    assertEquals(score[split].accuracy, expected.accuracy);
    // float32 sums of up to 1,300 losses
    assertAlmostEquals(score[split].loss, expected.loss, 1e-5 * expected.loss);
  }
});
