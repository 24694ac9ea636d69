import * as tf from "@tensorflow/tfjs";
import { type Case, floats, type Given, integers, normal } from "./case.ts";

type Binary = (a: tf.Tensor, b: tf.Tensor) => tf.Tensor;

const OPERATORS: [name: string, apply: Binary][] = [
  ["+", tf.add],
  ["−", tf.sub],
  ["·", tf.mul],
  ["/", tf.div],
  ["^", tf.pow],
  ["max", tf.maximum],
  ["<", tf.less],
];

/** Neutral and absorbing numbers on either side, as a scalar, of the same shape, and widening the result. */
const identities: Case[] = OPERATORS.flatMap(([sign, apply]) =>
  [0, 1, -0].flatMap((number) =>
    [[], [3], [2, 3], [4, 2, 3], [1], [1, 1]].map((shape) => ({
      name: `x ${sign} ${Object.is(number, -0) ? "−0" : number} and the reverse, constant of [${shape}]`,
      kernels: [],
      inputs: { x: floats([-1.5, 2, 0.5, 3, -2, 4], 2, 3) },
      body: ({ x }: Given) => [apply(x, tf.fill(shape, number)), apply(tf.fill(shape, number), tf.abs(x))],
      gradient: false,
    }))
  )
);

const identityGradients: Case[] = OPERATORS.slice(0, 5).flatMap(([sign, apply]) =>
  [0, 1].map((number) => ({
    name: `derivative of x ${sign} ${number} and the reverse`,
    kernels: [],
    inputs: { x: floats([1.5, 2, 0.5, 3, 2, 4], 2, 3) },
    body: ({ x }: Given) => [apply(x, tf.ones([4, 2, 3]).mul(number)), apply(tf.scalar(number), x)],
  }))
);

/** Every pairing of shapes where one, the other or both operands are uniform constants or explicit expansions. */
const widened = (kind: string, x: tf.Tensor, shape: number[]) =>
  kind === "uniform" ? tf.fill(shape, 2.5) : kind === "expansion" ? tf.add(x, tf.zeros(shape)) : tf.add(x, 1);

const SHAPES: [number[], number[]][] = [
  [[1], [1]],
  [[1, 1], [1]],
  [[1, 1], []],
  [[1, 3], [2, 1]],
  [[2, 1], [1, 3]],
  [[2, 3], [2, 3]],
  [[2, 3], [3]],
  [[3], [2, 3]],
  [[1, 1], [2, 3]],
  [[2, 1], [2, 3]],
];
const KINDS = ["uniform", "expansion", "computed"];

const uniforms: Case[] = SHAPES.flatMap(([a, b]) =>
  KINDS.flatMap((left) =>
    KINDS.map((right) => ({
      name: `${left} [${a}] with ${right} [${b}]`,
      kernels: [],
      inputs: { x: normal(), y: normal(1) },
      body: ({ x, y }: Given) => {
        const [first, second] = [widened(left, x, a), widened(right, b.length ? y : x, b)];
        return [tf.add(first, second), tf.sub(first, second), tf.greater(first, second)];
      },
      gradient: false,
    }))
  )
);

/** Expansions of a part, so that one operand covers some axes and the other the rest. */
const expansions: Case[] = [
  {
    name: "an expansion of a row with a column, and of a column with a row",
    kernels: ["Add", "Multiply"],
    inputs: { row: normal(1, 3), column: normal(2, 1) },
    body: ({ row, column }) => {
      const [rows, columns] = [tf.add(row, tf.zeros([2, 3])), tf.mul(column, tf.ones([2, 3]))];
      return [tf.mul(rows, columns), tf.sub(rows, column), tf.div(row, tf.exp(columns)), tf.add(rows, rows)];
    },
  },
  {
    name: "an expansion under a wider tensor, and an expansion of an expansion",
    kernels: ["Add", "Multiply"],
    inputs: { x: normal(3), y: normal(2, 2, 3) },
    body: ({ x, y }) => {
      const once = tf.add(x, tf.zeros([2, 3]));
      const twice = tf.mul(once, tf.ones([2, 2, 3]));
      return [tf.mul(once, y), tf.mul(y, twice), tf.mul(twice, once), tf.sub(twice, x)];
    },
  },
  {
    name: "gradients of means and sums, whose ones are uniform",
    kernels: ["Mean", "Sum"],
    inputs: { x: normal(4, 3), y: normal(4, 1) },
    body: ({ x, y }) => [
      tf.mean(tf.mul(x, tf.sum(x, 0))),
      tf.sum(tf.mul(tf.mean(x, 1, true), y)),
      tf.mean(tf.square(tf.sub(x, y))),
    ],
  },
];

