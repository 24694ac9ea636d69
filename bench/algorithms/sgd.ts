import { type CaseInfo, defineAlgorithm } from "../../src/algorithms/algorithm.ts";
import { end, single } from "../../src/algorithms/single.ts";
import { addDecayedWeights, chain, norm, scaleByLearningRate, type Transform } from "../../src/algorithms/transform.ts";
import { type Config, nonNegative, positive } from "../../src/declare/field.ts";

export const sgdFields = {
  learningRate: positive(0.1, "α, the step size"),
  weightDecay: nonNegative(1e-4, "λ, of the L2 term in the gradient"),
};
export const sgdSearch = { learningRate: { low: 3e-4, high: 3 }, weightDecay: { low: 1e-6, high: 1e-2 } };

/** At a start eight times the usual one the loss of an image is several hundred: a hundredth of the rate, or it diverges at once. */
export const sgdPresets = ({ family }: CaseInfo) => family === "image" ? { learningRate: 1e-3 } : {};

const measured: Transform = {
  init: () => ({}),
  clock: () => ({}),
  update: (u, state) => ({ update: u, state, probes: { stepNorm: norm(u) } }),
};

/** p ← p − α(∇L + λp). Probe: stepNorm = ‖∇L + λp‖. */
export const sgdOptimiser = (h: Config<typeof sgdFields>): Transform =>
  chain(addDecayedWeights(h.weightDecay), measured, scaleByLearningRate(h.learningRate));

export const sgd = defineAlgorithm({
  id: "sgd",
  summary: "Gradient descent on minibatches with L2: the control of the ravine method without Adam",
  source: "Robbins & Monro 1951; after arXiv:2201.11643",
  role: "control",
  control: null,
  controlReason: "it is a control itself",
  fields: sgdFields,
  presets: sgdPresets,
  search: sgdSearch,
  agents: ["prey"],
  phases: (h) => [single("train", sgdOptimiser(h), end)],
});
