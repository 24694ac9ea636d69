import * as tf from "@tensorflow/tfjs";
import { type Case, type Given, integers, ints, normal } from "./case.ts";

const reshapes: Case[] = [
  ...[[[6], [2, 3]], [[2, 3], [-1]], [[2, 3, 4], [4, -1]], [[1], []], [[], [1, 1]], [[2, 3], [2, 3]]].map((
    [from, to],
  ) => ({
    name: `Reshape of [${from}] to [${to}]`,
    kernels: ["Reshape"],
    inputs: { x: normal(...from) },
    body: ({ x }: Given) => tf.reshape(x, to),
  })),
  ...[0, 1, 2, -1, -2, -3].map((axis) => ({
    name: `ExpandDims at ${axis}`,
    kernels: ["ExpandDims"],
    inputs: { x: normal(2, 3) },
    body: ({ x }: Given) => tf.expandDims(x, axis),
  })),
  {
    name: "tf.squeeze, tf.flatten and Reshape of int32",
    kernels: ["Reshape"],
    inputs: { x: normal(1, 3, 1), n: integers(0, 9, 2, 3) },
    body: ({ x, n }) => [tf.squeeze(x), tf.squeeze(x, [0]), x.flatten(), tf.reshape(n, [3, 2])],
  },
];

const joins: Case[] = [
  ...([[[3], [2], 0], [[2, 3], [1, 3], 0], [[2, 3], [2, 1], -1], [[2, 1, 3], [2, 4, 3], 1]] as const).map((
    [a, b, axis],
  ) => ({
    name: `Concat of [${a}], [${b}] and again [${a}] along ${axis}`,
    kernels: ["Concat"],
    inputs: { a: normal(...a), b: normal(...b) },
    body: ({ a, b }: Given) => tf.concat([a, b, a], axis),
  })),
  {
    name: "Concat of one, of int32 and of an empty part",
    kernels: ["Concat"],
    inputs: { x: normal(2, 3), n: integers(0, 9, 2, 3) },
    body: ({ x, n }) => [tf.concat([x]), tf.concat([n, n], 1), tf.concat([tf.zeros([0, 3]), x], 0)],
  },
  {
    name: "Concat of nothing but empty parts",
    kernels: ["Concat"],
    inputs: { x: normal(2) },
    body: ({ x }) => tf.concat([x, tf.sum(tf.concat([tf.zeros([0, 3]), tf.zeros([0, 3])], 0)).reshape([1])]),
  },
  ...[0, 1, 2, -1].map((axis) => ({
    name: `Pack of three along ${axis}`,
    kernels: ["Pack"],
    inputs: { a: normal(2, 3), b: normal(2, 3) },
    body: ({ a, b }: Given) => tf.stack([a, b, a], axis),
  })),
  {
    name: "Pack and Unpack of one element, of scalars and of int32",
    kernels: ["Pack", "Unpack"],
    inputs: { x: normal(1, 3), s: normal(), n: integers(0, 9, 3) },
    body: ({ x, s, n }) => [
      tf.stack([x], 1),
      ...tf.unstack(x),
      tf.stack([s, s, s]),
      tf.stack([n, n]),
      ...tf.unstack(n as tf.Tensor),
    ],
    gradient: false, // TensorFlow.js's own gradient of unstacking one element fails
  },
];

const splits: Case[] = [
  ...[0, 1, 2, -1].map((axis) => ({
    name: `Unpack along ${axis}`,
    kernels: ["Unpack"],
    inputs: { x: normal(2, 3, 4) },
    // One part is left out: its gradient is zero.
    body: ({ x }: Given) => tf.unstack(x, axis).slice(1),
  })),
  ...([[2, 0], [3, -1], [[1, 3], 0], [[1, -1, 2], 1], [[6], 1], [1, 0]] as [number | number[], number][]).map((
    [sizes, axis],
  ): Case => ({
    // TensorFlow.js's own gradient of a split into one part fails.
    gradient: sizes !== 1 && String(sizes) !== "6",
    name: `SplitV into ${JSON.stringify(sizes)} along ${axis}`,
    kernels: ["SplitV"],
    inputs: { x: normal(4, 6) },
    body: ({ x }: Given) => tf.split(x as tf.Tensor, Array.isArray(sizes) ? [...sizes] : sizes, axis),
  })),
  {
    name: "SplitV with one part used",
    kernels: ["SplitV"],
    inputs: { x: normal(9), n: integers(0, 9, 4) },
    body: ({ x, n }) => [tf.square(tf.split(x as tf.Tensor, [2, 3, 4])[1]), ...tf.split(n as tf.Tensor, 2)],
  },
];

