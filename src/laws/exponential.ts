import { logLinear } from "./log_linear.ts";

/**
 * f = B·exp(−x/η): log T falls linearly, by 1 for every η of x; η < 0 where it rises.
 *
 * Source: arXiv:2509.10562, section 5, with x = β, the fraction of the data.
 */
export const exponential = logLinear({
  id: "exponential",
  summary: "log T falls linearly in x, by one e-fold for every eta",
  formula: "T = B·exp(−x/eta)",
  parameters: ["B", "eta"],
  reciprocal: ["eta"],
  positive: ["B"],
  slope: ({ eta }) => -1 / eta,
  u: (x) => x,
  parametersOf: ({ m, b }) => ({ B: Math.exp(b), eta: m === 0 ? Infinity : -1 / m }),
});
