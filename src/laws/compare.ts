import { constant } from "./constant.ts";
import { type FreeMedians, freeMedians } from "./free_medians.ts";
import { type Fit, type Law, type Point, reachedStrata, timed } from "./law.ts";

/**
 * A model this much worse in AIC has essentially no support (Burnham & Anderson 2002, section 2.6). A law has one
 * parameter more than the constant, so it is found where 2Δℓ > 12, χ² of one degree of freedom: one law in 1,900 by
 * chance, and 9 samples in 4,000 simulated sweeps of 35 runs without a law, two candidates each.
 */
export const NO_SUPPORT = 10;
/** Models as close as this have substantial support beside the best (the same section). */
export const NOT_DISTINGUISHED = 2;
/** With fewer events the corrected AIC of a law of two parameters and σ is not finite. */
const LEAST_EVENTS = 5;
/** Any law of two parameters goes through two. */
const LEAST_STRATA = 3;

/** A law that the sample supports, and those that it cannot tell from it. */
export interface Found {
  readonly law: string;
  readonly rivals: readonly string[];
}

/** No law, and why, in one line. */
export interface NotFound {
  readonly none: string;
}

/** Laws side by side. */
export interface Comparison {
  /** By AICc, best first, the constant among them; laws that the sample does not determine are missing. */
  readonly fits: readonly Fit[];
  /** The best of the candidates, found or not. */
  readonly best: Fit | null;
  readonly freeMedians: FreeMedians | null;
  readonly found: Found | NotFound;
}

const short = (value: number) => value.toFixed(1);

function tooFew(points: readonly Point[]): string | null {
  const runs = timed(points);
  const events = runs.filter((point) => !point.censored).length;
  const strata = new Set(points.map((point) => point.stratum)).size;
  if (events < LEAST_EVENTS) return `too few events: ${events} of ${points.length} runs got there, not ${LEAST_EVENTS}`;
  const reached = reachedStrata(runs).size;
  return reached < LEAST_STRATA
    ? `too few values of x: runs got there at ${reached} of ${strata}, not ${LEAST_STRATA}`
    : null;
}

function judge(best: Fit | null, candidates: readonly Fit[], nothing: Fit | null, free: FreeMedians | null) {
  if (!best || !nothing || !free) return { none: "no candidate has a value at every x" };
  const gain = nothing.aicc - best.aicc;
  if (!(gain > NO_SUPPORT)) {
    return { none: `${best.law} is no more than ${NO_SUPPORT} better than a constant in AICc: ${short(gain)}` };
  }
  const lack = best.aicc - free.aicc;
  if (lack > NO_SUPPORT) {
    return { none: `a median of its own at each x is better than ${best.law}, by ${short(lack)} in AICc` };
  }
  const rivals = candidates.filter((fit) => fit !== best && fit.aicc - best.aicc <= NOT_DISTINGUISHED);
  return { law: best.law, rivals: rivals.map((fit) => fit.law) };
}

/**
 * Which of the candidate laws a sweep supports, if any.
 *
 * A law is found when it beats two models that stand for "there is no law": the constant (x does not matter), and a free
 * median at each stratum (x matters, but not in this way), the first by more than {@link NO_SUPPORT} in AICc, the second
 * by not losing to it as far. Diverged runs are left out and counted in the fits.
 *
 * @throws {RangeError} if an x is not finite, or a time not positive
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { compareLaws } from "./compare.ts";
 * import { laws } from "./mod.ts";
 * const points = [[1, 400], [2, 198], [3, 103], [4, 50], [5, 25.5], [6, 12.3]].map(([x, time], seed) => ({
 *   x,
 *   time,
 *   censored: false,
 *   seed,
 *   stratum: String(x),
 * }));
 * const { best, found } = compareLaws(points, laws);
 * assertEquals(found, { law: "exponential", rivals: [] });
 * assertEquals(best?.parameters.eta.toFixed(2), "1.44");
 * ```
 *
 * Source: Akaike 1974, IEEE Trans. Autom. Control 19:716; Burnham & Anderson 2002, Model Selection and Multimodel
 * Inference, 2nd ed.
 */
export function compareLaws(points: readonly Point[], laws: readonly Law[]): Comparison {
  const nothing = constant.fit(points);
  const byAicc = (a: Fit, b: Fit) => a.aicc - b.aicc || a.logLikelihood - b.logLikelihood;
  const candidates = laws.filter((law) => law.id !== constant.id).map((law) => law.fit(points)).filter((fit) =>
    fit !== null
  ).sort(byAicc);
  const best = candidates.at(0) ?? null;
  const free = freeMedians(points);
  const few = tooFew(points);
  return {
    fits: [...candidates, ...(nothing ? [nothing] : [])].sort(byAicc),
    best,
    freeMedians: free,
    found: few === null ? judge(best, candidates, nothing, free) : { none: few },
  };
}
