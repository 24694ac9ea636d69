import * as tf from "@tensorflow/tfjs";
import { BACKEND, normalise } from "../../src/jit/mod.ts";
import { type Case, floats, integers, normal, whole } from "./case.ts";

type Reduction = (x: tf.Tensor, axis?: number | number[], keepDims?: boolean) => tf.Tensor;

const REDUCTIONS: [kernel: string, apply: Reduction][] = [
  ["Sum", tf.sum],
  ["Mean", tf.mean],
  ["Max", tf.max],
  ["Min", tf.min],
];

const AXES: [shape: number[], axis: number | number[] | undefined][] = [
  [[], undefined],
  [[5], undefined],
  [[5], 0],
  [[3, 4], undefined],
  [[3, 4], -1],
  [[3, 4], [0]],
  [[3, 4], [1, 0]],
  [[2, 3, 4], -2],
  [[2, 3, 4], [0, -1]],
  [[2, 3, 1, 4], [1, 2]],
  [[2, 3, 2, 4], [-4, 3]],
  [[3, 4], []],
];

const reductions: Case[] = REDUCTIONS.flatMap(([kernel, apply]) =>
  AXES.flatMap(([shape, axis]) =>
    [false, true].map((keepDims) => ({
      name: `${kernel} of [${shape}] over ${axis === undefined ? "all" : `[${axis}]`}${keepDims ? ", kept" : ""}`,
      kernels: [kernel],
      // Whole numbers: the extremes have ties, whose gradient goes to every one of them.
      inputs: { x: kernel.startsWith("M") && kernel !== "Mean" ? whole(0, 4, ...shape) : normal(...shape) },
      body: ({ x }) => apply(x, axis, keepDims),
    }))
  )
);

const otherTypes: Case[] = [
  ...REDUCTIONS.map(([kernel, apply]) => ({
    name: `${kernel} of int32`,
    kernels: [kernel],
    inputs: { x: integers(-5, 6, 3, 4) },
    body: ({ x }: Record<string, tf.Tensor>) => [apply(x), apply(x, 0), apply(x, -1, true)],
  })),
  {
    name: "Sum and Mean of bool",
    kernels: ["Sum", "Mean"],
    inputs: { x: integers(-1, 2, 3, 4) },
    body: ({ x }) => {
      const positive = tf.greater(x, 0);
      return [tf.sum(positive), tf.sum(positive, 1), tf.mean(positive), tf.mean(positive, 0, true)];
    },
  },
];

const argMax: Case[] = ([[[5], 0], [[3, 4], 0], [[3, 4], 1], [[3, 4], -1], [[2, 3, 4], 1]] as [number[], number][])
  .flatMap(([shape, axis]) =>
    [whole, integers].map((of) => ({
      name: `ArgMax of ${of === whole ? "float32" : "int32"} [${shape}] over ${axis} takes the first of ties`,
      kernels: ["ArgMax"],
      inputs: { x: of(0, 3, ...shape) },
      body: ({ x }) => tf.argMax(x, axis),
    }))
  );

/** `tf.logSoftmax` is composed of other kernels; the kernel of that name exists only where a backend brings it. */
function logSoftmax(x: tf.Tensor): tf.Tensor {
  if (tf.getBackend() !== BACKEND) return tf.logSoftmax(x);
  return tf.engine().runKernel("LogSoftmax", { logits: x }, { axis: x.rank - 1 }) as tf.Tensor;
}

const LARGE = [1000, 999, -1000, 88, 89, -104, 3e38, 0, -3e38, 5, 5, 5];

const softmaxes: Case[] = [
  ...[[6], [3, 4], [2, 3, 4], [2, 1, 3, 2], [3, 1]].map((shape) => ({
    name: `Softmax and LogSoftmax of [${shape}]`,
    kernels: ["Softmax", "LogSoftmax"],
    inputs: { x: normal(...shape) },
    body: ({ x }: Record<string, tf.Tensor>) => [tf.softmax(x), logSoftmax(x), tf.logSoftmax(x)],
  })),
  {
    name: "Softmax and LogSoftmax of large values stay finite",
    kernels: ["Softmax", "LogSoftmax"],
    inputs: { x: floats(LARGE, 4, 3) },
    body: ({ x }) => [tf.softmax(x), logSoftmax(x), tf.logSoftmax(x)],
  },
];

/** Layer normalisation as TensorFlow.js would differentiate it, without the hand-written gradient. */
function composed(x: tf.Tensor, epsilon: number): tf.Tensor {
  const centred = tf.sub(x, tf.mean(x, -1, true));
  return tf.mul(centred, tf.rsqrt(tf.add(tf.mean(tf.square(centred), -1, true), epsilon)));
}

const normalisations: Case[] = [[8], [3, 8], [2, 3, 8], [2, 1, 3, 8]].flatMap((shape): Case[] => [
  {
    name: `Normalise of [${shape}]`,
    kernels: ["Normalise"],
    inputs: { x: normal(...shape) },
    body: ({ x }) => normalise(x, 1e-5),
  },
  {
    name: `Normalise of [${shape}], large epsilon, gain and bias`,
    kernels: ["Normalise"],
    inputs: { x: normal(...shape), gain: normal(8), bias: normal(8) },
    body: ({ x, gain, bias }) => tf.add(tf.mul(normalise(x, 0.1), gain), bias),
  },
  {
    // Traced, this is the fused operator; eagerly, it is the composition with TensorFlow.js's own gradient.
    name: `Normalise of [${shape}] against the composed gradient`,
    kernels: ["Normalise"],
    inputs: { x: normal(...shape) },
    body: ({ x }) => tf.getBackend() === BACKEND ? normalise(x, 1e-5) : composed(x, 1e-5),
  },
]);

const composites: Case[] = [
  {
    name: "tf.logSumExp, tf.moments and tf.norm",
    kernels: ["Max", "Sum", "Mean", "Sqrt"],
    inputs: { x: normal(3, 4) },
    body: ({ x }) => {
      const { mean, variance } = tf.moments(x, 1);
      const deviation = tf.sqrt(tf.mean(tf.square(tf.sub(x, tf.mean(x, 0))), 0));
      return [tf.logSumExp(x, 1), mean, variance, tf.norm(x), deviation];
    },
  },
];

export const reduction: Case[] = [
  ...reductions,
  ...otherTypes,
  ...argMax,
  ...softmaxes,
  ...normalisations,
  ...composites,
];
