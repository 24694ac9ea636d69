import { assertAlmostEquals } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { type HostArrays, type ProgramSpec, startEngine } from "../../src/engine/mod.ts";
import { unflatten } from "../../src/models/layout.ts";
import { losses, type LossName } from "../../src/models/loss.ts";
import { mlp } from "../../src/models/mlp.ts";
import type { Model } from "../../src/models/model.ts";
import { sequences, transformer } from "../../src/models/transformer/mod.ts";
import { forEveryEngine } from "../support/engines.ts";
import { golden } from "../support/golden.ts";

/**
 * Float32 against float64: 1e-5 of the largest entry. A sum of n ≲ 100 products in float32 (unit roundoff 6e-8) errs by
 * about √n·6e-8 ≈ 6e-7 a layer; a dozen such stages stay below 1e-5.
 */
const TOLERANCE = 1e-5;

type Nested = number | Nested[];
const flat = (value: Nested): number[] => Array.isArray(value) ? value.flatMap(flat) : [value];

/** The golden file keeps query, key and value apart; the layout stacks keys and values. */
function collect(named: Record<string, Nested>, model: Model): Float32Array {
  const parts = model.layout.flatMap(({ name }) => {
    if (!name.includes("keyValue")) return flat(named[name]);
    return ["key", "value"].flatMap((part) => flat(named[name.replace("keyValue", part)]));
  });
  return Float32Array.from(parts);
}

function assertClose(actual: ArrayLike<number>, expected: ArrayLike<number>, what: string): void {
  const scale = Array.from(expected).reduce((max, x) => Math.max(max, Math.abs(x)), 0);
  for (let i = 0; i < expected.length; i++) {
    assertAlmostEquals(actual[i], expected[i], TOLERANCE * scale, `${what}[${i}]`);
  }
}

function program(model: Model, loss: LossName, rows: number): ProgramSpec {
  const size = model.layout.reduce((sum, p) => sum + p.shape.reduce((a, b) => a * b, 1), 0);
  const inputs = Object.entries(model.inputs).map(([name, { width, dtype }]) =>
    [name, { shape: width === 1 ? [rows] : [rows, width], dtype }] as const
  );
  return {
    state: { theta: { shape: [size], dtype: "float32" } },
    inputs: { ...Object.fromEntries(inputs), targets: { shape: [rows], dtype: "int32" } },
    body: ({ theta, targets, ...columns }) => {
      const outputs = (p: tf.Tensor) => model.forward(unflatten(p as tf.Tensor1D, model.layout), columns);
      const objective = (p: tf.Tensor) => tf.mean(losses[loss](outputs(p), targets as tf.Tensor1D)) as tf.Scalar;
      const { value, grad } = tf.valueAndGrad(objective)(theta);
      return { loss: value, gradient: grad, outputs: outputs(theta) };
    },
  };
}

// deno-lint-ignore no-explicit-any -- golden files are plain JSON
async function check(engineId: string, model: Model, loss: LossName, file: any, inputs: HostArrays) {
  const engine = await startEngine(engineId);
  const compiled = await engine.compile(program(model, loss, file.targets.length));
  compiled.load({ theta: collect(file.params, model) });
  const result = await compiled.run({ ...inputs, targets: Int32Array.from(file.targets) });
  assertClose(result.loss, [file.loss], "loss");
  assertClose(result.outputs, flat(file.logits ?? file.outputs), "outputs");
  assertClose(result.gradient, collect(file.gradients, model), "gradient");
  await compiled.dispose();
}

forEveryEngine((engine) => {
  for (const name of ["transformer_divide_2layer", "transformer_divide_2layer_pre", "transformer_add_1layer"]) {
    for (const sharedPrefix of [false, true]) {
      Deno.test(`${engine}: ${sharedPrefix ? "shared-prefix" : "plain"} ${name} meets the float64 vectors`, async () => {
        const file = golden(name);
        const model = transformer({
          ...file,
          sequence: sequences["a op b ="],
          activation: "relu",
          layerNormEpsilon: 1e-5,
          embeddingStd: 1,
          sharedPrefix,
        });
        const column = (i: number) => Int32Array.from(file.tokens, (row: number[]) => row[i]);
        await check(engine, model, "cross-entropy", file, { a: column(0), b: column(2) });
      });
    }
  }

  Deno.test(`${engine}: the perceptron meets the float64 vectors`, async () => {
    const file = golden("mlp_mse");
    const model = mlp({ sizes: file.sizes, input: "pixels" });
    await check(engine, model, "mse", file, { pixels: Float32Array.from(flat(file.inputs)) });
  });
});
