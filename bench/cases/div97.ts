import { modularCase } from "./modular.ts";

/** Constants of the hunt: Fig. 2 of the paper (A = 150, σ = 10, α_p = 2A/3, N_d = 5), useM of its Fig. 4. */
export const div97 = modularCase({
  id: "div97",
  summary: "a·b⁻¹ mod 97, half of the pairs, 2-layer transformer, cross-entropy",
  source: "arXiv:2509.10562, section 4; arXiv:2201.02177",
}, { maxEpochs: 5000 });
