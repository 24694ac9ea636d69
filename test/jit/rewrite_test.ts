import { assert, assertEquals } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import * as ort from "onnxruntime-node";
import { encodeOnnx, type Graph, inputName, outputName, splitsAsSlices, trace } from "../../src/jit/mod.ts";

/** Nine unequal columns of x, weighted so that no two can be exchanged; the gradient of split is among what is traced. */
const SIZES = [1, 2, 1, 3, 1, 1, 2, 1, 1];
const WIDTH = SIZES.reduce((a, b) => a + b);

const graph = trace(({ x }) => {
  const weigh = (x: tf.Tensor) =>
    tf.split(x, SIZES, 1).map((part, i) => tf.sum(tf.mul(tf.square(part), i + 1))).reduce((a, b) => tf.add(a, b));
  const { value, grads: [gradient] } = tf.valueAndGrads(weigh as never)([x]);
  const [left, right] = tf.split(x, [1, WIDTH - 1], 1);
  return { value, gradient, left: tf.neg(left), right: tf.neg(right) };
}, { x: { shape: [2, WIDTH], dtype: "float32" } });

async function results(of: Graph) {
  const session = await ort.InferenceSession.create(encodeOnnx(of), { intraOpNumThreads: 1 });
  const x = new ort.Tensor("float32", Float32Array.from({ length: 2 * WIDTH }, (_, i) => Math.sin(i)), [2, WIDTH]);
  const found = await session.run({ [inputName("x")]: x });
  return of.outputs.map(({ name }) => [name, found[outputName(name)].data]);
}

Deno.test("splits into many parts become slices that compute the same; splits into few stay", async () => {
  const rewritten = splitsAsSlices(graph, 8);
  const widest = Math.max(...rewritten.nodes.filter(({ op }) => op === "Split").map(({ outputs }) => outputs.length));
  assertEquals(widest, 2);
  assert(graph.nodes.some(({ op, outputs }) => op === "Split" && outputs.length === SIZES.length));
  assertEquals(await results(rewritten), await results(graph));
});
