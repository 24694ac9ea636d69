import * as tf from "@tensorflow/tfjs";
import { adamFields, adamw, defineAlgorithm, end, norm, type Phase, positive, single, type Vec } from "driven-hunt";

/** The gradient is taken at θ + ρ·g/‖g‖: two gradient calls a step. */
function sharpnessAware(base: Phase, rho: number): Phase {
  return {
    ...base,
    gradientCalls: 2,
    step: (state, gradAt, clock) =>
      base.step(state, (params) => {
        const { loss, grad } = gradAt(params);
        const away = tf.mul(grad, tf.div(rho, tf.add(norm(grad), 1e-12)));
        return { loss, grad: gradAt(tf.add(params, away) as Vec).grad };
      }, clock),
  };
}

export const sam = defineAlgorithm({
  id: "sam",
  summary: "AdamW on the gradient at the worst point within ρ",
  source: "arXiv:2010.01412",
  control: "adamw",
  controlReason: "the same optimiser on the gradient where it stands",
  fields: { ...adamFields, rho: positive(0.05, "ρ, how far the worst point may be") },
  search: { rho: { low: 1e-3, high: 1 } },
  agents: ["prey"],
  phases: (h) => [sharpnessAware(single("train", adamw(h), end), h.rho)],
});
