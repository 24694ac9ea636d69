import * as tf from "@tensorflow/tfjs";
import { dropped, type Inputs } from "../model.ts";
import { blockFunctions, type Drop, type Params } from "./block.ts";
import type { Slot, TransformerConfig } from "./config.ts";
import { firstPosition, weightsSite } from "./sites.ts";

/** Which operands a row can depend on: none, the first, the second, or both. */
type Reach = "none" | "a" | "b" | "pair";

/**
 * The hidden state of one position, one row for each value of the operands that it can depend on:
 * float32 [1, d] for `none`, [elements, d] for `a` and `b`, [B, d] for `pair`.
 */
interface Rows {
  readonly reach: Reach;
  readonly tensor: tf.Tensor2D;
}

const join = (x: Reach, y: Reach): Reach => x === y || y === "none" ? x : x === "none" ? y : "pair";

/** Rows of a wider reach; a single row is left to broadcasting. */
function lift(rows: Rows, reach: Reach, { a, b }: Inputs): tf.Tensor2D {
  if (rows.reach === reach || rows.reach === "none") return rows.tensor;
  return tf.gather(rows.tensor, (rows.reach === "a" ? a : b) as tf.Tensor1D);
}

/** Applies a function of single rows to all positions in one call, so that its matrix products are large. */
function rowwise(positions: readonly Rows[], f: (x: tf.Tensor2D) => tf.Tensor2D): Rows[] {
  const sizes = positions.map(({ tensor }) => tensor.shape[0]);
  if (positions.length === 1) return [{ reach: positions[0].reach, tensor: f(positions[0].tensor) }];
  const parts = tf.split<tf.Tensor2D>(f(tf.concat(positions.map(({ tensor }) => tensor), 0)), sizes, 0);
  return positions.map(({ reach }, i) => ({ reach, tensor: parts[i] }));
}

/** Repeats a single row to the size of its reach by adding zeros, whose gradient is one sum. */
function filled(tensor: tf.Tensor2D, rows: number): tf.Tensor2D {
  return tensor.shape[0] === rows ? tensor : tf.add(tensor, tf.zeros([rows, 1]));
}

/** Positions before the first block: a token's embedding depends on that token alone. */
function embed(sequence: readonly Slot[], elements: number, params: Params): Rows[] {
  const [operands, op, equals] = tf.split(params.token_embedding as tf.Tensor2D, [elements, 1, 1], 0);
  const places = tf.split(params.position_embedding as tf.Tensor2D, sequence.length, 0);
  return sequence.map((slot, j): Rows => {
    if (slot === "a" || slot === "b") return { reach: slot, tensor: tf.add(operands, places[j]) };
    return { reach: "none", tensor: tf.add(slot === "op" ? op : equals, places[j]) };
  });
}

/** Softmax over keys of the scores of one query: float32 [rows, heads, keys]. One key has the whole weight. */
function weightsOf(query: Rows, keys: readonly Rows[], reach: Reach, { heads, inputs }: Attention): tf.Tensor {
  const width = query.tensor.shape[1];
  const byHead = (x: tf.Tensor2D) => tf.reshape(x, [x.shape[0], heads, width / heads]);
  if (keys.length === 1) return tf.ones([query.tensor.shape[0], heads, 1]);
  const scores = keys.map((key): Rows => {
    const own = join(query.reach, key.reach);
    const products = tf.mul(byHead(lift(query, own, inputs)), byHead(lift(key, own, inputs)));
    return { reach: own, tensor: tf.mul(tf.sum(products, 2), Math.sqrt(heads / width)) as tf.Tensor2D };
  });
  const lifted = scores.map((s) => lift(s, reach, inputs));
  const rows = Math.max(...lifted.map((s) => s.shape[0]));
  return tf.softmax(tf.stack(lifted.map((s) => filled(s, rows)), 2));
}

/** What attention needs beside queries, keys and values. */
interface Attention {
  readonly heads: number;
  readonly inputs: Inputs;
  /** Drops weights; null where none are dropped. */
  readonly drop: ((weights: tf.Tensor) => tf.Tensor) | null;
}

