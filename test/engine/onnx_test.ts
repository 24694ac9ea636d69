import * as tf from "@tensorflow/tfjs";
import { assertEquals } from "@std/assert";
import { startOnnx } from "../../src/engine/onnx.ts";

Deno.test("onnx: subnormal numbers count as zero, as operands and as results", async () => {
  const x = { shape: [3], dtype: "float32" } as const;
  const program = await (await startOnnx()).compile({
    state: { x },
    inputs: {},
    body: ({ x }) => ({ x: tf.mul(x, 0.5), y: tf.mul(x, 2 ** 10) }),
  });
  try {
    program.load({ x: Float32Array.of(2 ** -126, 2 ** -130, 1) });
    const { y } = await program.run({});
    assertEquals([...y], [2 ** -116, 0, 1024]);
    assertEquals([...(await program.state()).x], [0, 0, 0.5]);
  } finally {
    await program.dispose();
  }
});
