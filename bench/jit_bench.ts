/**
 * A step of a small perceptron (the second example of src/jit/README.md) compiled and operation by operation, for
 * `deno bench -P=bench-engine bench/jit_bench.ts`.
 */
import * as tf from "@tensorflow/tfjs";
import { compile, type Tensors } from "../src/jit/mod.ts";
import { startEngine } from "../src/engine/mod.ts";
import { stream } from "../src/data/stream.ts";

const [PIXELS, HIDDEN, DIGITS, BATCH] = [64, 32, 10, 64];
const SIZES = [PIXELS * HIDDEN, HIDDEN, HIDDEN * DIGITS, DIGITS];
const SIZE = SIZES.reduce((a, b) => a + b);

function step({ theta, m, v, x, digit, rate }: Tensors): Tensors {
  const loss = (theta: tf.Tensor) => {
    const [w1, b1, w2, b2] = tf.split(theta, SIZES);
    const hidden = tf.relu(tf.add(tf.matMul(x, tf.reshape(w1, [PIXELS, HIDDEN])), b1));
    const logProbabilities = tf.logSoftmax(tf.add(tf.matMul(hidden, tf.reshape(w2, [HIDDEN, DIGITS])), b2));
    return tf.neg(tf.mean(tf.sum(tf.mul(tf.oneHot(digit as tf.Tensor1D, DIGITS), logProbabilities), 1))) as tf.Scalar;
  };
  const { value, grad } = tf.valueAndGrad(loss as never)(theta);
  const first = tf.add(tf.mul(m, 0.9), tf.mul(grad, 0.1));
  const second = tf.add(tf.mul(v, 0.99), tf.mul(tf.square(grad), 0.01));
  const update = tf.div(tf.mul(first, rate), tf.add(tf.sqrt(second), 1e-8));
  return { loss: value, theta: tf.sub(theta, update), m: first, v: second };
}

const float = (...shape: number[]) => ({ shape, dtype: "float32" } as const);
const spec = {
  state: { theta: float(SIZE), m: float(SIZE), v: float(SIZE) },
  inputs: { x: float(BATCH, PIXELS), digit: { shape: [BATCH], dtype: "int32" } as const, rate: float() },
  body: step,
};
const normal = stream(0, "bench").normal;
const drawn = (size: number, scale: number) => Float32Array.from({ length: size }, () => scale * normal());
const state = { theta: drawn(SIZE, 0.1), m: new Float32Array(SIZE), v: new Float32Array(SIZE) };
const inputs = {
  x: drawn(BATCH * PIXELS, 1),
  digit: Int32Array.from({ length: BATCH }, (_, i) => i % DIGITS),
  rate: Float32Array.of(1e-3),
};

const programs = {
  "compiled": await compile(spec),
  "wasm, eager": await (await startEngine("wasm")).compile(spec),
  "plain JavaScript, eager": await (await startEngine("cpu")).compile(spec),
};
for (const [name, program] of Object.entries(programs)) {
  program.load(state);
  const isBaseline = name === "compiled";
  Deno.bench(name, { group: "a step of Adam on 64 digits", baseline: isBaseline }, async () => {
    await program.run(inputs);
  });
}
