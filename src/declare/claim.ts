/** What a paper says about one case under one algorithm. */
export interface Claim {
  readonly case: string;
  readonly algorithm: string;
  readonly quantity: "epochs to generalise" | "speedup in gradient calls";
  readonly value: number;
  readonly source: string;
}

/** A law that a paper reports: how the time to generalise depends on one variable of a case. */
export interface LawClaim {
  readonly id: string;
  readonly case: string;
  /** A field of the case, or what it brings about: the Euclidean norm of θ₀. */
  readonly variable: "beta" | "initial norm";
  /** The field by which it is swept. */
  readonly field: "beta" | "initScale";
  /** The law by its id in src/laws. */
  readonly law: string;
  readonly formula: string;
  readonly source: string;
}
