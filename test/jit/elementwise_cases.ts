import * as tf from "@tensorflow/tfjs";
import { between, type Case, floats, type Input, integers, ints, normal, whole } from "./case.ts";

type Unary = (x: tf.Tensor) => tf.Tensor;
type Binary = (a: tf.Tensor, b: tf.Tensor) => tf.Tensor;
type Shaped = (...shape: number[]) => Input;

const away = (low: number, high: number): Shaped => (...shape) => between(low, high, ...shape);

/** Kernel, operation and a range that keeps away from poles. */
const UNARY: [kernel: string, apply: Unary, of: Shaped][] = [
  ["Abs", tf.abs, normal],
  ["Ceil", tf.ceil, normal],
  ["Cos", tf.cos, normal],
  ["Erf", tf.erf, normal],
  ["Exp", tf.exp, normal],
  ["Floor", tf.floor, normal],
  ["Log", tf.log, away(0.1, 5)],
  ["Neg", tf.neg, normal],
  ["Reciprocal", tf.reciprocal, away(0.2, 3)],
  ["Relu", tf.relu, normal],
  ["Rsqrt", tf.rsqrt, away(0.1, 5)],
  ["Sigmoid", tf.sigmoid, normal],
  ["Sign", tf.sign, (...shape) => whole(-2, 3, ...shape)],
  ["Sin", tf.sin, normal],
  ["Softplus", tf.softplus, normal],
  ["Sqrt", tf.sqrt, away(0.1, 5)],
  ["Square", tf.square, normal],
  ["Step", tf.step, (...shape) => whole(-2, 3, ...shape)],
  ["Tanh", tf.tanh, normal],
];

const SHAPES = [[], [7], [3, 4], [2, 3, 4], [2, 1, 3, 2]];

const unary: Case[] = UNARY.flatMap(([kernel, apply, of]) =>
  SHAPES.map((shape) => ({
    name: `${kernel} of [${shape}]`,
    kernels: [kernel],
    inputs: { x: of(...shape) },
    body: ({ x }) => apply(x),
  }))
);

/** Both ways of broadcasting, at ranks that differ and at ranks that agree. */
const PAIRS = [
  [[], []],
  [[5], [5]],
  [[4], []],
  [[], [2, 3]],
  [[2, 3], [3]],
  [[3], [2, 3]],
  [[2, 3], [2, 1]],
  [[1, 3], [2, 1]],
  [[1], [1, 1]],
  [[2, 1, 3], [4, 1]],
  [[3, 1], [2, 1, 4]],
  [[2, 1, 3, 1], [4, 1, 5]],
];

const ARITHMETIC: [kernel: string, apply: Binary, of: Shaped][] = [
  ["Add", tf.add, normal],
  ["Multiply", tf.mul, normal],
  ["Pow", tf.pow, away(0.3, 2)],
  ["RealDiv", tf.div, away(0.5, 2)],
  ["Sub", tf.sub, normal],
];

const arithmetic: Case[] = ARITHMETIC.flatMap(([kernel, apply, of]) =>
  PAIRS.map(([a, b]) => ({
    name: `${kernel} of [${a}] and [${b}]`,
    kernels: [kernel],
    inputs: { a: of(...a), b: of(...b) },
    body: ({ a, b }) => apply(a, b),
  }))
);

const UNBROADCAST: [kernel: string, apply: Binary][] = [
  ["Maximum", tf.maximum],
  ["Minimum", tf.minimum],
  ["SquaredDifference", tf.squaredDifference],
];

/** TensorFlow.js has no gradient of these when broadcast; that of a tie goes to `a`, and ties are frequent here. */
const extremes: Case[] = UNBROADCAST.flatMap(([kernel, apply]) =>
  PAIRS.map(([a, b]) => ({
    name: `${kernel} of [${a}] and [${b}] with ties`,
    kernels: [kernel],
    inputs: { a: whole(0, 3, ...a), b: whole(0, 3, ...b) },
    body: ({ a, b }) => apply(a, b),
    gradient: String(a) === String(b),
  }))
);

const COMPARISON: [kernel: string, apply: Binary][] = [
  ["Equal", tf.equal],
  ["Greater", tf.greater],
  ["GreaterEqual", tf.greaterEqual],
  ["Less", tf.less],
  ["LessEqual", tf.lessEqual],
];

const comparison: Case[] = COMPARISON.flatMap(([kernel, apply]) =>
  PAIRS.flatMap(([a, b]) =>
    [whole, integers].map((of) => ({
      name: `${kernel} of ${of === whole ? "float32" : "int32"} [${a}] and [${b}]`,
      kernels: [kernel],
      inputs: { a: of(0, 3, ...a), b: of(0, 3, ...b) },
      body: ({ a, b }) => apply(a, b),
    }))
  )
);

const truth = (x: tf.Tensor) => tf.cast(x, "bool");

const logical: Case[] = PAIRS.flatMap(([a, b]) =>
  ([["LogicalAnd", tf.logicalAnd], ["LogicalOr", tf.logicalOr], ["Equal", tf.equal]] as [string, Binary][]).map((
    [kernel, apply],
  ) => ({
    name: `${kernel} of bool [${a}] and [${b}]`,
    kernels: [kernel, "Cast", "LogicalNot"],
    inputs: { a: integers(0, 2, ...a), b: integers(0, 2, ...b) },
    body: ({ a, b }) => [apply(truth(a), truth(b)), tf.logicalNot(truth(a))],
  }))
);

