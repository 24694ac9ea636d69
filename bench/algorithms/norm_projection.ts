import * as tf from "@tensorflow/tfjs";
import { type CaseInfo, defineAlgorithm } from "../../src/algorithms/algorithm.ts";
import { end, single } from "../../src/algorithms/single.ts";
import { adamw, norm, type Vec } from "../../src/algorithms/transform.ts";
import { positive } from "../../src/declare/field.ts";
import { afterEachStep } from "./after_each_step.ts";
import { plainFields, plainSearch } from "./adam.ts";

/** θ ← θ·r‖θ₀‖/‖θ‖. */
const onSphere = (params: Vec, start: Vec, ratio: number): Vec =>
  tf.mul(params, tf.div(tf.mul(norm(start), ratio), norm(params)));

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
  phases(h) {
    const free = single("train", adamw({ ...h, weightDecay: 0 }), end);
    return [afterEachStep(free, (params, start) => onSphere(params, start, h.normRatio))];
  },
});
