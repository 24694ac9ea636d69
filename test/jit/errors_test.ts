import { assertEquals, assertThrows } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { BACKEND, trace, TraceError } from "../../src/jit/mod.ts";
import type { Given } from "./case.ts";
import { runGraph } from "./compare.ts";

const SPECS = {
  x: { shape: [2, 3], dtype: "float32" },
  n: { shape: [2, 3], dtype: "int32" },
} as const;

type Body = (given: Given) => tf.Tensor;
const traced = (body: Body) => trace((given) => ({ y: body(given) }), SPECS);

function sound(): void {
  assertEquals(traced(({ x }) => tf.exp(x)).nodes.map(({ op }) => op), ["Exp"]);
}

/** Programs that cannot be traced, and what the error shall say. */
const REFUSED: [what: string, body: Body, says: string][] = [
  ["tf.cumsum, which has no lowering", ({ x }) => tf.cumsum(x), "'Cumsum' has no lowering"],
  ["tf.topk, which has no lowering", ({ x }) => tf.topk(x, 2).values, "'TopK' has no lowering"],
  ["a gradient without lowering", ({ x }) => tf.grad((v) => tf.elu(v))(x), "'Elu' has no lowering"],
  ["a quotient of int32", ({ n }) => tf.div(n, n), "'FloorDiv' has no lowering"],
  ["dataSync", ({ x }) => tf.scalar(x.dataSync()[0]), "reads a tensor's data"],
  ["arraySync", ({ x }) => tf.tensor(x.arraySync()), "reads a tensor's data"],
  ["print", ({ x }) => (x.print(), x), "reads a tensor's data"],
  ["a read within a gradient", ({ x }) => tf.grad((v) => v.mul(v.dataSync()[0]))(x), "reads a tensor's data"],
  ["a power of int32", ({ n }) => tf.pow(n, n), "Pow of int32 has no lowering; cast to float32"],
  ["an exponential of int32", ({ n }) => tf.exp(n), "Exp of int32"],
  ["a reciprocal of int32", ({ n }) => tf.reciprocal(n), "Reciprocal of int32"],
  ["a matrix product of int32", ({ n }) => tf.matMul(n, n, false, true), "BatchMatMul of int32"],
  ["a sum of two bool", ({ n }) => tf.add(tf.cast(n, "bool"), tf.cast(n, "bool")), "Add of bool"],
  ["an order of bool", ({ n }) => tf.less(tf.cast(n, "bool"), tf.cast(n, "bool")), "Less of bool"],
  ["a maximum of bool", ({ n }) => tf.max(tf.cast(n, "bool")), "Max of bool"],
  ["a choice of bool", ({ n }) => {
    const b = tf.cast(n, "bool");
    return tf.where(b, b, b);
  }, "Select of bool"],
  ["a concatenation of mixed types", ({ x, n }) => tf.concat([x, n]), "with parts of int32"],
  ["a gather with batch axes", ({ x, n }) => tf.gather(x, n, 1, 1), "batchDims has no lowering"],
  [
    "a fused activation but relu",
    ({ x }) => tf.fused.matMul({ a: x, b: x, transposeB: true, activation: "sigmoid" }),
    "'sigmoid' has no lowering",
  ],
  ["a slice that begins before the start", ({ x }) => tf.slice(x, [-2, 0], [1, 1]), "begin at [-2,0]"],
  ["matrices that do not fit", ({ x }) => tf.matMul(x, x), "matrices of [2,3] and [2,3] do not fit"],
  ["a constant of text", () => tf.tensor1d(["a", "b"]), "'string' cannot be traced"],
  ["a cast to complex64", ({ x }) => tf.cast(x, "complex64"), "'complex64' cannot be traced"],
  ["a nested trace", ({ x }) => (sound(), x), "traces do not nest"],
  ["a result that is no tensor", () => 3 as unknown as tf.Tensor, "output 'y' is not a tensor"],
];

for (const [what, body, says] of REFUSED) {
  Deno.test(`trace() refuses ${what}, restores the backend and works again`, () => {
    tf.setBackend("cpu");
    assertThrows(() => traced(body), TraceError, says);
    assertEquals(tf.getBackend(), "cpu");
    sound();
  });
}

Deno.test("trace() refuses tensors from outside, as operands and as results", () => {
  tf.setBackend("cpu");
  const outside = tf.tensor2d([[1, 2, 3]]);
  assertThrows(() => traced(({ x }) => tf.add(x, outside)), TraceError, "pass it as an input");
  assertThrows(() => traced(() => outside), TraceError, "pass it as an input");
  assertThrows(() => traced(({ x }) => tf.add(x, tf.reshape(outside, [3]))), TraceError, "pass it as an input");
  assertEquals([...outside.dataSync()], [1, 2, 3]);
  outside.dispose();
});

Deno.test("trace() refuses tensors of an earlier trace", () => {
  tf.setBackend("cpu");
  const kept: tf.Tensor[] = [];
  traced(({ x }) => {
    kept.push(tf.keep(tf.exp(x)));
    return x;
  });
  assertThrows(() => traced(({ x }) => tf.add(x, kept[0])), TraceError, "pass it as an input");
  kept[0].dispose();
});

