import { assert, assertEquals, assertNotEquals } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { startOnnx } from "../../src/engine/onnx/start.ts";
import { encodeOnnx, type Graph, loweredKernels, normalise, trace } from "../../src/jit/mod.ts";
import type { Given } from "./case.ts";

const float = (...shape: number[]) => ({ shape, dtype: "float32" } as const);
const ops = (graph: Graph) => graph.nodes.map(({ op }) => op);

/** The operators of one function of x: float32 [2, 3]. */
const opsOf = (body: (given: Given) => tf.Tensor, shape = [2, 3]) =>
  ops(trace((given) => ({ y: body(given) }), { x: float(...shape) }));

/** One training step of a perceptron with layer normalisation, `rows` samples at once. */
function step(rows: number): Graph {
  const specs = { a: float(6, 5), b: float(5), c: float(5, 2), inputs: float(rows, 6), targets: float(rows, 2) };
  return trace(({ a, b, c, inputs, targets }) => {
    const loss = (a: tf.Tensor, b: tf.Tensor, c: tf.Tensor) => {
      const hidden = tf.relu(normalise(tf.add(tf.matMul(inputs, a), b), 1e-5));
      return tf.mean(tf.square(tf.sub(tf.matMul(hidden, c), targets))) as tf.Scalar;
    };
    const { value, grads } = tf.valueAndGrads(loss as never)([a, b, c]);
    const [da, db, dc] = grads.map((grad) => tf.mul(grad, -0.1));
    return { value, a: tf.add(a, da), b: tf.add(b, db), c: tf.add(c, dc) };
  }, specs);
}

Deno.test("tracing twice gives the same bytes", () => {
  assertEquals(encodeOnnx(step(7)), encodeOnnx(step(7)));
  assertNotEquals(encodeOnnx(step(7)), encodeOnnx(step(8)));
});

Deno.test("an eager computation or another trace in between changes no byte", () => {
  const first = encodeOnnx(step(7));
  tf.tidy(() => tf.add(1, 2));
  opsOf(({ x }) => tf.sin(x));
  assertEquals(encodeOnnx(step(7)), first);
});

Deno.test("the model does not grow with the batch", () => {
  const [small, large] = [step(8), step(8192)].map((graph) => encodeOnnx(graph).length);
  // A dimension of 8192 takes one byte more than one of 8, and appears in shapes only; stored, it would be 64 KiB.
  assert(large - small < 200, `grew by ${large - small} bytes`);
});

Deno.test("what no result needs is left out", () => {
  const graph = trace(({ x }) => {
    tf.matMul(tf.exp(x), tf.sin(x), true);
    const [value] = tf.split(tf.cos(x) as tf.Tensor, 2);
    return { value };
  }, { x: float(2, 3), unused: float(4) });
  assertEquals(ops(graph), ["Cos", "Split"]);
  assertEquals(graph.inputs.map(({ input }) => input), ["x", "unused"]);
});

Deno.test("common subexpressions appear once", () => {
  const shared = opsOf(({ x }) => tf.add(tf.mul(tf.sin(x), tf.cos(x)), tf.exp(tf.mul(tf.sin(x), tf.cos(x)))));
  assertEquals(shared, ["Sin", "Cos", "Mul", "Exp", "Add"]);
  const sums = opsOf(({ x }) => tf.sub(tf.sum(x, 1), tf.sum(x, -1)));
  assertEquals(sums, ["ReduceSum", "Sub"]);
  const constants = trace(({ x }) => ({ y: tf.mul(tf.add(x, [1, 2, 3]), [1, 2, 3]) }), { x: float(2, 3) });
  assertEquals(constants.nodes[0].inputs[1], constants.nodes[1].inputs[1]);
});

