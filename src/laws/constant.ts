import { logLinear } from "./log_linear.ts";

/** f = T₀: time does not depend on x. The null law that every other has to beat. */
export const constant = logLinear({
  id: "constant",
  summary: "the same median time at every x",
  formula: "T = T0",
  parameters: ["T0"],
  positive: ["T0"],
  u: () => 0,
  parametersOf: ({ b }) => ({ T0: Math.exp(b) }),
});
