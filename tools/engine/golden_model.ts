import * as tf from "@tensorflow/tfjs";
import type { Engine, HostArrays, ProgramSpec } from "../../src/engine/mod.ts";
import { unflatten } from "../../src/algorithms/layout.ts";
import { losses, type LossName } from "../../src/problem/objective.ts";
import { mlp } from "../../src/problem/mlp.ts";
import type { Model } from "../../src/problem/model.ts";
import { sequences, transformer } from "../../src/problem/transformer/mod.ts";

type Nested = number | Nested[];
const flat = (value: Nested): number[] => Array.isArray(value) ? value.flatMap(flat) : [value];

/** A small model whose loss, outputs and gradient are known in float64. */
export interface GoldenModel {
  readonly id: string;
  readonly model: Model;
  readonly loss: LossName;
  /** Parameters: float32 [P]. */
  readonly theta: Float32Array;
  /** Columns and targets of all rows. */
  readonly inputs: HostArrays;
  readonly rows: number;
  readonly expected: Readonly<Record<"loss" | "outputs" | "gradient", readonly number[]>>;
}

const FOLDER = new URL("../../test/golden/", import.meta.url);
// deno-lint-ignore no-explicit-any -- plain JSON, see test/golden/make_golden.py
const read = (name: string): any => JSON.parse(Deno.readTextFileSync(new URL(`${name}.json`, FOLDER)));

/** The golden file keeps query, key and value apart; the layout stacks keys and values. */
function collect(named: Record<string, Nested>, { layout }: Model): number[] {
  return layout.flatMap(({ name }) => {
    if (!name.includes("keyValue")) return flat(named[name]);
    return ["key", "value"].flatMap((part) => flat(named[name.replace("keyValue", part)]));
  });
}

// deno-lint-ignore no-explicit-any -- as above
function goldenModel(id: string, file: any, model: Model, loss: LossName, columns: HostArrays): GoldenModel {
  return {
    id,
    model,
    loss,
    theta: Float32Array.from(collect(file.params, model)),
    inputs: { ...columns, targets: Int32Array.from(file.targets) },
    rows: file.targets.length,
    expected: {
      loss: [file.loss],
      outputs: flat(file.logits ?? file.outputs),
      gradient: collect(file.gradients, model),
    },
  };
}

function goldenTransformer(name: string, sharedPrefix: boolean): GoldenModel {
  const file = read(name);
  const sequence = sequences["a op b ="];
  const own = { activation: "relu", layerNormEpsilon: 1e-5, embeddingStd: 1 } as const;
  const model = transformer({ ...file, ...own, elements: file.modulus, sequence, sharedPrefix });
  const column = (i: number) => Int32Array.from(file.tokens, (row: number[]) => row[i]);
  const id = `${name} ${sharedPrefix ? "shared-prefix" : "plain"}`;
  return goldenModel(id, file, model, "cross-entropy", { a: column(0), b: column(2) });
}

function goldenPerceptron(): GoldenModel {
  const file = read("mlp_mse");
  const pixels = Float32Array.from(flat(file.inputs));
  return goldenModel("mlp_mse", file, mlp({ sizes: file.sizes, input: "pixels" }), "mse", { pixels });
}

const TRANSFORMERS = ["transformer_divide_2layer", "transformer_divide_2layer_pre", "transformer_add_1layer"];

/** Every model of the golden vectors, transformers in both forms. */
export const goldenModels = (): GoldenModel[] => [
  ...TRANSFORMERS.flatMap((name) => [false, true].map((sharedPrefix) => goldenTransformer(name, sharedPrefix))),
  goldenPerceptron(),
];

function program({ model, loss, theta, rows }: GoldenModel): ProgramSpec {
  const inputs = Object.entries(model.inputs).map(([name, { width, dtype }]) =>
    [name, { shape: width === 1 ? [rows] : [rows, width], dtype }] as const
  );
  return {
    state: { theta: { shape: [theta.length], dtype: "float32" } },
    inputs: { ...Object.fromEntries(inputs), targets: { shape: [rows], dtype: "int32" } },
    body: ({ theta, targets, ...columns }) => {
      const outputs = (p: tf.Tensor) => model.forward(unflatten(p as tf.Tensor1D, model.layout), columns);
      const objective = (p: tf.Tensor) => tf.mean(losses[loss](outputs(p), targets as tf.Tensor1D)) as tf.Scalar;
      const { value, grad } = tf.valueAndGrad(objective)(theta);
      return { loss: value, gradient: grad, outputs: outputs(theta) };
    },
  };
}

/** Largest error of each quantity against float64, relative to its largest entry. */
export type Errors = Readonly<Record<keyof GoldenModel["expected"], number>>;

function largestError(found: ArrayLike<number>, expected: readonly number[]): number {
  if (found.length !== expected.length) return Infinity;
  const scale = expected.reduce((max, x) => Math.max(max, Math.abs(x)), 0);
  // NaN counts as infinitely far.
  return expected.reduce(
    (max, x, i) => Math.max(max, Math.abs(found[i] - x) / scale || (found[i] === x ? 0 : Infinity)),
    0,
  );
}

/** Computes a golden model on an engine and says how far it is from float64. */
export async function errorsOn(engine: Engine, golden: GoldenModel): Promise<Errors> {
  const compiled = await engine.compile(program(golden));
  compiled.load({ theta: golden.theta });
  const found = await compiled.run(golden.inputs);
  const { loss, outputs, gradient } = golden.expected;
  const errors = {
    loss: largestError(found.loss, loss),
    outputs: largestError(found.outputs, outputs),
    gradient: largestError(found.gradient, gradient),
  };
  await compiled.dispose();
  return errors;
}
