import * as tf from "@tensorflow/tfjs";
import { normalise } from "../../jit/mod.ts";
import { linear } from "../model.ts";
import type { TransformerConfig } from "./config.ts";

/** Parameters by name. */
export type Params = Readonly<Record<string, tf.Tensor>>;

/** Row-wise pieces of a block, the same for the plain and the shared-prefix forward. */
export function blockFunctions(config: TransformerConfig, params: Params) {
  const norm = (name: string, x: tf.Tensor2D): tf.Tensor2D =>
    tf.add(tf.mul(normalise(x, config.layerNormEpsilon), params[`${name}.gain`]), params[`${name}.bias`]);
  const project = (name: string, x: tf.Tensor2D) => linear(x, params[`${name}.weight`], params[`${name}.bias`]);
  const activate = config.activation === "relu" ? tf.relu<tf.Tensor2D> : gelu;
  return {
    norm,
    project,
    feedforward: (block: string, x: tf.Tensor2D) =>
      project(`${block}.feedforward.out`, activate(project(`${block}.feedforward.in`, x))),
  };
}

/** x·Φ(x), the exact form. Source: Hendrycks & Gimpel 2016, arXiv:1606.08415. */
function gelu(x: tf.Tensor2D): tf.Tensor2D {
  return tf.mul(tf.mul(x, 0.5), tf.add(tf.erf(tf.mul(x, Math.SQRT1_2)), 1));
}
