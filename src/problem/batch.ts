import * as tf from "@tensorflow/tfjs";
import { unflatten } from "../algorithms/layout.ts";
import type { Specs, Tensors } from "../jit/mod.ts";
import type { Problem } from "./case.ts";

/** Inputs of a batch of `rows` samples: the model's columns and the targets. */
export function batchSpecs({ model, objective }: Pick<Problem, "model" | "objective">, rows: number): Specs {
  const columns = Object.entries({ ...model.inputs, targets: objective.targets }).map(([name, { width, dtype }]) =>
    [name, { shape: width === 1 ? [rows] : [rows, width], dtype }] as const
  );
  return Object.fromEntries(columns);
}

/** The mean loss of a batch as a function of the parameters: float32 [P]. */
export function batchLoss({ model, objective }: Problem, batch: Tensors): (params: tf.Tensor) => tf.Scalar {
  return (params) => {
    const outputs = model.forward(unflatten(params as tf.Tensor1D, model.layout), batch);
    return tf.mean(objective.loss(outputs, batch.targets)) as tf.Scalar;
  };
}
