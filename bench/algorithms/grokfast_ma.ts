import * as tf from "@tensorflow/tfjs";
import { defineAlgorithm } from "../../src/algorithms/algorithm.ts";
import { adamFields, adamSearch } from "../../src/algorithms/fields.ts";
import { end, single } from "../../src/algorithms/single.ts";
import { adamL2, chain, type Transform, type Vec } from "../../src/algorithms/transform.ts";
import { count, nonNegative, withDefaults } from "../../src/declare/field.ts";

/** Of the authors' main.py for multiplication mod 97. Their learning rate's warm-up of ten steps is left out. */
const fields = withDefaults(adamFields, { weightDecay: 1e-2, beta2: 0.98 });

/**
 * u = g + λ_f·(mean of the last w gradients, this one among them), once there are w of them; until then u = g.
 *
 * State: window: float32 [w·P], oldest gradient first.
 */
function amplifyMean({ window, amplify }: { readonly window: number; readonly amplify: number }): Transform {
  return {
    init: (size) => ({ window: new Float32Array(window * size) }),
    clock: (t) => ({ full: t >= window ? 1 : 0 }),
    update(g, state, _params, clock) {
      const [size] = g.shape;
      const all = tf.concat([tf.slice(state.window as Vec, size, (window - 1) * size), g]) as Vec;
      const mean = tf.reshape(tf.matMul(tf.fill([1, window], 1 / window), tf.reshape(all, [window, size])), [size]);
      return { update: tf.add(g, tf.mul(mean, tf.mul(clock.full, amplify))) as Vec, state: { window: all } };
    },
  };
}

export const grokfastMa = defineAlgorithm({
  id: "grokfast-ma",
  summary: "Grokfast-MA: the mean of the last 100 gradients is added to the gradient; 100 times the memory",
  source: "arXiv:2405.20233, Grokfast-MA",
  control: "grokfast-ma-off",
  controlReason: "the same optimiser and decay without the filter",
  fields: {
    ...fields,
    window: count(100, "w, gradients in the mean", 2),
    amplify: nonNegative(5, "λ_f, weight of the mean beside the gradient"),
  },
  search: { ...adamSearch, amplify: { low: 0.05, high: 20 } },
  agents: ["prey"],
  phases: (h) => [single("train", chain(amplifyMean(h), adamL2(h)), end)],
});

export const grokfastMaOff = defineAlgorithm({
  id: "grokfast-ma-off",
  summary: "Grokfast-MA's optimiser and decay without its filter",
  source: "the control of arXiv:2405.20233, Grokfast-MA",
  role: "control",
  control: null,
  controlReason: "it is a control itself",
  fields,
  search: adamSearch,
  agents: ["prey"],
  phases: (h) => [single("train", adamL2(h), end)],
});
