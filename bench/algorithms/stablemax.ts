import * as tf from "@tensorflow/tfjs";
import { defineAlgorithm, type Loss, type Phase } from "../../src/algorithms/algorithm.ts";
import { end, single } from "../../src/algorithms/single.ts";
import { adamw } from "../../src/algorithms/transform.ts";
import { type Config, withDefaults } from "../../src/declare/field.ts";
import { crossEntropy } from "../../src/problem/objective.ts";
import { plainFields, plainSearch } from "./adam.ts";

/** Of the authors for their transformer: a learning rate ten times the usual, and no decay. */
const fields = withDefaults(plainFields, { learningRate: 1e-2 });

/**
 * −log(s(z)[target]/Σ s(z)) with s(x) = x + 1 for x ≥ 0 and 1/(1 − x) below: what grows linearly where exp would swallow the
 * small logits, so that the gradient does not vanish in rounding.
 */
const stableMax: Loss = (logits, targets) => {
  // The branch that is not taken must not divide by 0; at 0 both have the slope 1.
  const below = tf.div(1, tf.sub(1, tf.minimum(logits, 0)));
  const s = tf.where(tf.greaterEqual(logits, 0), tf.add(logits, 1), below);
  const picked = tf.sum(tf.mul(s, tf.oneHot(targets, logits.shape[1]).toFloat()), 1);
  return tf.sub(tf.log(tf.sum(s, 1)), tf.log(picked));
};

/** Adam without decay that makes this loss small, whatever the case's is. */
function training(loss: Loss, h: Config<typeof fields>): readonly Phase[] {
  const usual = single("train", adamw({ ...h, weightDecay: 0 }), end);
  return [{ ...usual, step: (state, gradAt, clock) => usual.step(state, (params) => gradAt(params, loss), clock) }];
}

export const stablemax = defineAlgorithm({
  id: "stablemax",
  summary: "cross-entropy on StableMax in place of softmax under Adam without decay; the case judges it as any other",
  source: "arXiv:2501.04697",
  control: "stablemax-off",
  controlReason: "the same Adam on the cross-entropy of softmax",
  fields,
  search: plainSearch,
  agents: ["prey"],
  phases: (h) => training(stableMax, h),
});

export const stablemaxOff = defineAlgorithm({
  id: "stablemax-off",
  summary: "cross-entropy on softmax under the Adam of stablemax, on images too",
  source: "the control of arXiv:2501.04697",
  role: "control",
  control: null,
  controlReason: "it is a control itself",
  fields,
  search: plainSearch,
  agents: ["prey"],
  phases: (h) => training(crossEntropy, h),
});