Deno.test("trace() refuses functions that are asynchronous or return nothing", () => {
  const later = (({ x }: Given) => Promise.resolve({ y: x })) as unknown as Parameters<typeof trace>[0];
  assertThrows(() => trace(later, SPECS), TraceError, "must return tensors by name");
  assertThrows(() => trace(() => ({}), SPECS), TraceError, "must return tensors by name");
});

Deno.test("trace() checks shapes as the eager backends do", () => {
  assertThrows(() => traced(({ x }) => tf.concat([x, tf.reshape(x, [3, 2])], 0)), Error, "does not match the shape");
  assertThrows(() => traced(({ x }) => tf.stack([x, tf.reshape(x, [3, 2])])), Error, "does not match the shape");
  assertThrows(() => traced(({ x }) => tf.slice(x, [0, 2], [2, 2])), Error, "would overflow");
  assertThrows(() => traced(({ x }) => tf.split(x as tf.Tensor, 2, 1)[0]), Error, "evenly divide");
  assertThrows(() => traced(({ x }) => tf.split(x as tf.Tensor, [1, 1], 1)[0]), Error, "must match the size");
  assertThrows(() => traced(({ x }) => tf.reshape(x, [4])), Error, "Size(6)");
});

Deno.test("trace() leaves the caller's split sizes alone", () => {
  const sizes = [1, -1];
  traced(({ x }) => tf.split(x as tf.Tensor, sizes, 1)[0]);
  assertEquals(sizes, [1, -1]);
});

Deno.test("trace() lets a function that catches a nested trace's error go on", () => {
  const graph = traced(({ x }) => {
    assertThrows(sound, TraceError);
    return tf.sin(x);
  });
  assertEquals(graph.nodes.map(({ op }) => op), ["Sin"]);
});

Deno.test("trace() hands errors of the traced function on unchanged", () => {
  const thrown = new RangeError("mine");
  const error = assertThrows(() =>
    traced(() => {
      throw thrown;
    })
  );
  assertEquals(error, thrown);
  assertThrows(() => traced(({ x }) => tf.add(x, tf.ones([2]))), Error, "broadcast");
});

Deno.test("trace() leaves the number of tensors as it was, and eager work possible", () => {
  tf.setBackend("cpu");
  const eager = tf.tensor1d([1, 2]);
  const before = tf.memory();
  const square = (x: tf.Tensor) => tf.sum(tf.square(tf.softmax(x))) as tf.Scalar;
  trace(({ x }) => ({ x, y: x, ...tf.valueAndGrad(square)(x), z: tf.scalar(1) }), SPECS);
  assertThrows(() => traced(({ x }) => tf.cumsum(tf.exp(x))), TraceError);
  const after = tf.memory();
  assertEquals([after.numTensors, after.numDataBuffers], [before.numTensors, before.numDataBuffers]);
  assertEquals([...tf.add(eager, 1).dataSync()], [2, 3]);
  tf.disposeVariables();
});

Deno.test("trace() inside tf.tidy keeps the caller's tensors alive", () => {
  tf.setBackend("cpu");
  tf.tidy(() => {
    const mine = tf.tensor1d([1, 2]);
    sound();
    assertEquals([...mine.dataSync()], [1, 2]);
  });
});

Deno.test("operations on the tracer's backend outside of a trace are refused", () => {
  tf.setBackend(BACKEND);
  assertThrows(() => tf.scalar(1), TraceError, "outside of a trace");
  tf.setBackend("cpu");
});

Deno.test("trace() works before TensorFlow.js has chosen a backend, and chooses `cpu`", () => {
  (tf.engine() as { backendName?: string }).backendName = undefined;
  sound();
  assertEquals(tf.getBackend(), "cpu");
  assertEquals(tf.tidy(() => tf.scalar(2).dataSync()[0]), 2);
});

Deno.test("results may be inputs, constants, int32, bool, or the same value under several names", async () => {
  const graph = trace(({ x, n }) => {
    const y = tf.neg(x);
    const c = tf.scalar(7, "int32");
    return { x, same: x, y, again: y, n, twice: tf.add(n, n), c, d: c, e: tf.tensor1d([1, 2]), b: tf.greater(x, 0) };
  }, SPECS);
  const x = { shape: [2, 3], dtype: "float32", data: [1, -2, 3, -4, 5, -6] };
  const n = { shape: [2, 3], dtype: "int32", data: [1, 2, 3, 4, 5, 6] };
  const results = await runGraph(graph, { x, n });
  const [y, c] = [{ ...x, data: x.data.map((v) => -v) }, { shape: [], dtype: "int32", data: [7] }];
  const twice = { ...n, data: n.data.map((v) => 2 * v) };
  const b = { shape: [2, 3], dtype: "bool", data: [1, 0, 1, 0, 1, 0] };
  const e = { shape: [2], dtype: "float32", data: [1, 2] };
  assertEquals(results, { x, same: x, y, again: y, n, twice, c, d: c, e, b });
});