/** Causal attention of one query on its keys, as pairwise products: sequences are at most four long. */
function attend(query: Rows, keys: readonly Rows[], values: readonly Rows[], given: Attention): Rows {
  const { heads, inputs, drop } = given;
  if (keys.length === 1 && !drop) return values[0];
  const width = query.tensor.shape[1];
  const reach = keys.map((key) => join(query.reach, key.reach)).reduce(join);
  const whole = weightsOf(query, keys, reach, given);
  const weights = tf.unstack(drop ? drop(whole) : whole, 2);
  const rows = weights[0].shape[0];
  const parts = values.map((value, i) => {
    const lifted = lift(value, reach, inputs);
    const byHead = tf.reshape(lifted, [lifted.shape[0], heads, width / heads]);
    return tf.mul(tf.reshape(weights[i], [rows, heads, 1]), byHead);
  });
  return { reach, tensor: tf.reshape(parts.reduce((x, y) => tf.add(x, y)), [rows, width]) };
}

/** Positions whose elements are dropped sample by sample: then no two samples have a state in common. */
function droppedApart(positions: readonly Rows[], inputs: Inputs, kept: tf.Tensor, rate: number): Rows[] {
  const masks = tf.split(kept, positions.length, 0);
  return positions.map((position, j): Rows => ({
    reach: "pair",
    tensor: dropped(lift(position, "pair", inputs), masks[j], rate),
  }));
}

/**
 * The transformer with every hidden state computed once for each value of what it can depend on.
 *
 * Under a causal mask a position depends only on the tokens up to it, so positions before `b` have `elements` different
 * states, whatever the batch; in the first block queries, keys and values depend on one token each. The last block
 * computes only the last position's query, output and feed-forward. Exact: the same sums, fewer times. With dropout every
 * sample has states of its own, and only the last block is cut.
 */
export function sharedForward(config: TransformerConfig, params: Params, inputs: Inputs, kept?: Inputs): tf.Tensor2D {
  const { heads, layers, elements, normPlacement, sequence, dropout } = config;
  const drop: Drop = (site, x) => kept ? dropped(x, kept[site], dropout) : x;
  const { norm, project, attended, feedforward } = blockFunctions(config, params, drop);
  const pre = normPlacement === "pre";
  const embedded = embed(sequence, elements, params);
  let positions = kept ? droppedApart(embedded, inputs, kept.embedding, dropout) : embedded;
  for (let i = 0; i < layers; i++) {
    const block = `block${i}`;
    const first = firstPosition(config, i);
    const source = pre ? rowwise(positions, (x) => norm(`${block}.norm1`, x)) : positions;
    const queries = rowwise(source.slice(first), (x) => project(`${block}.attention.query`, x));
    const keyValues = rowwise(source, (x) => project(`${block}.attention.keyValue`, x));
    const halves = keyValues.map(({ reach, tensor }) =>
      tf.split<tf.Tensor2D>(tensor, 2, 1).map((t): Rows => ({ reach, tensor: t }))
    );
    const heard = queries.map((query, q) => {
      const seen = halves.slice(0, first + q + 1);
      const dropWeights = kept ? (weights: tf.Tensor) => drop(weightsSite(block, first + q), weights) : null;
      const attention = { heads, inputs, drop: dropWeights };
      return attend(query, seen.map(([key]) => key), seen.map(([, value]) => value), attention);
    });
    const outputs = rowwise(heard, (x) => attended(block, x));
    const residual = outputs.map(({ reach, tensor }, q): Rows => {
      return { reach, tensor: tf.add(tensor, lift(positions[first + q], reach, inputs)) };
    });
    positions = rowwise(residual, (x) => {
      if (pre) return tf.add(x, feedforward(block, norm(`${block}.norm2`, x)));
      const h = norm(`${block}.norm1`, x);
      return norm(`${block}.norm2`, tf.add(h, feedforward(block, h)));
    });
  }
  const last = lift(positions[positions.length - 1], "pair", inputs);
  return project("head", pre ? norm("final_norm", last) : last);
}
