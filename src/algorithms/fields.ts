import { count, fraction, nonNegative, positive } from "../declare/field.ts";
import type { Range } from "./algorithm.ts";

/** Constants of Adam and of its weight decay. */
export const adamFields = {
  learningRate: positive(1e-3, "α, the step size"),
  weightDecay: nonNegative(1e-2, "λ, decoupled in AdamW, coupled in Adam-L2"),
  beta1: fraction(0.9, "b₁, decay rate of the first moment"),
  beta2: fraction(0.999, "b₂, decay rate of the second moment"),
  epsilon: positive(1e-8, "ε in Adam's denominator"),
};

/**
 * Where constants of Adam with coupled decay, λ in the gradient, are looked for: two decades of learning rates and four of
 * decays, with the paper's in the middle of the decays.
 */
export const adamSearch = {
  learningRate: { low: 3e-4, high: 3e-2 },
  weightDecay: { low: 1e-4, high: 1 },
} satisfies Record<string, Range>;

/** The same with decoupled decay, which acts at α·λ a step: from the paper's decay upwards. */
export const decoupledSearch = {
  learningRate: adamSearch.learningRate,
  weightDecay: { low: 5e-3, high: 50 },
} satisfies Record<string, Range>;

/** Constants of a hunt; the defaults are the paper's for division (Fig. 2). */
export const huntFields = {
  A: nonNegative(150, "strength of the push on the prey, α·A·exp(−d/σ)"),
  sigma: positive(10, "σ, range of the push in parameter space"),
  alphaP: nonNegative(100, "α_p: the predator moves α·α_p a step"),
  nD: count(5, "N_d, prey-only steps before the hunt", 0),
};

/** Where constants of a hunt are looked for: three decades each, the paper's for both of its cases inside. */
export const huntSearch = {
  A: { low: 1, high: 1e3 },
  sigma: { low: 1e-1, high: 1e2 },
  alphaP: { low: 1, high: 1e3 },
} satisfies Record<string, Range>;
