import * as tf from "@tensorflow/tfjs";
import { defineAlgorithm } from "../../src/algorithms/algorithm.ts";
import { adamFields, decoupledSearch } from "../../src/algorithms/fields.ts";
import { type Layout, pieceSize } from "../../src/algorithms/layout.ts";
import { mapPieces } from "../../src/algorithms/pieces.ts";
import { end, single } from "../../src/algorithms/single.ts";
import {
  addDecayedWeights,
  chain,
  norm,
  type OptimiserConfig,
  scaleByLearningRate,
  type Transform,
  type Vec,
} from "../../src/algorithms/transform.ts";
import { fraction, nonNegative, positive } from "../../src/declare/field.ts";

const fields = {
  ...adamFields,
  betaFalls: fraction(0.1, "γ: the first moment of tensor i decays with β₁(1 − γ)^i"),
  clip: positive(1, "norm to which the gradient of a tensor is cut"),
};

/** What torch's clip_grad_norm_ keeps a norm from 0 by. */
const TINY = 1e-6;

/** g ← g·min(1, c/(‖g‖ + 10⁻⁶)), tensor by tensor. */
const clipPieces = (layout: Layout, limit: number): Transform => ({
  init: () => ({}),
  clock: () => ({}),
  update: (g, state) => ({
    update: mapPieces(g, layout, (x) => tf.mul(x, tf.minimum(tf.div(limit, tf.add(norm(x), TINY)), 1))),
    state,
  }),
});

/**
 * μ ← κμ + (1 − κ)g with κ = κ₀·e^(−ρs), μ₀ = 0; u = g + λ_f·μ. The signal s is the loss of the batch.
 *
 * The authors' default takes s from losses in training and in evaluation. What is measured in evaluation is no part of
 * training here: that would be a leak.
 *
 * State: slow: float32 [P].
 */
function amplifySlow(
  { kept, fading, amplify }: { readonly kept: number; readonly fading: number; readonly amplify: number },
): Transform {
  return {
    init: (size) => ({ slow: new Float32Array(size) }),
    clock: () => ({}),
    update(g, state, _params, _clock, loss) {
      const share = tf.mul(tf.exp(tf.mul(loss, -fading)), kept);
      const slow = tf.add(tf.mul(state.slow as Vec, share), tf.mul(g, tf.sub(1, share))) as Vec;
      return { update: tf.add(g, tf.mul(slow, amplify)), state: { slow } };
    },
  };
}

/**
 * Adam whose first moment decays faster from tensor to tensor: m ← βᵢm + (1 − βᵢ)g with βᵢ = β₁(1 − γ)^i for tensor i of the
 * layout, v as ever; u = (m/(1 − β₁ᵗ))·√(1 − β₂ᵗ)/(√v + ε), where the correction of m is that of β₁, as the authors have it.
 *
 * State: firstMoment, secondMoment: float32 [P].
 */
function scaleByFallingAdam(
  { beta1, beta2, epsilon, betaFalls }: OptimiserConfig & { readonly betaFalls: number },
  layout: Layout,
): Transform {
  const betas = () => layout.flatMap((piece, i) => Array(pieceSize(piece)).fill(beta1 * (1 - betaFalls) ** i));
  return {
    init: (size) => ({ firstMoment: new Float32Array(size), secondMoment: new Float32Array(size) }),
    clock: (t) => ({ correction: Math.sqrt(1 - beta2 ** t) / (1 - beta1 ** t) }),
    update(g, state, _params, clock) {
      const own = tf.tensor1d(betas());
      const m = tf.add(tf.mul(state.firstMoment as Vec, own), tf.mul(g, tf.sub(1, own))) as Vec;
      const v = tf.add(tf.mul(state.secondMoment as Vec, beta2), tf.mul(tf.square(g), 1 - beta2)) as Vec;
      const update = tf.div(tf.mul(m, clock.correction), tf.add(tf.sqrt(v), epsilon)) as Vec;
      return { update, state: { firstMoment: m, secondMoment: v }, probes: { stepNorm: norm(update) } };
    },
  };
}

/** Everything but the filter. */
const rest = (h: OptimiserConfig & { readonly betaFalls: number }, layout: Layout) =>
  chain(scaleByFallingAdam(h, layout), addDecayedWeights(h.weightDecay), scaleByLearningRate(h.learningRate));

export const grokadamw = defineAlgorithm({
  id: "grokadamw",
  summary:
    "GrokAdamW: Grokfast's average, which fades while the loss is high, in an AdamW of its own; the loss is that of training",
  source: "Hartford 2024, GrokAdamW; after arXiv:2405.20233",
  control: "grokadamw-off",
  controlReason: "the same clipped AdamW with falling β₁ without the filter",
  fields: {
    ...fields,
    kept: fraction(0.98, "κ₀, how much of the average is kept in a step at a loss of 0"),
    fading: nonNegative(0.1, "ρ, how fast that falls with the loss"),
    amplify: nonNegative(2, "λ_f, weight of the average beside the gradient"),
  },
  search: {
    ...decoupledSearch,
    kept: { low: 0.5, high: 0.999, ofRest: true },
    amplify: { low: 0.05, high: 20 },
  },
  agents: ["prey"],
  phases: (h, layout) => [single("train", chain(clipPieces(layout, h.clip), amplifySlow(h), rest(h, layout)), end)],
});

export const grokadamwOff = defineAlgorithm({
  id: "grokadamw-off",
  summary: "GrokAdamW without its average of gradients",
  source: "the control of GrokAdamW (Hartford 2024); after arXiv:2405.20233",
  role: "control",
  control: null,
  controlReason: "it is a control itself",
  fields,
  search: decoupledSearch,
  agents: ["prey"],
  phases: (h, layout) => [single("train", chain(clipPieces(layout, h.clip), rest(h, layout)), end)],
});
