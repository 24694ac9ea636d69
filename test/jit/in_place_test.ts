import { assert, assertEquals } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { stream } from "../../src/data/stream.ts";
import { overwritable, type Tensors, trace } from "../../src/jit/mod.ts";
import { startOnnx } from "../../src/engine/onnx.ts";

const vector = { shape: [4], dtype: "float32" } as const;

interface Program {
  readonly what: string;
  readonly may: boolean;
  readonly body: (given: Tensors) => Record<string, tf.Tensor>;
}

/** State x, input g: may x be written where it is read? */
const PROGRAMS: readonly Program[] = [
  { what: "an update after all readers", may: true, body: ({ x, g }) => ({ x: tf.sub(x, tf.mul(g, x)) }) },
  { what: "an update that does not read it itself", may: true, body: ({ x, g }) => ({ x: tf.add(tf.mul(x, 0.5), g) }) },
  { what: "a reader that may run later", may: false, body: ({ x, g }) => ({ x: tf.sub(x, g), y: tf.sin(x) }) },
  {
    what: "a reader of the new value",
    may: true,
    body: ({ x, g }) => ((v) => ({ x: v, y: tf.mul(v, g) }))(tf.sub(x, g)),
  },
  { what: "a function beside the arithmetic", may: false, body: ({ x, g }) => ({ x: tf.add(tf.sin(x), g) }) },
  { what: "the old value as an output", may: false, body: ({ x, g }) => ({ x: tf.sub(x, g), old: x }) },
  {
    what: "a writer that is not elementwise",
    may: false,
    body: ({ x, g }) => ({ x: tf.concat(tf.split(tf.add(x, g), 2).reverse()) }),
  },
  { what: "a value that passes through", may: false, body: ({ x, g }) => ({ x, y: tf.add(x, g) }) },
  { what: "an input in its place", may: false, body: ({ x, g }) => ({ x: g, y: tf.sin(x) }) },
];

for (const { what, may, body } of PROGRAMS) {
  Deno.test(`state with ${what} ${may ? "may" : "may not"} be written in place`, () => {
    assertEquals(overwritable(trace(body, { x: vector, g: vector }), "x"), may);
  });

  Deno.test(`state with ${what} has the values of an eager run, step after step`, async () => {
    const engine = await startOnnx();
    const program = await engine.compile({ state: { x: vector }, inputs: { g: vector }, body });
    program.load({ x: Float32Array.of(1, -2, 3, 0.5) });
    let x: tf.Tensor = tf.tensor1d([1, -2, 3, 0.5]);
    for (let step = 1; step <= 4; step++) {
      const g = Float32Array.of(0.1, step, -1, 0.25);
      const results = await program.run({ g });
      const { x: next, ...eager } = body({ x, g: tf.tensor1d(g.slice()) });
      for (const [name, tensor] of Object.entries(eager)) close(results[name], tensor);
      close((await program.state()).x, x = next);
    }
    await program.dispose();
  });
}

const SIDE = 256;
const flat = { shape: [SIDE * SIDE], dtype: "float32" } as const;
const square = { shape: [SIDE, SIDE], dtype: "float32" } as const;
const batched = { shape: [1, SIDE, SIDE], dtype: "float32" } as const;

const matrix = (x: tf.Tensor, rows = SIDE): tf.Tensor2D => tf.reshape(x, [rows, SIDE]);
const vectorOf = (x: tf.Tensor): tf.Tensor1D => tf.reshape(x, [-1]);
const rowSums = (x: tf.Tensor) => tf.sum(x, -1);

interface LargeProgram extends Program {
  readonly spec: { readonly shape: readonly number[]; readonly dtype: "float32" };
}

