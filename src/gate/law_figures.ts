import { BASELINE } from "../declare/baseline.ts";
import type { LawClaim } from "../declare/claim.ts";
import { compareLaws, type Found, lawIntervals, laws, type NotFound } from "../laws/mod.ts";
import type { Interval } from "../stats/interval.ts";
import type { OfOneCell } from "../table/table.ts";
import { lawById, type LawRun, pointsOf, sweepsOf } from "./law_points.ts";

/** One law fitted to one sweep. */
interface Fitted {
  readonly law: string;
  readonly parameters: Readonly<Record<string, number>>;
  readonly sigma: number;
  readonly aicc: number;
  readonly rSquared: number | null;
}

/** What a sweep says of a law that the paper claims. */
export interface LawFigures {
  readonly id: string;
  readonly algorithm: string;
  readonly formula: string;
  /** The paper reports the law for the baseline only. */
  readonly claimed: boolean;
  readonly runs: { readonly events: number; readonly censored: number };
  readonly found: Found | NotFound;
  /** The candidates by AICc, best first. */
  readonly fits: readonly Fitted[];
  /** 95 % intervals of the parameters of the claimed law; null where they are not determined. */
  readonly intervals: Readonly<Record<string, Interval>> | null;
  /** log T − log f(x) under the claimed law, one a run; of censored runs the least it can be. */
  readonly residuals: readonly { readonly x: number; readonly seed: number; readonly residual: number }[];
}

type SampledCell = OfOneCell & { readonly samples: readonly LawRun[] };

const RESAMPLING = { level: 0.95, resamples: 1000, seed: 0 };

/** Fits the laws of a case to each of its algorithms that was run over a sweep. */
export function lawFiguresOf(
  lawClaims: readonly LawClaim[],
  caseId: string,
  cells: readonly SampledCell[],
): LawFigures[] {
  return lawClaims.filter((claim) => claim.case === caseId).flatMap((claim) =>
    [...sweepsOf(claim, cells)].map(([algorithm, own]) => {
      const points = own.flatMap(({ cell, samples }) => pointsOf(claim, cell, samples));
      const law = lawById(claim.law);
      const { fits, found } = compareLaws(points, laws);
      const fit = fits.find((f) => f.law === law.id);
      return {
        id: claim.id,
        algorithm,
        formula: claim.formula,
        claimed: algorithm === BASELINE,
        runs: { events: points.filter((p) => !p.censored).length, censored: points.filter((p) => p.censored).length },
        found,
        fits: fits.map(({ law, parameters, sigma, aicc, rSquared }) => ({ law, parameters, sigma, aicc, rSquared })),
        intervals: lawIntervals(law, points, RESAMPLING),
        residuals: fit?.residuals.map(({ x, seed, residual }) => ({ x, seed, residual })) ?? [],
      };
    })
  );
}
