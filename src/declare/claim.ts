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
  readonly field: "beta" | "initScale" | "startNorm";
  /** The law by its id in src/laws. */
  readonly law: string;
  readonly formula: string;
  readonly source: string;
}

/** What came out where a sentence was measured; `open`: of another set-up than the paper's, so it decides nothing. */
export const CLAIM_VERDICTS = ["supported", "partly", "not supported", "open"] as const;
export type ClaimVerdict = typeof CLAIM_VERDICTS[number];

/** What would show whether a sentence holds. */
export interface Evidence {
  /** What is compared with what, in a few words. */
  readonly measure: string;
  readonly cases: readonly string[];
  readonly algorithms: readonly string[];
  /** Columns of curves that it is read from. */
  readonly columns?: readonly string[];
  readonly probes?: readonly string[];
}

/** A sentence that was measured. */
interface Measured {
  readonly state: "measured";
  readonly verdict: ClaimVerdict;
  /** Headings of `docs/findings.md` as anchors. */
  readonly findings: readonly string[];
}

/** One that was not. */
interface NotMeasured {
  readonly state: "not measured";
  /** What is missing: a table over columns that records have, runs that were not made, or something that nothing measures. */
  readonly lacks: "summary" | "runs" | "probe";
  /** The smallest thing that would measure it. */
  readonly smallest: string;
}

/** A sentence of the paper that can be measured, told in other words. */
export type LedgerEntry<Section extends string = string> = (Measured | NotMeasured) & {
  readonly id: string;
  readonly sections: readonly Section[];
  readonly statement: string;
  readonly shows: Evidence;
};

/** What a sentence of the documentation about the paper rests on. */
export type Grounds<Section extends string = string> =
  | { readonly sections: readonly Section[] }
  /** It says that the paper does not say something: the words that were looked for. */
  | { readonly searched: string }
  /** It is about another paper, or about none. */
  | { readonly other: string };

/** A sentence of the documentation that says something of the paper. */
export type PaperSentence<Section extends string = string> = Grounds<Section> & {
  readonly file: string;
  /** Words of the sentence that stand in the file once. */
  readonly fragment: string;
};
