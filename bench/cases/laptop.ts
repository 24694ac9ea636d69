import { oneLayer } from "./add139.ts";
import { modularCase } from "./modular.ts";

/**
 * Division and addition small enough for a laptop and large enough to grok under plain AdamW: the model of add139, and
 * moduli found by measurement (smaller ones do not generalise within 800 epochs, larger ones hardly memorise first).
 */
const small = { ...oneLayer, extraEpochs: 30, maxEpochs: 1000, evalEvery: 2 };

export const div113 = modularCase({
  id: "div113",
  summary: "a·b⁻¹ mod 113, half of the pairs, 1-layer transformer, cross-entropy",
  source: "ours, after add139 of arXiv:2509.10562",
}, { ...small, operation: "divide", modulus: 113 });

export const add97 = modularCase({
  id: "add97",
  summary: "a + b mod 97, half of the pairs, 1-layer transformer, cross-entropy",
  source: "ours, after add139 of arXiv:2509.10562",
}, { ...small, operation: "add", modulus: 97 });
