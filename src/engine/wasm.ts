import { fileURLToPath } from "node:url";
import * as tf from "@tensorflow/tfjs";
import { setThreadsCount, setWasmPaths } from "@tensorflow/tfjs-backend-wasm";
import { startEager } from "./eager.ts";
import type { Engine } from "./engine.ts";

/** tfjs-wasm has no UnsortedSegmentSum, the gradient of gather: Σ of rows by class is a product with a one-hot matrix. */
function registerSegmentSum(): void {
  tf.registerKernel({
    kernelName: "UnsortedSegmentSum",
    backendName: "wasm",
    kernelFunc: ({ inputs, attrs }) => {
      const { x, segmentIds } = inputs as Record<string, tf.Tensor>;
      const { numSegments } = attrs as unknown as { numSegments: number };
      const rows = segmentIds.size;
      const classes = tf.oneHot(tf.reshape(segmentIds, [rows]) as tf.Tensor1D, numSegments).toFloat();
      const sums = tf.matMul(classes as tf.Tensor2D, tf.reshape(x, [rows, x.size / rows]), true, false);
      return tf.reshape(sums, [numSegments, ...x.shape.slice(segmentIds.rank)]);
    },
  });
}

/** TensorFlow.js on WebAssembly with SIMD, one thread. */
export function startWasm(): Promise<Engine> {
  setThreadsCount(1);
  const binary = import.meta.resolve("@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm.wasm");
  setWasmPaths(fileURLToPath(new URL("./", binary)));
  registerSegmentSum();
  return startEager("wasm");
}