const reshapes: Case[] = [
  {
    name: "reshapes of reshapes, back to the start and of constants",
    kernels: ["Reshape"],
    inputs: { x: normal(2, 6) },
    body: ({ x }) => [
      tf.reshape(tf.reshape(tf.reshape(x, [12]), [3, 4]), [4, 3]),
      tf.add(tf.reshape(tf.reshape(x, [12]), [2, 6]), x),
      tf.reshape(tf.tensor1d([1, 2, 3, 4]), [2, 2]),
      tf.mul(tf.reshape(tf.ones([12]), [2, 6]), x),
      tf.reshape(tf.transpose(tf.reshape(x, [6, 2])), [2, 6]),
    ],
  },
  {
    name: "constants that differ in the sign of a zero are kept apart",
    kernels: ["RealDiv"],
    inputs: { x: floats([1, 1]) },
    body: ({ x }) => [tf.div(x, tf.tensor1d([1, 0])), tf.div(x, tf.tensor1d([1, -0])), tf.div(x, tf.scalar(-0))],
    gradient: false,
  },
];

/** Operands of tf.where, each a scalar, a vector, a row, a column or a matrix. */
const OPERANDS: [number[], number[], number[]][] = [
  [[2, 3], [2, 3], [2, 3]],
  [[2, 3], [], []],
  [[2, 3], [2, 3], []],
  [[2, 3], [], [3]],
  [[3], [2, 3], [2, 3]],
  [[2, 1], [1, 3], [2, 3]],
  [[], [2, 3], [2, 3]],
  [[4, 2, 3], [2, 3], [1]],
  [[], [], []],
];

const selects: Case[] = [
  ...OPERANDS.map(([c, a, b]) => ({
    name: `Select of [${a}] and [${b}] by [${c}]`,
    kernels: ["Select"],
    inputs: { c: integers(0, 2, ...c), a: normal(...a), b: normal(...b) },
    body: ({ c, a, b }: Given) => [
      tf.where(tf.cast(c, "bool"), a, b),
      tf.where(tf.greater(c, 0), a, tf.zerosLike(a)),
      tf.where(tf.greater(c, 0), tf.onesLike(b), b),
    ],
  })),
  {
    name: "Select of scalars, of int32, of mixed types and of uniform tensors",
    kernels: ["Select"],
    inputs: { x: normal(2, 3), n: integers(-2, 3, 2, 3) },
    body: ({ x, n }) => {
      const positive = tf.greater(x, 0);
      return [
        tf.where(positive, 1, 0),
        tf.where(positive, n, tf.mul(n, tf.scalar(2, "int32"))),
        tf.where(positive, x, n),
        tf.where(positive, n, x),
        tf.where(tf.ones([2, 3], "bool"), x, tf.zeros([2, 3])),
        tf.where(positive, tf.ones([2, 3]), tf.fill([2, 3], -1)),
      ];
    },
    gradient: false,
  },
];

/** Beyond 1,024 elements the file holds the number and the shape only. */
const large: Case = {
  name: "uniform constants of 2,000 elements as operands and as results",
  kernels: ["Fill"],
  inputs: { x: normal(2000), n: integers(0, 3, 1, 2000) },
  body: ({ x, n }) => [
    tf.fill([2000], 0.1),
    tf.ones([40, 50], "int32"),
    tf.logicalNot(tf.ones([2, 2000], "bool")),
    tf.logicalOr(tf.cast(n, "bool"), tf.ones([3, 2000], "bool")),
    tf.concat([x, tf.fill([2000], -2.5)]),
    tf.sum(tf.mul(tf.exp(tf.fill([2000], 0.5)), x)),
    tf.matMul(tf.ones([2, 2000]), tf.reshape(x, [2000, 1])),
  ],
  tolerance: 1e-5, // sums of 2,000 terms: √2000 · 6e-8 ≈ 3e-6, in two orders of summation
};

const shared: Case = {
  name: "common subexpressions with different attributes stay apart",
  kernels: ["Sum", "Transpose"],
  inputs: { x: normal(3, 3) },
  body: ({ x }) => [
    ...[tf.sum(x, 0), tf.sum(x, 1), tf.sum(x, 0, true), tf.mean(x, 0), tf.mean(x, 1), tf.max(x, 0), tf.max(x, 1)],
    ...[tf.transpose(x), tf.matMul(x, x), tf.matMul(x, x, true), tf.matMul(x, x, false, true)],
    ...[tf.softmax(x), tf.cast(x, "int32"), tf.cast(x, "bool"), tf.sub(x, tf.square(x)), tf.sub(tf.square(x), x)],
  ],
};

export const peepholes: Case[] = [
  ...[...identities, ...identityGradients, ...uniforms, ...expansions],
  ...[...reshapes, ...selects, large, shared],
];
