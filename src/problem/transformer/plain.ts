import * as tf from "@tensorflow/tfjs";
import type { Inputs } from "../model.ts";
import { blockFunctions, type Params } from "./block.ts";
import type { TransformerConfig } from "./config.ts";

/** softmax(q·kᵀ/√(dModel/heads) + causal mask)·v for q, k, v: float32 [B·T, dModel] → [B·T, dModel]. */
function attention(q: tf.Tensor2D, k: tf.Tensor2D, v: tf.Tensor2D, length: number, heads: number): tf.Tensor2D {
  const [rows, width] = q.shape;
  const split = (x: tf.Tensor2D) =>
    tf.transpose(tf.reshape(x, [rows / length, length, heads, width / heads]), [0, 2, 1, 3]);
  const masked = Array.from({ length: length ** 2 }, (_, at) => at % length > Math.floor(at / length) ? -1e9 : 0);
  const scores = tf.div(tf.matMul(split(q), split(k), false, true), Math.sqrt(width / heads));
  const weights = tf.softmax(tf.add(scores, tf.tensor2d(masked, [length, length])));
  return tf.reshape(tf.transpose(tf.matMul(weights, split(v)), [0, 2, 1, 3]), [rows, width]);
}

/** Every position of every sample, as the textbook has it: the oracle of the shared-prefix forward. */
export function plainForward(config: TransformerConfig, params: Params, { a, b }: Inputs): tf.Tensor2D {
  const { dModel, heads, layers, elements, normPlacement, sequence } = config;
  const length = sequence.length;
  const symbol = { op: elements, "=": elements + 1 };
  const columns = sequence.map((slot) =>
    slot === "a" ? a : slot === "b" ? b : tf.fill([a.size], symbol[slot], "int32")
  );
  const tokens = tf.reshape(tf.stack(columns, 1), [a.size * length]) as tf.Tensor1D;
  const embedded = tf.reshape(tf.gather(params.token_embedding, tokens), [a.size, length, dModel]);
  let h = tf.reshape(tf.add(embedded, params.position_embedding), [a.size * length, dModel]) as tf.Tensor2D;
  const { norm, project, feedforward } = blockFunctions(config, params);
  const attend = (block: string, u: tf.Tensor2D) => {
    const [k, v] = tf.split<tf.Tensor2D>(project(`${block}.attention.keyValue`, u), 2, 1);
    const q = project(`${block}.attention.query`, u);
    return project(`${block}.attention.output`, attention(q, k, v, length, heads));
  };
  for (let i = 0; i < layers; i++) {
    const block = `block${i}`;
    if (normPlacement === "pre") {
      h = tf.add(h, attend(block, norm(`${block}.norm1`, h)));
      h = tf.add(h, feedforward(block, norm(`${block}.norm2`, h)));
    } else {
      h = norm(`${block}.norm1`, tf.add(h, attend(block, h)));
      h = norm(`${block}.norm2`, tf.add(h, feedforward(block, h)));
    }
  }
  const last = tf.reshape(tf.slice(tf.reshape(h, [a.size, length, dModel]), [0, length - 1, 0]), [a.size, dModel]);
  return project("head", normPlacement === "pre" ? norm("final_norm", last as tf.Tensor2D) : last as tf.Tensor2D);
}
