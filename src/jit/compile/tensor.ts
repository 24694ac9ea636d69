import * as ort from "onnxruntime-node";
import type { HostArray } from "../program.ts";

/** A tensor whose memory is that of an array. */
export function tensorOver(array: HostArray, shape: readonly number[]): ort.Tensor {
  if (array instanceof Uint8Array) return new ort.Tensor("bool", array, shape);
  return array instanceof Int32Array ? new ort.Tensor("int32", array, shape) : new ort.Tensor("float32", array, shape);
}
