import type { CaseName } from "../../src/problem/case.ts";
import { modularCase } from "./modular.ts";

/** The one-layer transformer of the paper's addition, and the threshold of its Fig. 7. */
export const oneLayer = {
  heads: 2,
  layers: 1,
  dFeedforward: 256,
  normPlacement: "post",
  embeddingStd: 0.02,
  generalisedAbove: 0.95,
} as const;

const addition = (info: CaseName, more: { readonly startNorm?: number } = {}) =>
  modularCase(info, { ...oneLayer, operation: "add", modulus: 139, maxEpochs: 3000, ...more });

const source = "arXiv:2509.10562, section 5, Fig. 7";

export const add139 = addition({
  id: "add139",
  summary: "a + b mod 139 with data fraction β (--set beta=0.8), 1-layer transformer, cross-entropy",
  source,
});

export const add139Norm = addition({
  id: "add139-norm",
  summary: "add139 with the initial vector multiplied by s (--set initScale=1.5): T against ‖θ₀‖",
  source,
});

/** The norm of the usual start is 35.4; the paper averages over starts in hypercubes of several norms (section 5). */
export const add139Hypercube = addition({
  id: "add139-hypercube",
  summary:
    "add139 from a start drawn in a hypercube of norm n (--set startNorm=70.8): T against ‖θ₀‖ by the paper's protocol",
  source,
}, { startNorm: 35.4 });
