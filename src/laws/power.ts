import { logLinear } from "./log_linear.ts";

/** f = C·xᵏ for x > 0: log T is linear in log x. The rival of `exponential` over a narrow range of x. */
export const power = logLinear({
  id: "power",
  summary: "T is a power of x",
  formula: "T = C·x^k",
  parameters: ["C", "k"],
  positive: ["C"],
  slope: ({ k }) => k,
  u: (x) => x > 0 ? Math.log(x) : NaN,
  parametersOf: ({ m, b }) => ({ C: Math.exp(b), k: m }),
});
