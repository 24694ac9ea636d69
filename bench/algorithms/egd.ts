import type * as tf from "@tensorflow/tfjs";
import { defineAlgorithm } from "../../src/algorithms/algorithm.ts";
import { adamFields, adamSearch } from "../../src/algorithms/fields.ts";
import type { Layout } from "../../src/algorithms/layout.ts";
import { EXACT_STEP, MUON_STEP, orthogonalised } from "../../src/algorithms/orthogonalise.ts";
import { mapPieces } from "../../src/algorithms/pieces.ts";
import { end, single } from "../../src/algorithms/single.ts";
import { adamL2, chain, type Transform } from "../../src/algorithms/transform.ts";
import { withDefaults } from "../../src/declare/field.ts";

/** Of the authors' comparison on multiplication mod 97. Their learning rate's warm-up of ten steps is left out. */
const fields = withDefaults(adamFields, { weightDecay: 5e-3, beta2: 0.98 });

/**
 * Singular values from about 3·10⁻³ of the Frobenius norm upwards are 1 within 10⁻³ after these: the authors' SVD sets all of
 * them to 1, those of rounding noise too.
 */
const STEPS = [...Array(5).fill(MUON_STEP), ...Array(3).fill(EXACT_STEP)];

/** G = USVᵀ ← UVᵀ for the matrices of feed-forward layers, which is where the authors do it: all directions count alike. */
const equalised = (layout: Layout): Transform => ({
  init: () => ({}),
  clock: () => ({}),
  update: (g, state) => ({
    update: mapPieces(
      g,
      layout,
      (x, { part, shape }) =>
        part === "feedforward" && shape.length === 2 ? orthogonalised(x as tf.Tensor2D, STEPS) : x,
    ),
    state,
  }),
});

export const egd = defineAlgorithm({
  id: "egd",
  summary:
    "Egalitarian gradient descent: gradients of feed-forward matrices with all singular values made 1, then Adam-L2",
  source: "arXiv:2510.04930",
  control: "egd-off",
  controlReason: "the same Adam and decay on the gradient as it is",
  fields,
  search: adamSearch,
  agents: ["prey"],
  phases: (h, layout) => [single("train", chain(equalised(layout), adamL2(h)), end)],
});

export const egdOff = defineAlgorithm({
  id: "egd-off",
  summary: "The Adam and the decay of egd on the gradient as it is",
  source: "the control of arXiv:2510.04930",
  role: "control",
  control: null,
  controlReason: "it is a control itself",
  fields,
  search: adamSearch,
  agents: ["prey"],
  phases: (h) => [single("train", adamL2(h), end)],
});
