import * as tf from "@tensorflow/tfjs";
import { defineAlgorithm } from "../../src/algorithms/algorithm.ts";
import type { Layout } from "../../src/algorithms/layout.ts";
import { mapPieces } from "../../src/algorithms/pieces.ts";
import { end, single } from "../../src/algorithms/single.ts";
import { adamw, chain, norm, type Transform } from "../../src/algorithms/transform.ts";
import { plainFields, plainSearch } from "./adam.ts";

/** What the authors keep a square from 0 by. */
const TINY = 1e-30;

/**
 * g⊥ = g − (w·g)/(w·w + 10⁻³⁰)·w; u = g⊥·‖g‖/(‖g⊥‖ + 10⁻³⁰): the gradient without what lengthens the weights, tensor by
 * tensor.
 */
const orthogonalToWeights = (layout: Layout): Transform => ({
  init: () => ({}),
  clock: () => ({}),
  update: (gradient, state, params) => ({
    update: mapPieces(
      gradient,
      layout,
      (g, _piece, w) => {
        const along = tf.div(tf.sum(tf.mul(w, g)), tf.add(tf.sum(tf.square(w)), TINY));
        const across = tf.sub(g, tf.mul(w, along));
        return tf.mul(across, tf.div(norm(g), tf.add(norm(across), TINY)));
      },
      params,
    ),
    state,
  }),
});

export const orthograd = defineAlgorithm({
  id: "orthograd",
  summary: "⊥Grad: Adam without decay on the part of the gradient that is orthogonal to the weights of its tensor",
  source: "arXiv:2501.04697",
  control: "adam",
  controlReason: "the same Adam, which has no decay either, on the whole gradient",
  fields: plainFields,
  search: plainSearch,
  agents: ["prey"],
  phases: (h, layout) => [
    single("train", chain(orthogonalToWeights(layout), adamw({ ...h, weightDecay: 0 })), end),
  ],
});
