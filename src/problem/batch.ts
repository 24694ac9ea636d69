import * as tf from "@tensorflow/tfjs";
import { unflatten } from "../algorithms/layout.ts";
import type { Specs, Tensors } from "../jit/mod.ts";
import type { Problem } from "./case.ts";
import type { Model } from "./model.ts";

/** Inputs of a batch of `rows` samples: the model's columns and the targets. */
export function batchSpecs({ model, objective }: Pick<Problem, "model" | "objective">, rows: number): Specs {
  const columns = Object.entries({ ...model.inputs, targets: objective.targets }).map(([name, { width, dtype }]) =>
    [name, { shape: width === 1 ? [rows] : [rows, width], dtype }] as const
  );
  return Object.fromEntries(columns);
}

/** Beginning of the names of inputs that say which elements of a site are kept. */
const KEPT = "kept/";

/** Inputs of a training step that say which elements are kept: none of a model without dropout. */
export function keptSpecs({ dropout }: Model, rows: number): Specs {
  const sites = Object.entries(dropout?.sites(rows) ?? {});
  return Object.fromEntries(sites.map(([site, shape]) => [KEPT + site, { shape, dtype: "bool" }]));
}

/** Of the inputs of a step, those that say which elements of a site are kept; undefined where nothing is dropped. */
function keptOf({ dropout }: Model, inputs: Tensors): Tensors | undefined {
  if (!dropout) return undefined;
  const own = Object.entries(inputs).filter(([name]) => name.startsWith(KEPT));
  return own.length ? Object.fromEntries(own.map(([name, kept]) => [name.slice(KEPT.length), kept])) : undefined;
}

/**
 * The mean loss of a batch as a function of the parameters: float32 [P]; with dropout where the batch has its masks.
 *
 * @param loss of each sample, the objective's where nothing else is said
 */
export function batchLoss(
  { model, objective }: Problem,
  batch: Tensors,
  loss = objective.loss,
): (params: tf.Tensor) => tf.Scalar {
  return (params) => {
    const outputs = model.forward(unflatten(params as tf.Tensor1D, model.layout), batch, keptOf(model, batch));
    return tf.mean(loss(outputs, batch.targets)) as tf.Scalar;
  };
}
