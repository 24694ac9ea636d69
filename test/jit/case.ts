import type * as tf from "@tensorflow/tfjs";
import type { Stream } from "../../src/data/stream.ts";

/** How one input of a case is filled; numbers come from a stream named after the case and the input. */
export interface Input {
  readonly shape: readonly number[];
  readonly dtype: "float32" | "int32";
  readonly element: (stream: Stream, index: number) => number;
}

// deno-lint-ignore no-explicit-any -- cases know the rank of their tensors, the runner does not
export type Given = Readonly<Record<string, any>>;

/** One function of tensors, to be computed eagerly and traced. */
export interface Case {
  /** A sentence's subject: what is computed, of which shapes. */
  readonly name: string;
  /** TensorFlow.js kernels that the body shall reach. */
  readonly kernels: readonly string[];
  readonly inputs: Readonly<Record<string, Input>>;
  readonly body: (given: Given) => tf.Tensor | readonly tf.Tensor[];
  /** Whether the derivatives by every float32 input are compared too; default true where there is a float32 output. */
  readonly gradient?: boolean;
  /** Replaces the runner's tolerance; say why beside it. */
  readonly tolerance?: number;
}

export const normal = (...shape: number[]): Input => ({ shape, dtype: "float32", element: (s) => s.normal() });

/** Uniform in [low, high). */
export const between = (low: number, high: number, ...shape: number[]): Input => ({
  shape,
  dtype: "float32",
  element: (s) => low + (high - low) * s.uniform(),
});

/** Whole numbers in [low, high), so that ties are frequent. */
export const integers = (low: number, high: number, ...shape: number[]): Input => ({
  shape,
  dtype: "int32",
  element: (s) => low + s.integer(high - low),
});

/** Whole numbers stored as float32. */
export const whole = (low: number, high: number, ...shape: number[]): Input => ({
  ...integers(low, high, ...shape),
  dtype: "float32",
});

export const floats = (values: readonly number[], ...shape: number[]): Input => ({
  shape: shape.length ? shape : [values.length],
  dtype: "float32",
  element: (_, i) => values[i],
});

export const ints = (values: readonly number[], ...shape: number[]): Input => ({
  ...floats(values, ...shape),
  dtype: "int32",
});
