import * as tf from "@tensorflow/tfjs";
import type { Problem } from "../problem/case.ts";
import type { GradAt, Phase } from "../algorithms/algorithm.ts";
import type { Vec } from "../algorithms/transform.ts";
import { leaves, type Tree, treeOf } from "../algorithms/tree.ts";
import type { ProgramSpec, Specs, TensorSpec } from "../engine/mod.ts";
import { parameterCount, unflatten } from "../algorithms/layout.ts";
import { losses } from "../problem/objective.ts";
import type { Model } from "../problem/model.ts";

const scalar: TensorSpec = { shape: [], dtype: "float32" };

/** Inputs of a batch of `rows` samples: the model's columns and the classes. */
function batchSpecs(model: Model, rows: number): Specs {
  const columns = Object.entries(model.inputs).map(([name, { width, dtype }]) =>
    [name, { shape: width === 1 ? [rows] : [rows, width], dtype }] as const
  );
  return { ...Object.fromEntries(columns), targets: { shape: [rows], dtype: "int32" } };
}

/** One training step of a phase: a batch and the clock in; loss and probes out; the phase's state stays inside. */
export function stepProgram(problem: Problem, phase: Phase, state: Tree<Float32Array>, batchSize: number): ProgramSpec {
  const { model, loss } = problem;
  const clock = Object.keys(phase.clock(1)).map((name) => [name, scalar] as const);
  const arrays = Object.entries(leaves(state));
  return {
    state: Object.fromEntries(arrays.map(([path, { length }]) => [path, { shape: [length], dtype: "float32" }])),
    inputs: { ...batchSpecs(model, batchSize), ...Object.fromEntries(clock) },
    body: (tensors) => {
      const objective = (p: tf.Tensor) => {
        const outputs = model.forward(unflatten(p as Vec, model.layout), tensors);
        return tf.mean(losses[loss](outputs, tensors.targets as tf.Tensor1D)) as tf.Scalar;
      };
      const gradAt: GradAt = (params) => {
        const { value, grad } = tf.valueAndGrad(objective)(params);
        return { loss: value as tf.Scalar, grad: grad as Vec };
      };
      const tree = treeOf(Object.fromEntries(arrays.map(([path]) => [path, tensors[path]])));
      const stepped = phase.step(tree, gradAt, tensors as Record<string, tf.Scalar>);
      return { ...leaves(stepped.state), loss: stepped.loss, ...stepped.probes };
    },
  };
}

/**
 * Judges a parameter vector on `rows` samples at a time: Σ weight·[argmax = target] and Σ weight·loss, where padding
 * rows have weight 0.
 */
export function evaluateProgram({ model, loss }: Problem, rows: number): ProgramSpec {
  return {
    state: { theta: { shape: [parameterCount(model.layout)], dtype: "float32" } },
    inputs: { ...batchSpecs(model, rows), weight: { shape: [rows], dtype: "float32" } },
    body: ({ theta, weight, targets, ...columns }) => {
      const outputs = model.forward(unflatten(theta as Vec, model.layout), columns);
      const hit = tf.cast(tf.equal(tf.argMax(outputs, 1), targets), "float32");
      const each = losses[loss](outputs, targets as tf.Tensor1D);
      return { correct: tf.sum(tf.mul(hit, weight)), loss: tf.sum(tf.mul(each, weight)) };
    },
  };
}