/** What a program becomes. */
const FOLDED: [what: string, body: (given: Given) => tf.Tensor, becomes: string[], shape?: number[]][] = [
  ["x + 0", ({ x }) => tf.add(x, 0), []],
  ["0 + x", ({ x }) => tf.add(0, x), []],
  ["x − 0", ({ x }) => tf.sub(x, tf.zeros([3])), []],
  ["0 − x", ({ x }) => tf.sub(0, x), ["Sub"]],
  ["x · ones", ({ x }) => tf.mul(x, tf.onesLike(x)), []],
  ["x / 1", ({ x }) => tf.div(x, 1), []],
  ["1 / x", ({ x }) => tf.div(1, x), ["Div"]],
  ["x ^ 1", ({ x }) => tf.pow(x, 1), []],
  ["1 ^ x", ({ x }) => tf.pow(1, x), ["Pow"]],
  ["x · 0, for x may be infinite", ({ x }) => tf.mul(x, 0), ["Mul"]],
  ["a widening sum with zeros", ({ x }) => tf.add(x, tf.zeros([4, 2, 3])), ["Expand"]],
  ["an expansion under a tensor of its shape", ({ x }) => tf.mul(tf.add(tf.sum(x, 1, true), tf.zeros([2, 3])), x), [
    "ReduceSum",
    "Mul",
  ]],
  ["the gradient of a mean", ({ x }) => tf.grad((v) => tf.mean(tf.square(v)))(x), ["Div", "Mul", "Mul"]],
  ["reshapes there and back", ({ x }) => tf.sin(tf.reshape(tf.reshape(x, [6]), [2, 3])), ["Sin"]],
  ["a chain of reshapes", ({ x }) => tf.reshape(tf.reshape(x, [6]), [3, 2]), ["Reshape"]],
  ["a transposition by the identity", ({ x }) => tf.transpose(x, [0, 1]), []],
  ["a cast to the same type", ({ x }) => tf.cast(x, "float32"), []],
  ["a slice of everything", ({ x }) => tf.slice(x, [0, 0], [2, -1]), []],
  ["a concatenation of one", ({ x }) => tf.concat([x]), []],
  ["a split into one", ({ x }) => tf.split(x as tf.Tensor, 1)[0], []],
  ["a stack of one", ({ x }) => tf.stack([x]), ["Reshape"]],
  ["a sum over no axis", ({ x }) => tf.sum(x, []), []],
  ["a product with a bias", ({ x }) => tf.add(tf.matMul(x, x), tf.max(x, 0)), ["ReduceMax", "Gemm"], [3, 3]],
  ["a sum of rows", ({ x }) => tf.sum(x, 0, true), ["Gemm"]],
  ["a product with transposes", ({ x }) => tf.matMul(x, x, true, true), ["Gemm"], [3, 3]],
  ["layer normalisation", ({ x }) => normalise(x, 1e-5), ["LayerNormalization"]],
  ["a tiled constant", ({ x }) => tf.mul(x, tf.broadcastTo(tf.scalar(2), [2, 3])), ["Mul"]],
];

for (const [what, body, becomes, shape] of FOLDED) {
  Deno.test(`${what} becomes ${becomes.length ? becomes.join(", ") : "nothing"}`, () => {
    assertEquals(opsOf(body, shape).sort(), [...becomes].sort());
  });
}

Deno.test("a chain of 20,000 operations is traced and encoded", () => {
  const graph = trace(({ x }) => {
    let y = x;
    for (let i = 0; i < 20_000; i++) y = tf.sin(y);
    return { y };
  }, { x: float(2) });
  assertEquals(graph.nodes.length, 20_000);
  assert(encodeOnnx(graph).length < 1e6);
});

Deno.test("the engine passes state through, updates it and gives int32 results", async () => {
  const engine = await startOnnx();
  const program = await engine.compile({
    state: { kept: float(2), moved: float(2) },
    inputs: { n: { shape: [2], dtype: "int32" } },
    body: ({ kept, moved, n }) => ({
      ...{ kept, moved: tf.add(moved, kept) },
      ...{ twice: tf.add(n, n), same: n, constant: tf.tensor1d([3, 4]), also: tf.add(moved, kept) },
    }),
  });
  program.load({ kept: Float32Array.of(1, 2), moved: Float32Array.of(0, 0) });
  for (const [round, moved] of [[1, [1, 2]], [2, [2, 4]], [3, [3, 6]]] as const) {
    const results = await program.run({ n: Int32Array.of(round, 5) });
    assertEquals(results, {
      twice: Int32Array.of(2 * round, 10),
      same: Int32Array.of(round, 5),
      constant: Float32Array.of(3, 4),
      also: Float32Array.from(moved),
    });
    assertEquals(await program.state(), { kept: Float32Array.of(1, 2), moved: Float32Array.from(moved) });
  }
  await program.dispose();
});

Deno.test("the same program gives the same bits in two sessions and in two runs", async () => {
  const engine = await startOnnx();
  const body = ({ x }: Given) => ({ y: tf.softmax(tf.matMul(tf.tanh(x), x, false, true)) });
  const inputs = { x: Float32Array.from({ length: 600 }, (_, i) => Math.sin(i)) };
  const results: Float32Array[] = [];
  for (let session = 0; session < 2; session++) {
    const program = await engine.compile({ state: {}, inputs: { x: float(20, 30) }, body });
    for (let run = 0; run < 2; run++) results.push((await program.run(inputs)).y.slice() as Float32Array);
    await program.dispose();
  }
  for (const result of results) assertEquals(result, results[0]);
});

Deno.test("docs/jit.md lists every kernel", async () => {
  const page = await Deno.readTextFile(new URL("../../docs/jit.md", import.meta.url));
  const section = page.slice(page.indexOf("## Kernels"), page.indexOf("## Adding"));
  const listed = section.split("\n").filter((row) => /^\| (elem|red|lin|str)/.test(row)).flatMap((row) =>
    row.split("|")[2].split(",").map((name) => name.trim())
  );
  assertEquals(listed.sort(), loweredKernels());
});
