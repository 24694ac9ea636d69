import type { Numbers } from "./numbers.ts";

/** What is said of a quantity, worst first. */
export const VERDICTS = ["drift", "incomplete", "inconclusive", "reproduced"] as const;
export type Verdict = typeof VERDICTS[number];

/** The worst of several verdicts; nothing at all is no pass. */
export const worst = (verdicts: readonly Verdict[]): Verdict =>
  verdicts.length ? VERDICTS[Math.min(...verdicts.map((v) => VERDICTS.indexOf(v)))] : "incomplete";

export type Tier = "canary" | "record" | "digest" | "time" | "nights" | "omnibus" | "speedup" | "law";

/** One quantity, compared with what was expected. */
export interface Finding {
  readonly tier: Tier;
  /** Case, variant and algorithm. */
  readonly subject: string;
  /** The cell that it is of, where it is of one. */
  readonly cell?: { readonly case: string; readonly key: string };
  readonly quantity: string;
  readonly verdict: Verdict;
  /** Expected and found, as text with units. */
  readonly from: string;
  readonly to: string;
  /** How sure: test, interval, number of runs. */
  readonly certainty: string;
  readonly numbers: Numbers;
  readonly seeds: readonly number[];
  /** The first thing to look at; empty when nothing is wrong. */
  readonly look: string;
}

/**
 * Whether a finding only follows from another: a ratio from its two times, equal trajectories from the times that they have.
 * Such a one is shown and can lower the verdict, but it is not counted once more.
 */
export const follows = ({ tier, verdict }: Finding): boolean =>
  tier === "speedup" || (tier === "digest" && verdict === "reproduced");

/**
 * Whether nothing is expected of a time or a ratio, and no profile has promised that something is: the gate has no question
 * there.
 */
export const isUnasked = ({ tier, verdict, numbers }: Finding): boolean =>
  (tier === "time" || tier === "speedup") && verdict === "inconclusive" && numbers.n.expected === 0;

/** How many findings there are of each verdict, without those that follow from others. */
export function countsOf(findings: readonly Finding[]): Record<Verdict, number> {
  const own = findings.filter((finding) => !follows(finding));
  const count = (wanted: Verdict) => own.filter(({ verdict }) => verdict === wanted).length;
  return Object.fromEntries(VERDICTS.map((verdict) => [verdict, count(verdict)])) as Record<Verdict, number>;
}
