import * as tf from "@tensorflow/tfjs";
import { normalise } from "../../jit/mod.ts";
import { linear } from "../model.ts";
import type { TransformerConfig } from "./config.ts";

/** Parameters by name. */
export type Params = Readonly<Record<string, tf.Tensor>>;

/** Drops elements of a site, or gives what it was given where nothing is dropped. */
export type Drop = <T extends tf.Tensor>(site: string, x: T) => T;

/** Row-wise pieces of a block, the same for the plain and the shared-prefix forward. */
export function blockFunctions(config: TransformerConfig, params: Params, drop: Drop) {
  const norm = (name: string, x: tf.Tensor2D): tf.Tensor2D =>
    tf.add(tf.mul(normalise(x, config.layerNormEpsilon), params[`${name}.gain`]), params[`${name}.bias`]);
  const project = (name: string, x: tf.Tensor2D) => linear(x, params[`${name}.weight`], params[`${name}.bias`]);
  const activate = config.activation === "relu" ? tf.relu<tf.Tensor2D> : gelu;
  return {
    norm,
    project,
    /** Attention's way out of a block, from its heads to the residual stream. */
    attended: (block: string, x: tf.Tensor2D) =>
      drop(`${block}.attention.branch`, project(`${block}.attention.output`, x)),
    feedforward(block: string, x: tf.Tensor2D) {
      const hidden = activate(project(`${block}.feedforward.in`, x));
      const out = project(`${block}.feedforward.out`, drop(`${block}.feedforward.hidden`, hidden));
      return drop(`${block}.feedforward.branch`, out);
    },
  };
}

/** x·Φ(x), the exact form. Source: Hendrycks & Gimpel 2016, arXiv:1606.08415. */
function gelu(x: tf.Tensor2D): tf.Tensor2D {
  return tf.mul(tf.mul(x, 0.5), tf.add(tf.erf(tf.mul(x, Math.SQRT1_2)), 1));
}
