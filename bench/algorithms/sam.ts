import * as tf from "@tensorflow/tfjs";
import { defineAlgorithm, type Phase } from "../../src/algorithms/algorithm.ts";
import { adamFields, decoupledSearch } from "../../src/algorithms/fields.ts";
import { end, single } from "../../src/algorithms/single.ts";
import { adamw, norm, type Vec } from "../../src/algorithms/transform.ts";
import { nonNegative } from "../../src/declare/field.ts";

/** What the norm of the gradient is kept from 0 by. */
const TINY = 1e-12;

/** A phase whose gradient is taken at θ + ρ·g/‖g‖, g being the gradient at θ: two of them a step. */
const sharpnessAware = (phase: Phase, rho: number): Phase => ({
  ...phase,
  gradientCalls: 2 * phase.gradientCalls,
  step: (state, gradAt, clock) =>
    phase.step(state, (params) => {
      const { loss, grad } = gradAt(params);
      const uphill = tf.mul(grad, tf.div(rho, tf.add(norm(grad), TINY))) as Vec;
      return { loss, grad: gradAt(tf.add(params, uphill)).grad };
    }, clock),
});

export const sam = defineAlgorithm({
  id: "sam",
  summary: "SAM on AdamW: the gradient a little way uphill; two gradient calls a step",
  source: "arXiv:2010.01412",
  control: "adamw",
  controlReason: "the same AdamW with the gradient where it is",
  fields: { ...adamFields, rho: nonNegative(0.05, "ρ, how far uphill") },
  search: { ...decoupledSearch, rho: { low: 5e-3, high: 0.5 } },
  agents: ["prey"],
  phases: (h) => [sharpnessAware(single("train", adamw(h), end), h.rho)],
});
