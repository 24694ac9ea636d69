import * as tf from "@tensorflow/tfjs";
import { type CaseInfo, defineAlgorithm } from "../../src/algorithms/algorithm.ts";
import { adamFields, adamSearch } from "../../src/algorithms/fields.ts";
import { end, single } from "../../src/algorithms/single.ts";
import {
  adamL2,
  adamw,
  chain,
  type OptimiserConfig,
  type Transform,
  type Vec,
} from "../../src/algorithms/transform.ts";
import { flag, fraction, nonNegative, withDefaults } from "../../src/declare/field.ts";

/** Of the authors' main.py for multiplication mod 97: Adam with L2 in the gradient. Their learning rate's warm-up of ten steps is left out. */
const fields = {
  ...withDefaults(adamFields, { weightDecay: 5e-3, beta2: 0.98 }),
  decoupled: flag(false, "whether weights decay beside the gradient, as in AdamW, or in it"),
};
/** Of their main_mnist.py: AdamW with a decay 200 times that of their baseline. */
const optimiserPresets = { weightDecay: 2, beta2: 0.999, decoupled: true };

const optimiser = (h: OptimiserConfig & { readonly decoupled: boolean }) => h.decoupled ? adamw(h) : adamL2(h);

/**
 * μ ← κμ + (1 − κ)g, starting with μ = g; u = g + λ_f·μ.
 *
 * State: slow: float32 [P].
 */
function amplifySlow({ kept, amplify }: { readonly kept: number; readonly amplify: number }): Transform {
  return {
    init: (size) => ({ slow: new Float32Array(size) }),
    clock: (t) => ({ entering: t === 1 ? 1 / (1 - kept) : 1 }),
    update(g, state, _params, clock) {
      const slow = tf.add(tf.mul(state.slow as Vec, kept), tf.mul(g, tf.mul(clock.entering, 1 - kept))) as Vec;
      return { update: tf.add(g, tf.mul(slow, amplify)), state: { slow } };
    },
  };
}

export const grokfast = defineAlgorithm({
  id: "grokfast",
  summary: "Grokfast-EMA: an exponential average of the gradients, their slow part, is added to them",
  source: "arXiv:2405.20233, Grokfast-EMA",
  control: "grokfast-off",
  controlReason: "the same optimiser and decay without the filter",
  fields: {
    ...fields,
    kept: fraction(0.98, "κ, how much of the average is kept in a step"),
    amplify: nonNegative(2, "λ_f, weight of the average beside the gradient"),
  },
  presets: ({ family }: CaseInfo) => family === "image" ? { ...optimiserPresets, kept: 0.8, amplify: 0.1 } : {},
  search: {
    learningRate: adamSearch.learningRate,
    weightDecay: { low: 1e-4, high: 10 },
    kept: { low: 0.5, high: 0.999, ofRest: true },
    amplify: { low: 0.05, high: 20 },
  },
  agents: ["prey"],
  phases: (h) => [single("train", chain(amplifySlow(h), optimiser(h)), end)],
});

export const grokfastOff = defineAlgorithm({
  id: "grokfast-off",
  summary: "Grokfast's optimiser and decay without its filter",
  source: "the control of arXiv:2405.20233, Grokfast-EMA",
  role: "control",
  control: null,
  controlReason: "it is a control itself",
  fields,
  presets: ({ family }: CaseInfo) => family === "image" ? optimiserPresets : {},
  search: { learningRate: adamSearch.learningRate, weightDecay: { low: 1e-4, high: 10 } },
  agents: ["prey"],
  phases: (h) => [single("train", optimiser(h), end)],
});
