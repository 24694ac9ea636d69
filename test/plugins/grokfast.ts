import * as tf from "@tensorflow/tfjs";
import {
  adamFields,
  adamw,
  chain,
  defineAlgorithm,
  end,
  fraction,
  nonNegative,
  single,
  type Transform,
  type Vec,
} from "driven-hunt";

/** μ ← αμ + (1−α)g, starting with μ = g; u = g + λ_f·μ. State: slow: float32 [P]. */
function amplifySlow({ alpha, amplify }: { readonly alpha: number; readonly amplify: number }): Transform {
  return {
    init: (size) => ({ slow: new Float32Array(size) }),
    clock: (t) => ({ entering: t === 1 ? 1 / (1 - alpha) : 1 }),
    update(g, state, _params, clock) {
      const slow = tf.add(tf.mul(state.slow as Vec, alpha), tf.mul(g, tf.mul(clock.entering, 1 - alpha))) as Vec;
      return { update: tf.add(g, tf.mul(slow, amplify)), state: { slow } };
    },
  };
}

export const grokfast = defineAlgorithm({
  id: "grokfast",
  summary: "AdamW whose gradient has its slow part amplified",
  source: "arXiv:2405.20233, Grokfast-EMA",
  control: "adamw",
  controlReason: "the same optimiser and decay without the filter",
  fields: {
    ...adamFields,
    alpha: fraction(0.98, "α, how much of the average is kept in a step"),
    amplify: nonNegative(2, "λ_f, weight of the average beside the gradient"),
  },
  search: { alpha: { low: 0.5, high: 0.999 }, amplify: { low: 0.1, high: 10 } },
  agents: ["prey"],
  phases: (h) => [single("train", chain(amplifySlow(h), adamw(h)), end)],
});
