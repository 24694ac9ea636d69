import { mnistCase } from "./image.ts";

/** Constants of the hunt: Fig. 2 of the paper (A = 15, σ = 1, α_p = 2A/3, N_d = 5), useM of its Fig. 4. */
export const omnigrok = {
  batchSize: 200,
  initScale: 8,
  A: 15,
  sigma: 1,
  alphaP: 10,
  useM: true,
  generalisedAbove: 0.85,
  maxEpochs: 15_000,
};

export const mnist1k = mnistCase({
  id: "mnist1k",
  summary: "1,000 MNIST images, perceptron 784-200-200-10 with initialisation × 8, mean squared error",
  source: "arXiv:2509.10562, section 4; arXiv:2210.01117",
  tuned: { learningRate: 3e-3, weightDecay: 1 },
}, omnigrok);
