import { gammaln } from "simple-statistics";

/**
 * log of the evidence that signs are no fair coin: ∫ Π (1 + λsᵢ) dλ/2 over −1 ≤ λ ≤ 1, which is 2ⁿ·B(a+1, b+1) for a signs of
 * one kind and b of the other. Under fair signs its expectation is 1 however often one looks, so with probability at most
 * 1/x it ever reaches x: a test that may be looked at every night, and stopped at any.
 *
 * Source: Ville 1939 (the inequality); Robbins 1970, Ann. Math. Stat. 41:1397 (the mixture).
 *
 * @param a, b counts, ties left out: they are no evidence either way
 */
export function logSignEvidence(a: number, b: number): number {
  const logBeta = gammaln(a + 1) + gammaln(b + 1) - gammaln(a + b + 2);
  return (a + b) * Math.LN2 + logBeta;
}