const windows: Case[] = [
  ...([
    [[4, 5], [1, 2], [2, 3]],
    [[4, 5], [1, 2], undefined],
    [[4, 5], [0, 3], [-1, 2]],
    [[4, 5], 2, undefined],
    [
      [6],
      [2],
      [1],
    ],
    [[2, 3, 4, 5], [1, 0, 2, 1], [1, 3, -1, 2]],
    [[3], [0], [3]],
  ] as [number[], number | number[], number[]?][]).map((
    [shape, begin, size],
  ) => ({
    name: `Slice of [${shape}] from [${begin}], ${size ? `size [${size}]` : "to the end"}`,
    kernels: ["Slice"],
    inputs: { x: normal(...shape), n: integers(0, 9, ...shape) },
    body: ({ x, n }: Given) => [tf.slice(x, begin, size), tf.slice(n, begin, size)],
  })),
  ...([[[3], [[1, 2]]], [[2, 3], [[0, 1], [2, 0]]], [[2, 3], [[0, 0], [0, 0]]], [[1, 2, 3], [[1, 1], [0, 0], [
    2,
    0,
  ]]]] as [number[], [number, number][]][]).map(([shape, paddings]) => ({
    name: `PadV2 of [${shape}] by ${JSON.stringify(paddings)}`,
    kernels: ["PadV2"],
    inputs: { x: normal(...shape), n: integers(0, 9, ...shape) },
    body: ({ x, n }: Given) => [tf.pad(x, paddings), tf.pad(x, paddings, -1.5), tf.pad(n, paddings, 3)],
  })),
  ...[[[3], [2]], [[2, 3], [1, 2]], [[2, 1], [1, 1]], [[1, 2, 3], [2, 1, 2]], [[1, 2, 1, 2], [2, 1, 3, 1]]].map((
    [shape, reps],
  ) => ({
    name: `Tile of [${shape}] by [${reps}]`,
    kernels: ["Tile"],
    inputs: { x: normal(...shape), n: integers(0, 9, ...shape) },
    body: ({ x, n }: Given) => [tf.tile(x, reps), tf.tile(n, reps), tf.tile(tf.cast(n, "bool"), reps)],
  })),
  {
    name: "Tile of constants, in tf.broadcastTo",
    kernels: ["Tile"],
    inputs: { x: normal(2, 3) },
    body: ({ x }) => [tf.broadcastTo(tf.scalar(2), [2, 3]), tf.mul(x, tf.broadcastTo(tf.tensor1d([1, 2, 3]), [2, 3]))],
  },
];

const REPEATED = ints([2, 0, 2, 2, 3], 5);

const gathers: Case[] = [
  ...([[[4], 0], [[4, 3], 0], [[3, 4], 1], [[3, 4], -1], [[2, 4, 3], 1]] as [number[], number][]).map((
    [shape, axis],
  ) => ({
    name: `GatherV2 of [${shape}] along ${axis} with repeated indices`,
    kernels: ["GatherV2"],
    inputs: { x: normal(...shape), at: REPEATED },
    body: ({ x, at }: Given) => tf.gather(x, at, axis),
  })),
  {
    name: "GatherV2 at a matrix of indices, at a scalar and of int32",
    kernels: ["GatherV2"],
    inputs: { x: normal(4, 3), n: integers(0, 9, 4, 3), at: integers(0, 4, 2, 3), one: ints([3], 1) },
    body: ({ x, n, at, one }) => [tf.gather(x, at), tf.gather(x, tf.reshape(one, [])), tf.gather(n, at, 0)],
  },
  {
    name: "UnsortedSegmentSum with unused segments",
    kernels: ["UnsortedSegmentSum"],
    inputs: { x: normal(5, 3), at: REPEATED },
    body: ({ x, at }) => tf.unsortedSegmentSum(x, at, 6),
  },
  {
    name: "UnsortedSegmentSum drops negative ids",
    kernels: ["UnsortedSegmentSum"],
    inputs: { x: normal(5, 3), at: ints([-1, 0, 2, -3, 2]) },
    body: ({ x, at }) => tf.unsortedSegmentSum(x, at, 3),
  },
  {
    name: "UnsortedSegmentSum drops ids beyond the last segment",
    kernels: ["UnsortedSegmentSum"],
    inputs: { x: normal(5, 3), at: ints([0, 3, 2, 9, 2]) },
    body: ({ x, at }) => tf.unsortedSegmentSum(x, at, 3),
    gradient: false, // TensorFlow.js's own gradient gathers beyond the end there
  },
  {
    name: "UnsortedSegmentSum of vectors and of int32",
    kernels: ["UnsortedSegmentSum"],
    inputs: { x: normal(6), n: integers(0, 9, 6), at: ints([0, 1, 1, 0, 1, 0]) },
    body: ({ x, n, at }) => [tf.unsortedSegmentSum(x, at, 3), tf.cast(tf.unsortedSegmentSum(n, at, 3), "int32")],
  },
];

const oneHots: Case[] = ([[[5], 3], [[2, 3], 4], [[4], 2], [[], 3]] as [number[], number][]).map(([shape, depth]) => ({
  name: `OneHot of [${shape}] into ${depth}, out of range included`,
  kernels: ["OneHot"],
  inputs: { at: integers(-1, depth + 1, ...shape) },
  body: ({ at }: Given) => [
    tf.oneHot(at, depth),
    tf.oneHot(at, depth, 1, 0, "float32"),
    tf.oneHot(at, depth, 5, -2),
    tf.oneHot(at, depth, 1, 0, "bool"),
  ],
}));

export const structure: Case[] = [...reshapes, ...joins, ...splits, ...windows, ...gathers, ...oneHots];
