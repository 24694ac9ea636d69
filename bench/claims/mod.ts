import type { Claim, LawClaim } from "../../src/declare/claim.ts";

const PAPER = "arXiv:2509.10562";

/** The paper's figures, as far as it gives them; none of them enters a verdict. */
export const claims: readonly Claim[] = [
  { case: "div97", algorithm: "adamw", quantity: "epochs to generalise", value: 4000, source: `${PAPER}, Fig. 1` },
  { case: "mnist1k", algorithm: "adamw", quantity: "epochs to generalise", value: 8000, source: `${PAPER}, Fig. 1` },
  { case: "div97", algorithm: "ppm", quantity: "speedup in gradient calls", value: 20, source: `${PAPER}, Fig. 2` },
  { case: "mnist1k", algorithm: "ppm", quantity: "speedup in gradient calls", value: 80, source: `${PAPER}, Fig. 2` },
  ...["div97", "mnist1k"].flatMap((id) =>
    ["pp-conn", "pp-conn-fast"].map((algorithm) => ({
      case: id,
      algorithm,
      quantity: "speedup in gradient calls" as const,
      value: 100,
      source: `${PAPER}, Fig. 4`,
    }))
  ),
];

export const lawClaims: readonly LawClaim[] = [
  {
    id: "data-fraction",
    case: "add139",
    variable: "beta",
    field: "beta",
    law: "exponential",
    formula: "T = B·exp(−β/η)",
    source: `${PAPER}, Fig. 7`,
  },
  {
    id: "initial-norm",
    case: "add139-norm",
    variable: "initial norm",
    field: "initScale",
    law: "linear",
    formula: "T = a + b‖θ₀‖",
    source: `${PAPER}, Fig. 7`,
  },
  {
    id: "initial-norm-hypercube",
    case: "add139-hypercube",
    variable: "initial norm",
    field: "startNorm",
    law: "linear",
    formula: "T = a + b‖θ₀‖",
    source: `${PAPER}, Fig. 7`,
  },
];
