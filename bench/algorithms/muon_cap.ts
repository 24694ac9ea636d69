import * as tf from "@tensorflow/tfjs";
import { defineAlgorithm, type Phase } from "../../src/algorithms/algorithm.ts";
import { kindOf, type Layout } from "../../src/algorithms/layout.ts";
import { mapPieces } from "../../src/algorithms/pieces.ts";
import { end, single } from "../../src/algorithms/single.ts";
import type { Vec } from "../../src/algorithms/transform.ts";
import { positive } from "../../src/declare/field.ts";
import { besideAdamw, matricesOf, muonFields, muonSearch, scaleByMuon } from "./muon.ts";

const length = (x: tf.Tensor) => tf.sqrt(tf.sum(tf.square(x)));

/** W ← W·min(1, k‖W₀‖/‖W‖), matrix by matrix; keys and values, which are stacked, share one cap. */
const capped = (params: Vec, start: Vec, layout: Layout, cap: number): Vec =>
  mapPieces(
    params,
    layout,
    (w, piece, first) =>
      kindOf(piece) === "matrix" ? tf.mul(w, tf.minimum(tf.div(tf.mul(length(first), cap), length(w)), 1)) : w,
    start,
  );

/** A phase after whose every step the matrices are cut to k times the norm with which they began. State: start: float32 [P]. */
const capping = (phase: Phase, layout: Layout, cap: number): Phase => ({
  ...phase,
  enter: (previous, stream) => ({
    ...phase.enter(previous, stream),
    start: (previous.prey as Float32Array).slice(),
  }),
  step(state, gradAt, clock) {
    const stepped = phase.step(state, gradAt, clock);
    const prey = capped(stepped.state.prey as Vec, state.start as Vec, layout, cap);
    return { ...stepped, state: { ...stepped.state, prey } };
  },
});

export const muonCap = defineAlgorithm({
  id: "muon-cap",
  summary: "Muon whose matrices may not grow beyond the norm of their start",
  source: "Zenodo record 21020292; after arXiv:2504.16041",
  control: "muon",
  controlReason: "the same without the cap",
  fields: { ...muonFields, cap: positive(1, "k, the largest norm of a matrix as a multiple of that of its start") },
  search: { ...muonSearch, cap: { low: 0.3, high: 10 } },
  agents: ["prey"],
  phases(h, layout) {
    const muon = single("train", besideAdamw(scaleByMuon(matricesOf(layout), h), h, layout), end);
    return [capping(muon, layout, h.cap)];
  },
});
