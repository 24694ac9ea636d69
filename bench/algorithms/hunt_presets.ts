import type { CaseInfo } from "../../src/algorithms/algorithm.ts";

/** Fig. 2 of the paper for its perceptron: A = 15, σ = 1, α_p = 2A/3. The fields' defaults are those of its division. */
export const huntPresets = ({ family }: CaseInfo) => family === "image" ? { A: 15, sigma: 1, alphaP: 10 } : {};

/** Fig. 4 of the paper uses the first moment on MNIST and the raw gradient on division. */
export const momentPreset = ({ family }: CaseInfo) => family === "image" ? { useM: true } : {};
