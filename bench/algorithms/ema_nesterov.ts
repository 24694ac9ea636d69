import * as tf from "@tensorflow/tfjs";
import { defineAlgorithm, type Phase } from "../../src/algorithms/algorithm.ts";
import { adamFields, adamSearch } from "../../src/algorithms/fields.ts";
import { end, single } from "../../src/algorithms/single.ts";
import { adamL2, type Vec } from "../../src/algorithms/transform.ts";
import { fraction, nonNegative } from "../../src/declare/field.ts";
import { memorise } from "./memorise.ts";

/**
 * The gradient is taken at θ + βd; d ← γd + (1 − γ)Δθ with d₀ = 0, Δθ being what the step moved. State: drift, which is d:
 * float32 [P].
 */
const lookingAhead = (
  phase: Phase,
  { drift: kept, ahead }: { readonly drift: number; readonly ahead: number },
): Phase => ({
  ...phase,
  enter(previous, stream) {
    const entered = phase.enter(previous, stream);
    return { ...entered, drift: new Float32Array((entered.prey as Float32Array).length) };
  },
  step(state, gradAt, clock) {
    const [prey, drift] = [state.prey as Vec, state.drift as Vec];
    const stepped = phase.step(
      state,
      (params) => gradAt(tf.add(params, tf.mul(drift, ahead)) as Vec),
      clock,
    );
    const moved = tf.sub(stepped.state.prey as Vec, prey);
    const next = tf.add(tf.mul(drift, kept), tf.mul(moved, 1 - kept));
    return { ...stepped, state: { ...stepped.state, drift: next } };
  },
});

export const emaNesterov = defineAlgorithm({
  id: "ema-nesterov",
  summary: "Adam-L2 once memorised, with the gradient taken ahead along an average of the last steps: no second agent",
  source: "arXiv:2605.25395, after the phases of arXiv:2509.10562",
  control: "adam-l2",
  controlReason: "the same phases, optimiser and restart with the gradient where the parameters are",
  fields: {
    ...adamFields,
    drift: fraction(0.99, "γ, how much of the average of displacements is kept in a step"),
    ahead: nonNegative(0.5, "β, how far along it the gradient is taken"),
  },
  search: { ...adamSearch, drift: { low: 0.5, high: 0.999, ofRest: true }, ahead: { low: 0.1, high: 30 } },
  agents: ["prey"],
  phases: (h) => [memorise(h), lookingAhead(single("train", adamL2(h), end), h)],
});
