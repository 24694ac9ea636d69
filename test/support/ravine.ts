import * as tf from "@tensorflow/tfjs";
import type { GradAt, Phase } from "../../src/algorithms/algorithm.ts";
import type { Vec } from "../../src/algorithms/transform.ts";
import { leaves, type Tree, treeOf } from "../../src/algorithms/tree.ts";
import type { ProgramSpec, TensorSpec } from "../../src/engine/mod.ts";

/** L(x) = xᵀHx/2 + 0.025·Σx⁴ and its gradient Hx + 0.1x³: the ravine of the golden files. */
export const gradientOf = (hessian: tf.Tensor2D): GradAt => (x) => {
  const linear = tf.reshape(tf.matMul(hessian, tf.reshape(x, [x.size, 1])), [x.size]);
  const loss = tf.add(tf.mul(tf.sum(tf.mul(x, linear)), 0.5), tf.mul(tf.sum(tf.pow(x, 4)), 0.025)) as tf.Scalar;
  return { loss, grad: tf.add(linear, tf.mul(tf.mul(tf.mul(x, x), x), 0.1)) as Vec };
};

/** A step of a phase on it: the matrix H and the clock in, what is measured out. */
export function stepOnRavine(phase: Phase, state: Tree<Float32Array>, size: number): ProgramSpec {
  const scalar = { shape: [], dtype: "float32" } as const;
  const spec = (array: Float32Array): TensorSpec => ({ shape: [array.length], dtype: "float32" });
  return {
    state: Object.fromEntries(Object.entries(leaves(state)).map(([path, array]) => [path, spec(array)])),
    inputs: {
      hessian: { shape: [size, size], dtype: "float32" },
      ...Object.fromEntries(Object.keys(phase.clock(1)).map((name) => [name, scalar])),
    },
    body: (tensors) => {
      const tree = treeOf(Object.fromEntries(Object.keys(leaves(state)).map((path) => [path, tensors[path]])));
      const next = phase.step(tree, gradientOf(tensors.hessian as tf.Tensor2D), tensors as Record<string, tf.Scalar>);
      return { ...leaves(next.state), ...next.probes };
    },
  };
}