const int32: Case[] = [
  ...([
    ["Add", tf.add],
    ["Multiply", tf.mul],
    ["Sub", tf.sub],
    ["Maximum", tf.maximum],
    ["Minimum", tf.minimum],
    ["SquaredDifference", tf.squaredDifference],
  ] as [string, Binary][]).map(([kernel, apply]) => ({
    name: `${kernel} of int32`,
    kernels: [kernel],
    inputs: { a: integers(-9, 9, 4, 3), b: integers(-9, 9, 3) },
    body: ({ a, b }: Record<string, tf.Tensor>) => apply(a, b),
  })),
  ...([
    ["Abs", tf.abs],
    ["Neg", tf.neg],
    ["Relu", tf.relu],
    ["Sign", tf.sign],
    ["Square", tf.square],
    ["Step", tf.step],
  ] as [string, Unary][]).map(([kernel, apply]) => ({
    name: `${kernel} of int32`,
    kernels: [kernel],
    inputs: { x: integers(-3, 4, 4, 3) },
    body: ({ x }: Record<string, tf.Tensor>) => apply(x),
  })),
  {
    name: "int32 and float32 meet in float32",
    kernels: ["Add", "Cast"],
    inputs: { a: integers(-9, 9, 3), b: normal(2, 3) },
    body: ({ a, b }) => [tf.add(a, b), tf.mul(b, a), tf.div(a, tf.add(tf.square(b), 1))],
  },
];

const casts: Case[] = [
  {
    name: "Cast of float32 to int32 truncates towards zero",
    kernels: ["Cast"],
    inputs: { x: floats([-2.7, -1.5, -0.5, -0, 0, 0.5, 0.999, 1, 1.5, 2.7, 16777216, -1e9]) },
    body: ({ x }) => tf.cast(x, "int32"),
  },
  {
    name: "Cast of float32 to bool is false at both zeros only",
    kernels: ["Cast"],
    inputs: { x: floats([-2, -0.3, -0, 0, 1e-30, 0.3, 7, Infinity, NaN]) },
    body: ({ x }) => [tf.cast(x, "bool"), tf.cast(tf.cast(x, "bool"), "float32")],
    gradient: false,
  },
  {
    name: "Cast of int32 to bool and back",
    kernels: ["Cast"],
    inputs: { x: ints([-2, -1, 0, 1, 256]) },
    body: ({ x }) => [truth(x), tf.cast(truth(x), "int32"), tf.cast(truth(x), "float32"), tf.cast(x, "float32")],
  },
  {
    name: "Cast's gradient passes through a truncation",
    kernels: ["Cast"],
    inputs: { x: normal(5), y: normal(5) },
    body: ({ x, y }) => tf.mul(tf.cast(tf.cast(x, "int32"), "float32"), y),
  },
];

const constants: Case[] = SHAPES.map((shape) => ({
  name: `constants of [${shape}]`,
  kernels: ["Fill", "ZerosLike", "OnesLike", "Identity"],
  inputs: { x: normal(...shape), n: integers(0, 5, ...shape) },
  body: ({ x, n }) => [
    tf.fill([...shape], 2.5),
    tf.fill([...shape], 2, "int32"),
    tf.zerosLike(x),
    tf.onesLike(n),
    tf.clone(x),
    tf.add(x, tf.fill([...shape], 0.1)),
    tf.ones([...shape], "bool"),
  ],
}));

const special: Case[] = [
  {
    name: "Step with a slope below zero",
    kernels: ["Step"],
    inputs: { x: whole(-2, 3, 3, 4) },
    body: ({ x }) => tf.step(x, 0.25),
  },
  {
    name: "saturating functions of large arguments",
    kernels: ["Sigmoid", "Tanh", "Softplus", "Erf"],
    inputs: { x: floats([-200, -90, -20, 20, 90, 200]) },
    body: ({ x }) => [tf.sigmoid(x), tf.tanh(x), tf.softplus(x), tf.erf(x)],
  },
  {
    name: "Pow of zero, negative and whole arguments",
    kernels: ["Pow"],
    inputs: { a: floats([0, 0, -2, -2, -2, 3, 3]), b: floats([0, 2, 0, 2, 3, 2, 3]) },
    body: ({ a, b }) => tf.pow(a, b),
    gradient: false,
  },
  {
    name: "infinities and NaN pass arithmetic",
    kernels: ["Add", "Multiply", "Exp", "Log", "Sqrt"],
    inputs: { x: floats([Infinity, -Infinity, NaN, 0, -1]) },
    body: ({ x }) => [tf.add(x, 1), tf.mul(x, 2), tf.exp(x), tf.log(x), tf.sqrt(x), tf.square(x), tf.abs(x)],
    gradient: false,
  },
];

export const elementwise: Case[] = [
  ...unary,
  ...arithmetic,
  ...extremes,
  ...comparison,
  ...logical,
  ...int32,
  ...casts,
  ...constants,
  ...special,
];
