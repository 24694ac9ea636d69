import * as tf from "@tensorflow/tfjs";
import { defineAlgorithm, end, fraction, nonNegative, positive, single, type Transform, type Vec } from "driven-hunt";

interface LionConfig {
  readonly learningRate: number;
  readonly decay: number;
  readonly mix: number;
  readonly keep: number;
}

/** c = β₁m + (1−β₁)g; p ← p − α(sign c + λp); m ← β₂m + (1−β₂)g. Source: arXiv:2302.06675, Algorithm 2. */
const lionTransform = ({ learningRate, decay, mix, keep }: LionConfig): Transform => ({
  init: (size) => ({ momentum: new Float32Array(size) }),
  clock: () => ({}),
  update(g, state, params) {
    const m = state.momentum as Vec;
    const c = tf.add(tf.mul(m, mix), tf.mul(g, 1 - mix));
    // A sign as a quotient, which is one everywhere but at 0; it needs no kernel of its own.
    const sign = tf.div(c, tf.add(tf.sqrt(tf.square(c)), 1e-30));
    const update = tf.mul(tf.add(sign, tf.mul(params, decay)), -learningRate) as Vec;
    return { update, state: { momentum: tf.add(tf.mul(m, keep), tf.mul(g, 1 - keep)) } };
  },
});

export const lion = defineAlgorithm({
  id: "lion",
  summary: "The sign of an interpolated momentum, with decoupled decay",
  source: "arXiv:2302.06675",
  control: null,
  controlReason: "it is an optimiser, and no trick on one",
  fields: {
    learningRate: positive(1e-4, "α, the length of every component's step"),
    decay: nonNegative(0.1, "λ, decoupled"),
    mix: fraction(0.9, "β₁, how much of the momentum is in a step"),
    keep: fraction(0.99, "β₂, how much of the momentum is kept"),
  },
  search: { learningRate: { low: 1e-5, high: 1e-2 }, decay: { low: 1e-2, high: 10 } },
  agents: ["prey"],
  phases: (h) => [single("train", lionTransform(h), end)],
});
