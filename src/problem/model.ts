import * as tf from "@tensorflow/tfjs";
import type { Layout } from "../algorithms/layout.ts";

export type Inputs = Readonly<Record<string, tf.Tensor>>;

/** What a model reads for each sample, or is to say of it. */
export interface InputSpec {
  readonly width: number;
  readonly dtype: "float32" | "int32";
}

/** A pure forward function over a flat parameter vector. */
export interface Model {
  readonly layout: Layout;
  readonly inputs: Readonly<Record<string, InputSpec>>;
  /** Numbers that it says of a sample: one a class, or those of a regression. */
  readonly classes: number;
  /** Parameters by name, inputs [B, width] or [B] → outputs: float32 [B, classes]. */
  forward(params: Readonly<Record<string, tf.Tensor>>, inputs: Inputs): tf.Tensor2D;
}

/**
 * y = x·Wᵀ + b for x: float32 [n, in], W: [out, in], b: [out].
 *
 * Not `tf.fused.matMul`: TensorFlow.js 4.22 on WebAssembly drops the bias when an operand is transposed. The tracer
 * makes one Gemm of product and sum.
 */
export function linear(x: tf.Tensor, weight: tf.Tensor, bias: tf.Tensor): tf.Tensor2D {
  return tf.add(tf.matMul(x, weight, false, true), bias);
}
