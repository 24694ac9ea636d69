import * as tf from "@tensorflow/tfjs";
import { defineAlgorithm } from "../../src/algorithms/algorithm.ts";
import { adamSearch, decoupledSearch } from "../../src/algorithms/fields.ts";
import { type Kind, kindOf, type Layout } from "../../src/algorithms/layout.ts";
import { mapMatrices, MUON_STEP, orthogonalised, orthogonalNorm } from "../../src/algorithms/orthogonalise.ts";
import { partition } from "../../src/algorithms/pieces.ts";
import { end, single } from "../../src/algorithms/single.ts";
import {
  adamw,
  addDecayedWeights,
  chain,
  norm,
  scaleByLearningRate,
  type Transform,
  type Vec,
} from "../../src/algorithms/transform.ts";
import { type Config, count, fraction, nonNegative, positive } from "../../src/declare/field.ts";

/** Of a public run on this task, with the usual AdamW for embeddings, head and vectors. */
export const controlFields = {
  learningRate: positive(0.03, "α of the matrices of hidden layers"),
  weightDecay: nonNegative(0.1, "λ of these matrices, decoupled"),
  momentum: fraction(0.95, "μ, how much of the momentum is kept in a step"),
  restRate: positive(1e-3, "α of AdamW on embeddings and vectors"),
  headRate: positive(2.5e-4, "α of AdamW on the matrix of the last layer"),
  restDecay: nonNegative(1, "λ of AdamW"),
  beta1: fraction(0.9, "b₁ of AdamW"),
  beta2: fraction(0.98, "b₂ of AdamW"),
  epsilon: positive(1e-8, "ε in AdamW's denominator"),
};
export const muonFields = { ...controlFields, iterations: count(5, "Newton–Schulz steps", 0) };
export const muonSearch = {
  learningRate: { low: 1e-3, high: 1e-1 },
  weightDecay: decoupledSearch.weightDecay,
  restRate: adamSearch.learningRate,
  restDecay: decoupledSearch.weightDecay,
};

/**
 * M ← μM + g; X = NS(g + μM), matrix by matrix; u = X·√max(1, rows/columns), where NS divides by the Frobenius norm and then
 * makes its steps towards UVᵀ. Without steps X has the length that it would have with them, √min(rows, columns).
 *
 * State: momentum: float32 [P]. Probe: stepNorm = ‖u‖.
 *
 * Source: Jordan et al. 2024; constants of optax, contrib/_muon.py.
 */
export function scaleByMuon(
  matrices: Layout,
  { momentum, iterations }: { readonly momentum: number; readonly iterations: number },
): Transform {
  const steps = Array(iterations).fill(MUON_STEP);
  return {
    init: (size) => ({ momentum: new Float32Array(size) }),
    clock: () => ({}),
    update(g, state) {
      const next = tf.add(tf.mul(state.momentum as Vec, momentum), g) as Vec;
      const update = mapMatrices(tf.add(g, tf.mul(next, momentum)), matrices, (matrix) => {
        const [rows, columns] = matrix.shape;
        const length = iterations === 0 ? orthogonalNorm(matrix.shape) : 1;
        return tf.mul(orthogonalised(matrix, steps), length * Math.sqrt(Math.max(1, rows / columns)));
      });
      return { update, state: { momentum: next }, probes: { stepNorm: norm(update) } };
    },
  };
}

const isMatrix = (piece: Parameters<typeof kindOf>[0]) => kindOf(piece) === "matrix";

/** The matrices of a layout, as their part of a partition sees them. */
export const matricesOf = (layout: Layout): Layout => layout.filter(isMatrix);

/** A transformation of the matrices with their rate and decay, AdamW on everything else, the head with a rate of its own. */
export function besideAdamw(matrices: Transform, h: Config<typeof controlFields>, layout: Layout): Transform {
  const rest = (learningRate: number) => adamw({ ...h, learningRate, weightDecay: h.restDecay });
  const byKind: Readonly<Record<Kind, Transform>> = {
    matrix: chain(matrices, addDecayedWeights(h.weightDecay), scaleByLearningRate(h.learningRate)),
    embedding: rest(h.restRate),
    head: rest(h.headRate),
    vector: rest(h.restRate),
  };
  return partition(layout, kindOf, byKind);
}

export const muon = defineAlgorithm({
  id: "muon",
  summary: "Muon: the momentum of each matrix with all its singular values made about 1; AdamW on the rest",
  source: "arXiv:2504.16041",
  control: "muon-off",
  controlReason:
    "the same momentum at the length that Newton–Schulz steps give it, without them; the same AdamW on the rest",
  fields: muonFields,
  search: muonSearch,
  agents: ["prey"],
  phases: (h, layout) => [single("train", besideAdamw(scaleByMuon(matricesOf(layout), h), h, layout), end)],
});

export const muonOff = defineAlgorithm({
  id: "muon-off",
  summary: "Muon without its Newton–Schulz steps: momentum at the length of an orthogonal matrix, matrix by matrix",
  source: "the control of arXiv:2504.16041",
  role: "control",
  control: null,
  controlReason: "it is a control itself",
  fields: controlFields,
  search: muonSearch,
  agents: ["prey"],
  phases: (h, layout) => [
    single("train", besideAdamw(scaleByMuon(matricesOf(layout), { ...h, iterations: 0 }), h, layout), end),
  ],
});
