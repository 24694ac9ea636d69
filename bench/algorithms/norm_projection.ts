import * as tf from "@tensorflow/tfjs";
import { type CaseInfo, defineAlgorithm, type Phase } from "../../src/algorithms/algorithm.ts";
import { end, single } from "../../src/algorithms/single.ts";
import { adamw, norm, type Vec } from "../../src/algorithms/transform.ts";
import { positive } from "../../src/declare/field.ts";
import { plainFields, plainSearch } from "./adam.ts";

/** A phase after whose every step θ ← θ·r‖θ₀‖/‖θ‖. State: start, which is θ₀: float32 [P]. */
const onSphere = (phase: Phase, ratio: number): Phase => ({
  ...phase,
  enter: (previous, stream) => ({
    ...phase.enter(previous, stream),
    start: (previous.prey as Float32Array).slice(),
  }),
  step(state, gradAt, clock) {
    const stepped = phase.step(state, gradAt, clock);
    const prey = stepped.state.prey as Vec;
    const scale = tf.div(tf.mul(norm(state.start as Vec), ratio), norm(prey));
    return { ...stepped, state: { ...stepped.state, prey: tf.mul(prey, scale) } };
  },
});

export const normProjection = defineAlgorithm({
  id: "norm-projection",
  summary: "Adam without decay on the sphere of a chosen norm: after each step the parameters are scaled to it",
  source: "arXiv:2210.01117",
  control: "adam",
  controlReason: "the same Adam, which has no decay either, with the norm left free",
  fields: { ...plainFields, normRatio: positive(1, "r, the norm as a multiple of that of the start") },
  // Omnigrok's perceptron starts at eight times the usual norm, and does not grok at the usual one.
  presets: ({ family }: CaseInfo) => family === "image" ? { normRatio: 0.125 } : {},
  search: { ...plainSearch, normRatio: { low: 0.03, high: 3 } },
  agents: ["prey"],
  phases: (h) => [onSphere(single("train", adamw({ ...h, weightDecay: 0 }), end), h.normRatio)],
});