/** What ONNX Runtime makes of the traced operators decides: views, and kernels that stand for several of them. */
const LARGE: readonly LargeProgram[] = [
  {
    what: "a view that is read after the update",
    may: false,
    spec: flat,
    body: ({ x, g }) => {
      const s = matrix(x);
      const next = tf.sub(tf.add(x, g), tf.mul(vectorOf(tf.matMul(s, s, false, true)), 0.01));
      return { x: next, y: rowSums(tf.matMul(s, matrix(next), true, false)) };
    },
  },
  {
    what: "a view of it in the whole update (a step of Newton and Schulz, as in Muon)",
    may: false,
    spec: flat,
    body: ({ x, g }) => {
      const s = matrix(tf.add(x, g));
      const cubed = tf.matMul(tf.matMul(s, s, false, true), s);
      return { x: vectorOf(tf.sub(tf.mul(s, 1.5), tf.mul(cubed, 0.01))) };
    },
  },
  {
    what: "an update that is a scaled product of it, transposed or not",
    may: false,
    spec: batched,
    body: ({ x, g }) => ({ x: tf.mul(tf.matMul(x, x, false, true), 0.01), y: rowSums(g) }),
  },
  {
    what: "an update that is a scaled product of it",
    may: false,
    spec: batched,
    body: ({ x, g }) => ({ x: tf.mul(tf.matMul(x, x), 0.01), y: rowSums(g) }),
  },
  {
    what: "an update that is a product of it and a summand",
    may: false,
    spec: square,
    body: ({ x, g }) => ({ x: tf.add(tf.mul(tf.matMul(x, x, true, false), 0.01), g) }),
  },
  {
    what: "a multiple of it in a product after the update",
    may: false,
    spec: batched,
    body: ({ x, g }) => {
      const tenth = tf.mul(x, 0.1);
      const next = tf.add(tenth, g);
      return { x: next, y: rowSums(tf.matMul(tenth, next)) };
    },
  },
  {
    what: "an update that is a multiple of it, in a product",
    may: false,
    spec: batched,
    body: ({ x, g }) => ((next) => ({ x: next, y: rowSums(tf.matMul(next, tf.add(next, g))) }))(tf.mul(x, 0.9)),
  },
  {
    what: "its transpose in a product after the update",
    may: false,
    spec: batched,
    body: ({ x, g }) => {
      const turned = tf.transpose(x, [0, 2, 1]);
      const next = tf.add(tf.add(turned, g), tf.mul(x, 0.5));
      return { x: next, y: rowSums(tf.matMul(turned, next)) };
    },
  },
  {
    what: "an update that is one activation of it",
    may: false,
    spec: square,
    body: ({ x, g }) => ({ x: tf.mul(x, tf.sigmoid(tf.mul(x, 1.702))), y: rowSums(g) }),
  },
  {
    what: "an operation that vanishes, before a reader that runs later",
    may: false,
    spec: square,
    body: ({ x, g }) => {
      const same = tf.mul(x, tf.sqrt(tf.scalar(1)));
      const next = tf.add(same, g);
      return { x: next, y: rowSums(tf.mul(same, next)) };
    },
  },
  {
    what: "parts of it that are read after the update",
    may: true,
    spec: flat,
    body: ({ x, g }) => {
      const [a, b] = tf.split(x, 2);
      const next = tf.add(x, tf.mul(g, tf.concat([b, a])));
      const [c] = tf.split(next, 2);
      return { x: next, y: rowSums(tf.matMul(matrix(a, SIDE / 2), matrix(c, SIDE / 2), false, true)) };
    },
  },
];

for (const { what, may, spec, body } of LARGE) {
  Deno.test(`a large state with ${what} ${may ? "may" : "may not"} be written in place, and has the eager values`, async () => {
    const numbers = stream(0, what);
    const draw = (scale: number) => Float32Array.from({ length: SIDE * SIDE }, () => scale * (numbers.uniform() - 0.5));
    const program = await (await startOnnx()).compile({ state: { x: spec }, inputs: { g: spec }, body });
    const start = draw(1);
    program.load({ x: start });
    let x: tf.Tensor = tf.tensor(start.slice(), [...spec.shape]);
    for (let step = 1; step <= 3; step++) {
      const g = draw(0.1);
      const results = await program.run({ g });
      const { x: next, ...eager } = body({ x, g: tf.tensor(g.slice(), [...spec.shape]) });
      for (const [name, tensor] of Object.entries(eager)) near(results[name], tensor);
      near((await program.state()).x, x = next);
    }
    await program.dispose();
    assertEquals(overwritable(trace(body, { x: spec, g: spec }), "x"), may);
  });
}

/** Sums of 256 products in another order: an error of 1e-6, where a value that is no longer there makes one of 0.1. */
function near(actual: ArrayLike<number>, expected: tf.Tensor): void {
  const wanted = expected.dataSync<"float32">();
  const largest = wanted.reduce((most, v) => Math.max(most, Math.abs(v)), 0);
  const worst = wanted.reduce((most, v, i) => Math.max(most, Math.abs(v - actual[i])), 0);
  assert(worst < 1e-5 * largest, `off by ${worst} where the largest is ${largest}`);
}

/** A few elementwise float32 operations: sin of two libraries may differ in the last place. */
function close(actual: ArrayLike<number>, expected: tf.Tensor): void {
  const rounded = (x: ArrayLike<number>) => Array.from(x, (v) => Number(v.toFixed(5)));
  assertEquals(rounded(actual), rounded(expected.dataSync()));
}
