import * as tf from "@tensorflow/tfjs";
import { BACKEND } from "../../src/jit/mod.ts";
import { type Case, type Given, normal } from "./case.ts";

const flags = [[false, false], [false, true], [true, false], [true, true]];
const flip = ([m, n]: number[], yes: boolean) => yes ? [n, m] : [m, n];
const say = (transposeA: boolean, transposeB: boolean) => `${transposeA ? "aᵀ" : "a"}·${transposeB ? "bᵀ" : "b"}`;

const matrices: Case[] = flags.flatMap(([transposeA, transposeB]) =>
  [[3, 4, 5], [1, 4, 5], [3, 1, 5], [3, 4, 1], [1, 1, 1]].map(([m, k, n]) => ({
    name: `BatchMatMul of ${say(transposeA, transposeB)}, ${m}×${k}×${n}`,
    kernels: ["BatchMatMul"],
    inputs: { a: normal(...flip([m, k], transposeA)), b: normal(...flip([k, n], transposeB)) },
    body: ({ a, b }: Given) => tf.matMul(a, b, transposeA, transposeB),
  }))
);

const batches: Case[] = flags.flatMap(([transposeA, transposeB]) =>
  [[[2], [2]], [[2, 3], [2, 3]]].map(([left, right]) => ({
    name: `BatchMatMul of ${say(transposeA, transposeB)}, batches [${left}] and [${right}]`,
    kernels: ["BatchMatMul"],
    inputs: { a: normal(...left, ...flip([3, 4], transposeA)), b: normal(...right, ...flip([4, 2], transposeB)) },
    body: ({ a, b }: Given) => tf.matMul(a, b, transposeA, transposeB),
  }))
);

/**
 * TensorFlow.js has no gradient of a broadcast batch, and its `cpu` backend is wrong where both sides are repeated
 * ([2, 1] and [1, 3]), so the oracle repeats them first.
 */
const broadcastBatches: Case[] = [[[1], [3]], [[3], [1]], [[2, 1], [1, 3]], [[], [3]], [[3], []]].map((
  [left, right],
) => ({
  name: `BatchMatMul of broadcast batches [${left}] and [${right}]`,
  kernels: ["BatchMatMul"],
  inputs: { a: normal(...left, 2, 4), b: normal(...right, 4, 3) },
  body: ({ a, b }: Given) => {
    if (tf.getBackend() === BACKEND) return tf.matMul(a, b);
    const outer = tf.broadcast_util.assertAndGetBroadcastShape(left, right);
    return tf.matMul(tf.broadcastTo(a, [...outer, 2, 4]), tf.broadcastTo(b, [...outer, 4, 3]));
  },
  gradient: false,
}));

const fused: Case[] = flags.flatMap(([transposeA, transposeB]) =>
  (["linear", "relu"] as const).map((activation) => ({
    name: `_FusedMatMul of ${say(transposeA, transposeB)}, ${activation}`,
    kernels: ["_FusedMatMul"],
    inputs: {
      a: normal(...flip([3, 4], transposeA)),
      b: normal(...flip([4, 5], transposeB)),
      bias: normal(5),
    },
    body: ({ a, b, bias }: Given) => [
      tf.fused.matMul({ a, b, bias, transposeA, transposeB, activation }),
      tf.fused.matMul({ a, b, transposeA, transposeB, activation }),
    ],
  }))
);

/** The kernel as another caller than `tf.fused` may call it: with matrices, which `tf.fused` reshapes to three axes. */
const fusedMatrices: Case[] = [[5], [1, 5], [3, 5], [3, 1], [1, 1], []].map((shape) => ({
  name: `_FusedMatMul of matrices with a bias of [${shape}]`,
  kernels: ["_FusedMatMul"],
  inputs: { a: normal(3, 4), b: normal(4, 5), bias: normal(...shape) },
  body: ({ a, b, bias }: Given) => {
    const attributes = { transposeA: false, transposeB: false, activation: "relu" };
    return tf.engine().runKernel("_FusedMatMul", { a, b, bias }, attributes) as tf.Tensor;
  },
  gradient: false,
}));

const PERMUTATIONS = [[0], [1, 0], [0, 1], [2, 0, 1], [0, 2, 1], [3, 1, 0, 2], [0, 2, 1, 3]];

