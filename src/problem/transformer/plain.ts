import * as tf from "@tensorflow/tfjs";
import { dropped, type Inputs } from "../model.ts";
import { blockFunctions, type Drop, type Params } from "./block.ts";
import type { TransformerConfig } from "./config.ts";
import { weightsSite } from "./sites.ts";

/** Sizes of an attention: positions of a sample, heads, and what drops its weights: float32 [B, heads, T, T]. */
interface Attention {
  readonly length: number;
  readonly heads: number;
  readonly drop: (weights: tf.Tensor) => tf.Tensor;
}

/** softmax(q·kᵀ/√(dModel/heads) + causal mask)·v for q, k, v: float32 [B·T, dModel] → [B·T, dModel]. */
function attention(q: tf.Tensor2D, k: tf.Tensor2D, v: tf.Tensor2D, { length, heads, drop }: Attention): tf.Tensor2D {
  const [rows, width] = q.shape;
  const split = (x: tf.Tensor2D) =>
    tf.transpose(tf.reshape(x, [rows / length, length, heads, width / heads]), [0, 2, 1, 3]);
  const masked = Array.from({ length: length ** 2 }, (_, at) => at % length > Math.floor(at / length) ? -1e9 : 0);
  const scores = tf.div(tf.matMul(split(q), split(k), false, true), Math.sqrt(width / heads));
  const weights = drop(tf.softmax(tf.add(scores, tf.tensor2d(masked, [length, length]))));
  return tf.reshape(tf.transpose(tf.matMul(weights, split(v)), [0, 2, 1, 3]), [rows, width]);
}

/** Masks of sites as the plain forward has its rows: sample by sample, and for positions that a site lacks all kept. */
class PlainMasks {
  constructor(readonly config: TransformerConfig, readonly kept: Inputs | undefined, readonly samples: number) {}

  /** Of a site whose rows are position by position: float32 [B·T, width]. */
  rows: Drop = (site, x) => {
    if (!this.kept) return x;
    const { sequence: { length }, dropout } = this.config;
    const [computed, width] = this.kept[site].shape as [number, number];
    const positions = computed / this.samples;
    const own = tf.reshape(this.kept[site], [positions, this.samples, width]);
    const all = positions === length
      ? own
      : tf.concat([tf.ones([length - positions, this.samples, width], "bool"), own]);
    return dropped(x, tf.reshape(tf.transpose(all, [1, 0, 2]), [this.samples * length, width]), dropout);
  };

  /** Of attention weights: float32 [B, heads, T, T]. */
  weights(block: string, x: tf.Tensor): tf.Tensor {
    const { kept, samples, config: { sequence: { length }, heads, dropout } } = this;
    if (!kept) return x;
    const queries = Array.from({ length }, (_, j) => {
      const own = kept[weightsSite(block, j)];
      const after = own ? length - j - 1 : length;
      return tf.concat([...(own ? [own] : []), ...(after ? [tf.ones([samples, heads, after], "bool")] : [])], 2);
    });
    return dropped(x, tf.stack(queries, 2), dropout);
  }
}

/** Every position of every sample, as the textbook has it: the oracle of the shared-prefix forward. */
export function plainForward(config: TransformerConfig, params: Params, inputs: Inputs, kept?: Inputs): tf.Tensor2D {
  const { dModel, heads, layers, elements, normPlacement, sequence } = config;
  const { a, b } = inputs;
  const length = sequence.length;
  const symbol = { op: elements, "=": elements + 1 };
  const columns = sequence.map((slot) =>
    slot === "a" ? a : slot === "b" ? b : tf.fill([a.size], symbol[slot], "int32")
  );
  const masks = new PlainMasks(config, kept, a.size);
  const tokens = tf.reshape(tf.stack(columns, 1), [a.size * length]) as tf.Tensor1D;
  const embedded = tf.reshape(tf.gather(params.token_embedding, tokens), [a.size, length, dModel]);
  let h = tf.reshape(tf.add(embedded, params.position_embedding), [a.size * length, dModel]) as tf.Tensor2D;
  h = masks.rows("embedding", h);
  const { norm, project, attended, feedforward } = blockFunctions(config, params, masks.rows);
  const attend = (block: string, u: tf.Tensor2D) => {
    const [k, v] = tf.split<tf.Tensor2D>(project(`${block}.attention.keyValue`, u), 2, 1);
    const q = project(`${block}.attention.query`, u);
    const drop = (weights: tf.Tensor) => masks.weights(block, weights);
    return attended(block, attention(q, k, v, { length, heads, drop }));
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
