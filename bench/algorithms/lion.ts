import * as tf from "@tensorflow/tfjs";
import { defineAlgorithm } from "../../src/algorithms/algorithm.ts";
import { end, single } from "../../src/algorithms/single.ts";
import {
  addDecayedWeights,
  chain,
  norm,
  scaleByLearningRate,
  type Transform,
  type Vec,
} from "../../src/algorithms/transform.ts";
import { type Config, fraction, nonNegative, positive } from "../../src/declare/field.ts";

/** α a tenth of Adam's and λ ten times AdamW's, as the authors advise: α·λ is the same. */
const fields = {
  learningRate: positive(1e-4, "α, the size of the step of every parameter"),
  weightDecay: nonNegative(0.1, "λ, decoupled"),
  beta1: fraction(0.9, "b₁, share of the momentum in what is stepped along"),
  beta2: fraction(0.99, "b₂, decay rate of the momentum"),
};
const search = { learningRate: { low: 3e-5, high: 3e-3 }, weightDecay: { low: 5e-2, high: 500 } };

/**
 * c = b₁m + (1 − b₁)g; m ← b₂m + (1 − b₂)g; u = step(c).
 *
 * State: momentum: float32 [P]. Probe: stepNorm = ‖u‖.
 */
const scaleByLion = (
  { beta1, beta2 }: { readonly beta1: number; readonly beta2: number },
  step: (c: Vec) => Vec,
): Transform => ({
  init: (size) => ({ momentum: new Float32Array(size) }),
  clock: () => ({}),
  update(g, state) {
    const m = state.momentum as Vec;
    const update = step(tf.add(tf.mul(m, beta1), tf.mul(g, 1 - beta1)) as Vec);
    const momentum = tf.add(tf.mul(m, beta2), tf.mul(g, 1 - beta2));
    return { update, state: { momentum }, probes: { stepNorm: norm(update) } };
  },
});

/** What the norm of a vector is kept from 0 by. */
const TINY = 1e-30;

/** c with a root mean square of 1: as long as the signs of as many numbers that are none of them 0. */
const sameLength = (c: Vec): Vec => tf.mul(c, tf.div(Math.sqrt(c.size), tf.add(norm(c), TINY)));

const optimiser = (step: (c: Vec) => Vec, h: Config<typeof fields>) =>
  chain(scaleByLion(h, step), addDecayedWeights(h.weightDecay), scaleByLearningRate(h.learningRate));

export const lion = defineAlgorithm({
  id: "lion",
  summary: "Lion: a step along the signs of a momentum, with decoupled decay",
  source: "arXiv:2302.06675",
  control: "lion-off",
  controlReason: "the same momentum at the length that its signs have, and not their signs",
  fields,
  search,
  agents: ["prey"],
  phases: (h) => [single("train", optimiser(tf.sign, h), end)],
});

export const lionOff = defineAlgorithm({
  id: "lion-off",
  summary: "Lion's momentum at the length of its signs, without taking signs",
  source: "the control of arXiv:2302.06675",
  role: "control",
  control: null,
  controlReason: "it is a control itself",
  fields,
  search,
  agents: ["prey"],
  phases: (h) => [single("train", optimiser(sameLength, h), end)],
});
