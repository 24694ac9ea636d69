import * as tf from "@tensorflow/tfjs";
import { startOnnx } from "../../src/engine/onnx/start.ts";

/** Halves, and multiplies by 1024, a normal number, a subnormal one and 1: what became of them, as JSON. */
const x = { shape: [3], dtype: "float32" } as const;
const program = await (await startOnnx()).compile({
  state: { x },
  inputs: {},
  body: ({ x }) => ({ x: tf.mul(x, 0.5), y: tf.mul(x, 2 ** 10) }),
});
program.load({ x: Float32Array.of(2 ** -126, 2 ** -130, 1) });
const { y } = await program.run({});
console.log(JSON.stringify([[...y], [...(await program.state()).x]]));
