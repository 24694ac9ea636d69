import { modularCase } from "./modular.ts";

/**
 * Post-norm and small embeddings, as in the paper's addition: of what it leaves open, the form in which the AdamW baseline
 * comes nearest to its 4·10³ epochs (docs/reproduction.md). Its budget is two and a half times that.
 */
export const div97 = modularCase({
  id: "div97",
  summary: "a·b⁻¹ mod 97, half of the pairs, 2-layer transformer, cross-entropy",
  source: "arXiv:2509.10562, section 4; arXiv:2201.02177",
}, { normPlacement: "post", embeddingStd: 0.02, maxEpochs: 10_000 });