const transposes: Case[] = PERMUTATIONS.map((perm) => ({
  name: `Transpose by [${perm}]`,
  kernels: perm.length > 1 ? ["Transpose"] : [],
  inputs: { x: normal(...[2, 3, 4, 5].slice(0, perm.length)) },
  body: ({ x }: Given) => [tf.transpose(x, perm), tf.transpose(tf.transpose(x, perm)), tf.transpose(x)],
}));

/** Attention as a model would write it. */
const attention: Case = {
  name: "BatchMatMul, Softmax and Transpose in an attention",
  kernels: ["BatchMatMul", "Softmax", "Transpose"],
  inputs: { query: normal(2, 3, 4, 5), key: normal(2, 4, 3, 5), value: normal(2, 3, 4, 5) },
  body: ({ query, key, value }) => {
    const scores = tf.matMul(query, tf.transpose(key, [0, 2, 1, 3]), false, true);
    return tf.matMul(tf.softmax(tf.mul(scores, 1 / Math.sqrt(5))), value);
  },
};

const vectors: Case = {
  name: "tf.dot and tf.outerProduct",
  kernels: ["BatchMatMul", "Reshape"],
  inputs: { a: normal(4), b: normal(4), m: normal(4, 3) },
  body: ({ a, b, m }) => [tf.dot(a, b), tf.dot(a, m), tf.outerProduct(a, b)],
};

/** What `biasedProduct` of kernels/elementwise.ts may take for one Gemm, and what it may not. */
const biases: Case[] = [[5], [1, 5], [1], [], [3, 1], [3, 5], [1, 1], [2, 3, 5]].flatMap((shape) =>
  [true, false].map((first) => ({
    name: `a matrix product ${first ? "+" : "after"} a bias of [${shape}]`,
    kernels: ["BatchMatMul", "Add"],
    inputs: { a: normal(3, 4), b: normal(4, 5), bias: normal(...shape) },
    body: ({ a, b, bias }: Given) => first ? tf.add(tf.matMul(a, b), bias) : tf.add(bias, tf.matMul(a, b)),
  }))
);

const products: Case[] = [
  ...([
    [[1, 5], [5]],
    [[1, 5], [1]],
    [[1, 5], [3, 5]],
    [[1, 5], [3, 1]],
    [[3, 1], [1]],
    [[3, 1], [3, 1]],
    [[3, 1], [5]],
    [
      [3, 1],
      [1, 5],
    ],
    [[1, 1], [3, 2]],
    [[1, 1], [1, 1]],
  ] as const).map(([[m, n], shape]) => ({
    name: `a product of [${m}, ${n}] + a bias of [${shape}]`,
    kernels: ["BatchMatMul", "Add"],
    inputs: { a: normal(m, 4), b: normal(4, n), bias: normal(...shape) },
    body: ({ a, b, bias }: Given) => tf.add(tf.matMul(a, b), bias),
  })),
  {
    name: "a product used with two biases, without one and in its own bias",
    kernels: ["BatchMatMul", "Add"],
    inputs: { a: normal(3, 4), b: normal(4, 5), c: normal(5), d: normal(1, 5) },
    body: ({ a, b, c, d }) => {
      const product = tf.matMul(a, b);
      return [tf.add(product, c), tf.add(product, d), product, tf.add(product, tf.sum(product, 0))];
    },
  },
  {
    name: "a product with a bias twice over, with a uniform one and with another product",
    kernels: ["BatchMatMul", "Add"],
    inputs: { a: normal(3, 4), b: normal(4, 5), c: normal(5), row: normal(1, 4) },
    body: ({ a, b, c, row }) => [
      tf.add(tf.add(tf.matMul(a, b), c), c),
      tf.add(tf.matMul(a, b), tf.fill([5], 0.5)),
      tf.add(tf.matMul(a, b), tf.zeros([5])),
      tf.add(tf.matMul(a, b), tf.matMul(row, b)),
      tf.add(tf.matMul(row, b), tf.matMul(a, b)),
      tf.add(tf.matMul(a, b), tf.matMul(a, b)),
    ],
  },
];

export const linear: Case[] = [
  ...matrices,
  ...batches,
  ...broadcastBatches,
  ...fused,
  ...fusedMatrices,
  ...transposes,
  ...biases,
  ...products,
  attention,
  vectors,
];
