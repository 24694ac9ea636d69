import * as tf from "@tensorflow/tfjs";
import { batchLoss, batchSpecs, keptSpecs } from "../problem/batch.ts";
import type { Problem } from "../problem/case.ts";
import { GIVEN_COLUMNS } from "../declare/columns.ts";
import type { GradAt, Phase } from "../algorithms/algorithm.ts";
import type { Vec } from "../algorithms/transform.ts";
import { leaves, type Tree, treeOf } from "../algorithms/tree.ts";
import type { ProgramSpec, TensorSpec } from "../engine/mod.ts";
import { parameterCount, unflatten } from "../algorithms/layout.ts";

const scalar: TensorSpec = { shape: [], dtype: "float32" };

/** Refuses names that two kinds of things share: one of them would silently stand for the other. */
function apart(names: Readonly<Record<string, readonly string[]>>): void {
  const kinds = new Map<string, string>();
  for (const [kind, some] of Object.entries(names)) {
    for (const name of some) {
      if (kinds.has(name)) throw new Error(`step: '${name}' is both a ${kinds.get(name)} and a ${kind}; rename one`);
      kinds.set(name, kind);
    }
  }
}

/** Refuses a step that loses a leaf of the state or has one more: it would start anew at each step, or stay as it was. */
function assertKept(before: readonly string[], after: readonly string[]): void {
  const lost = before.find((path) => !after.includes(path));
  if (lost !== undefined) throw new Error(`step: the state has '${lost}' before the step and not after it`);
  const more = after.find((path) => !before.includes(path));
  if (more !== undefined) throw new Error(`step: the state has '${more}' after the step and not before it`);
}

/**
 * One training step of a phase: a batch and the clock in; loss and probes out; the phase's state stays inside.
 *
 * @throws where a clock has the name of a column of the batch, of a leaf of the state or of a result, or two of these
 *   meet; where the state has other leaves after the step than before it
 */
export function stepProgram(problem: Problem, phase: Phase, state: Tree<Float32Array>, batchSize: number): ProgramSpec {
  const columns = { ...batchSpecs(problem, batchSize), ...keptSpecs(problem.model, batchSize) };
  const clocks = Object.keys(phase.clock(1));
  const arrays = Object.entries(leaves(state));
  const paths = arrays.map(([path]) => path);
  apart({ "column of the batch": Object.keys(columns), "leaf of the state": paths, "clock": clocks });
  return {
    state: Object.fromEntries(arrays.map(([path, { length }]) => [path, { shape: [length], dtype: "float32" }])),
    inputs: { ...columns, ...Object.fromEntries(clocks.map((name) => [name, scalar])) },
    body: (tensors) => {
      const gradAt: GradAt = (params, loss) => {
        const { value, grad } = tf.valueAndGrad(batchLoss(problem, tensors, loss))(params);
        return { loss: value as tf.Scalar, grad: grad as Vec };
      };
      const tree = treeOf(Object.fromEntries(paths.map((path) => [path, tensors[path]])));
      const stepped = phase.step(tree, gradAt, tensors as Record<string, tf.Scalar>);
      const results = ["loss", ...Object.keys(stepped.probes)];
      apart({ "leaf of the state": paths, "clock": clocks, "result": results });
      const dropped = results.find((name) => !GIVEN_COLUMNS.includes(name));
      if (dropped) {
        throw new Error(`step: '${dropped}' would be in no record; a step gives ${GIVEN_COLUMNS.join(", ")}`);
      }
      const next = leaves(stepped.state);
      assertKept(paths, Object.keys(next));
      return { ...next, loss: stepped.loss, ...stepped.probes };
    },
  };
}

/**
 * Judges a parameter vector on `rows` samples at a time: Σ weight·score and Σ weight·loss, where padding rows have
 * weight 0.
 */
export function evaluateProgram({ model, objective }: Problem, rows: number): ProgramSpec {
  return {
    state: { theta: { shape: [parameterCount(model.layout)], dtype: "float32" } },
    inputs: { ...batchSpecs({ model, objective }, rows), weight: { shape: [rows], dtype: "float32" } },
    body: ({ theta, weight, targets, ...columns }) => {
      const outputs = model.forward(unflatten(theta as Vec, model.layout), columns);
      const score = objective.score(outputs, targets);
      const each = objective.loss(outputs, targets);
      return { correct: tf.sum(tf.mul(score, weight)), loss: tf.sum(tf.mul(each, weight)) };
    },
  };
}
