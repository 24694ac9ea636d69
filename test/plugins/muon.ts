import * as tf from "@tensorflow/tfjs";
import {
  adamFields,
  adamw,
  defineAlgorithm,
  end,
  fraction,
  type Layout,
  mapPieces,
  partition,
  type Piece,
  positive,
  single,
  type Transform,
  type Vec,
} from "driven-hunt";

const isMatrix = ({ name, shape }: Piece) => shape.length === 2 && !/embedding|head/.test(name);

/** Five Newton–Schulz steps towards UVᵀ of X = USVᵀ. Source: arXiv:2504.16041; constants of optax contrib/_muon.py. */
function orthogonal(matrix: tf.Tensor): tf.Tensor2D {
  const [rows, columns] = matrix.shape;
  const wide = rows > columns ? tf.transpose(matrix) : matrix;
  let x = tf.div(wide, tf.add(tf.sqrt(tf.sum(tf.square(wide))), 1e-7)) as tf.Tensor2D;
  for (let i = 0; i < 5; i++) {
    const a = tf.matMul(x, x, false, true);
    const b = tf.add(tf.mul(a, -4.775), tf.mul(tf.matMul(a, a), 2.0315)) as tf.Tensor2D;
    x = tf.add(tf.mul(x, 3.4445), tf.matMul(b, x));
  }
  return tf.mul(rows > columns ? tf.transpose(x) : x, Math.sqrt(Math.max(1, rows / columns)));
}

/** M ← μM + g; u = −α·orthogonal(g + μM), matrix by matrix. */
function scaleByMuon(matrices: Layout, { muonRate, momentum }: { muonRate: number; momentum: number }): Transform {
  return {
    init: (size) => ({ momentum: new Float32Array(size) }),
    clock: () => ({}),
    update(g, state) {
      const next = tf.add(tf.mul(state.momentum as Vec, momentum), g) as Vec;
      const ahead = tf.add(g, tf.mul(next, momentum)) as Vec;
      const update = mapPieces(ahead, matrices, (x) => tf.mul(orthogonal(x), -muonRate));
      return { update, state: { momentum: next } };
    },
  };
}

export const muon = defineAlgorithm({
  id: "muon",
  summary: "Muon on the matrices of the blocks, AdamW on the rest",
  source: "arXiv:2504.16041",
  control: "adamw",
  controlReason: "AdamW on all of it",
  fields: {
    ...adamFields,
    muonRate: positive(0.02, "α of the matrices"),
    momentum: fraction(0.95, "μ"),
  },
  agents: ["prey"],
  phases(h, layout) {
    const byLabel = { matrix: scaleByMuon(layout.filter(isMatrix), h), rest: adamw(h) };
    return [single("train", partition(layout, (piece) => isMatrix(piece) ? "matrix" : "rest", byLabel), end)];
  },
});
