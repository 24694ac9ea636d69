import { glyphsCase } from "./image.ts";
import { omnigrok } from "./mnist1k.ts";
import { modularCase } from "./modular.ts";

/** Small enough for tests: seconds a run, every code path of the real cases. */
const source = "ours, for tests and the smoke profile";
const transformer = { dModel: 32, heads: 2, layers: 1, dFeedforward: 64, batchSize: 64, extraEpochs: 10 };

export const tinyDiv = modularCase({
  id: "tiny-div",
  summary: "a·b⁻¹ mod 23, one narrow layer",
  source,
}, { ...transformer, modulus: 23, maxEpochs: 250 });

export const tinyAdd = modularCase({
  id: "tiny-add",
  summary: "a + b mod 47, one narrow layer",
  source,
}, { ...transformer, operation: "add", modulus: 47, embeddingStd: 0.02, normPlacement: "post", maxEpochs: 130 });

export const tinyGlyphs = glyphsCase({
  id: "tiny-glyphs",
  summary: "200 drawn digits, narrow perceptron",
  source,
}, {
  ...omnigrok,
  trainSize: 200,
  testSize: 500,
  width: 64,
  batchSize: 100,
  generalisedAbove: 0.6,
  extraEpochs: 10,
  initScale: 4,
  maxEpochs: 400,
});
