import { modularCase } from "./modular.ts";

/**
 * The form that the first board rested on. It contradicts the paper, which states a standard deviation of 1.0 for the
 * embeddings of its division, and 0.02 for its addition only (A.1): it is kept as a second form, in which AdamW groks
 * without dropout. The budget is two and a half times the paper's 4·10³ epochs.
 */
export const div97Smallinit = modularCase({
  id: "div97-smallinit",
  summary: "div97 with small embeddings and without dropout; against appendix A.1, which states a deviation of 1.0",
  formOf: "div97",
  source: "ours, after arXiv:2509.10562, section 2",
}, { normPlacement: "post", embeddingStd: 0.02, maxEpochs: 10_000 });
