import * as tf from "@tensorflow/tfjs";
import { defineAlgorithm } from "../../src/algorithms/algorithm.ts";
import { kindOf, type Layout } from "../../src/algorithms/layout.ts";
import { mapPieces } from "../../src/algorithms/pieces.ts";
import { end, single } from "../../src/algorithms/single.ts";
import { norm, type Vec } from "../../src/algorithms/transform.ts";
import { positive } from "../../src/declare/field.ts";
import { afterEachStep } from "./after_each_step.ts";
import { besideAdamw, matricesOf, muonFields, muonSearch, scaleByMuon } from "./muon.ts";

/** W ← W·min(1, k‖W₀‖/‖W‖), matrix by matrix; keys and values, which are stacked, share one cap. */
const capped = (params: Vec, start: Vec, layout: Layout, cap: number): Vec =>
  mapPieces(
    params,
    layout,
    (w, piece, first) =>
      kindOf(piece) === "matrix" ? tf.mul(w, tf.minimum(tf.div(tf.mul(norm(first), cap), norm(w)), 1)) : w,
    start,
  );

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
    return [afterEachStep(muon, (params, start) => capped(params, start, layout, h.cap))];
  },
});
