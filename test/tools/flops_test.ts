import { assertEquals } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { gemmFlops } from "../../tools/engine/flops.ts";
import { type Tensors, trace } from "../../src/jit/mod.ts";

const spec = (...shape: number[]) => ({ shape, dtype: "float32" }) as const;

Deno.test("gemmFlops() of x·Wᵀ and of its gradients is 2·m·n·k each", () => {
  const loss = (x: tf.Tensor, w: tf.Tensor) => tf.sum(tf.square(tf.matMul(x, w, false, true))) as tf.Scalar;
  const forward = trace(({ x, w }) => ({ y: loss(x, w) }), { x: spec(3, 5), w: spec(7, 5) });
  assertEquals(gemmFlops(forward), 2 * 3 * 7 * 5);
  const backward = ({ x, w }: Tensors) => {
    const [dx, dw] = tf.grads((x, w) => loss(x, w))([x, w]);
    return { dx, dw };
  };
  assertEquals(gemmFlops(trace(backward, { x: spec(3, 5), w: spec(7, 5) })), 3 * 2 * 3 * 7 * 5);
});

Deno.test("gemmFlops() counts every matrix of a batch, and transposed operands by their inner length", () => {
  const batched = trace(({ a, b }) => ({ c: tf.matMul(a, b) }), { a: spec(6, 2, 3), b: spec(6, 3, 4) });
  assertEquals(gemmFlops(batched), 6 * 2 * 2 * 4 * 3);
  const transposed = trace(({ a, b }) => ({ c: tf.matMul(a, b, true) }), { a: spec(3, 2), b: spec(3, 4) });
  assertEquals(gemmFlops(transposed), 2 * 2 * 4 * 3);
});

Deno.test("gemmFlops() of a graph without products is 0", () => {
  assertEquals(gemmFlops(trace(({ a }) => ({ b: tf.add(a, 1) }), { a: spec(2, 3) })), 0);
});
