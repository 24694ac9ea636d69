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
  /** Where it drops elements while it trains, by name; none without it. */
  readonly dropout?: Dropout;
  /**
   * Parameters by name, inputs [B, width] or [B] → outputs: float32 [B, classes].
   *
   * @param kept which elements of a site are kept: bool, of the shape that the site has; without it, all of them
   */
  forward(params: Readonly<Record<string, tf.Tensor>>, inputs: Inputs, kept?: Inputs): tf.Tensor2D;
}

/** Sites at which elements are dropped, each with the same probability, and the others scaled by 1/(1 − rate). */
export interface Dropout {
  /** Probability that an element is dropped. */
  readonly rate: number;
  /** Shapes of the sites for a batch of `rows` samples. */
  sites(rows: number): Readonly<Record<string, readonly number[]>>;
}

/** x/(1 − rate) where it is kept, and 0 elsewhere. Source: Srivastava et al. 2014, JMLR 15:1929. */
export function dropped<T extends tf.Tensor>(x: T, kept: tf.Tensor, rate: number): T {
  return tf.mul(x, tf.mul(tf.cast(kept, "float32"), 1 / (1 - rate)));
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
