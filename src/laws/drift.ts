import { stream } from "../data/stream.ts";
import { type Permutations, requirePositive } from "../stats/permutation.ts";
import { type Fit, type Law, type Point, timed } from "./law.ts";
import { byStratum } from "./strata.ts";

/** Whether fresh runs obey the law of the reference. */
export interface LawDrift {
  /** Never 0, at least 1/(permutations + 1). */
  readonly p: number;
  /** Twice the log-likelihood that a law each gains over one law for both. */
  readonly statistic: number;
  readonly reference: Fit;
  readonly fresh: Fit;
}

interface Labelled {
  readonly point: Point;
  readonly stratum: string;
  readonly fresh: boolean;
}

/** Statistics of two dealings of the same split differ by the rounding of the search only. */
const TIE = 1e-6;

const part = (runs: readonly Labelled[], fresh: boolean) =>
  runs.filter((run) => run.fresh === fresh).map((run) => run.point);

/**
 * Likelihood-ratio test of "one law for reference and fresh runs" against "a law each, of the same form".
 *
 * statistic = 2·(ℓ(reference) + ℓ(fresh) − ℓ(both)), with σ of both estimated once, under the one law, and held: the
 * question is whether the law moved, not whether its scatter did, and a σ of its own would make the likelihood of a few
 * fresh points unbounded. (Without censoring this orders samples as the ratio with a shared free σ does.) p is the
 * share of dealings of the labels, within each stratum, whose statistic is no less, the observed one counted, so it
 * holds for any number of runs; under χ² it would not.
 *
 * Reference and fresh runs have to be runs of different seeds with the same budget, else labels are not exchangeable.
 *
 * @returns null where either sample does not determine the law, or where they have no stratum in common
 * @throws {RangeError} if an x is not finite, a time not positive, or `permutations` not a positive integer
 *
 * Source: Wilks 1938, Ann. Math. Stat. 9:60; Good 2005, Permutation, Parametric and Bootstrap Tests of Hypotheses, 3rd
 * ed. (dealing within blocks); Phipson & Smyth 2010, Stat. Appl. Genet. Mol. Biol. 9:39 (p).
 */
export function lawDrift(
  law: Law,
  reference: readonly Point[],
  fresh: readonly Point[],
  { permutations, seed }: Permutations,
): LawDrift | null {
  requirePositive(permutations);
  const both = law.fit([...reference, ...fresh]);
  const [before, now] = [law.fit(reference), law.fit(fresh)];
  if (!both || !before || !now) return null;
  const label = (points: readonly Point[], isFresh: boolean): Labelled[] =>
    timed(points).map((point) => ({ point, stratum: point.stratum, fresh: isFresh }));
  const strata = byStratum([...label(reference, false), ...label(fresh, true)]);
  if (strata.every((runs) => runs.every((run) => run.fresh === runs[0].fresh))) return null;
  const statisticOf = (runs: readonly Labelled[]) =>
    2 * (law.maximum(part(runs, false), both.sigma) + law.maximum(part(runs, true), both.sigma) - both.logLikelihood);
  const random = stream(seed, `law-drift/${law.id}`);
  const deal = (runs: readonly Labelled[]): Labelled[] => {
    const order = random.permutation(runs.length);
    return runs.map((run, i) => ({ ...run, fresh: runs[order[i]].fresh }));
  };
  const statistic = statisticOf(strata.flat());
  let hits = 1;
  for (let i = 0; i < permutations; i++) {
    if (statisticOf(strata.flatMap(deal)) >= statistic - TIE * (1 + statistic)) hits++;
  }
  return { p: hits / (permutations + 1), statistic, reference: before, fresh: now };
}
