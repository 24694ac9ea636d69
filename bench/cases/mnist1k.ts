import { mnistCase } from "./image.ts";

/** Scaled initialisation and the threshold of the paper. */
export const omnigrok = {
  batchSize: 200,
  initScale: 8,
  generalisedAbove: 0.85,
  maxEpochs: 15_000,
};

export const mnist1k = mnistCase({
  id: "mnist1k",
  summary: "1,000 MNIST images, perceptron 784-200-200-10 with initialisation × 8, mean squared error",
  source: "arXiv:2509.10562, section 2 and appendix A.1; arXiv:2210.01117",
}, omnigrok);
