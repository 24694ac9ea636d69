import { BASELINE } from "../declare/baseline.ts";
import type { LawClaim } from "../declare/claim.ts";
import {
  compareLaws,
  type Found,
  lawIntervals,
  laws,
  type MeansFit,
  meansFit,
  type NotFound,
  slopeTest,
} from "../laws/mod.ts";
import { holm } from "../stats/holm.ts";
import type { Interval } from "../stats/interval.ts";
import type { OfOneCell } from "../table/table.ts";
import { AS_CLAIMED, lawById, type LawRun, pointsOf, type Readout, READOUTS, sweepsOf } from "./law_points.ts";

/** One law fitted to one sweep. */
interface Fitted {
  readonly law: string;
  readonly parameters: Readonly<Record<string, number>>;
  readonly sigma: number;
  readonly aicc: number;
  readonly rSquared: number | null;
}

/** What a sweep says of a law that the paper claims, by one reading of T. */
export interface LawFigures extends Readout {
  readonly id: string;
  /** What the sweep is of: an algorithm, and what else differs from the case. */
  readonly algorithm: string;
  readonly formula: string;
  /** The paper reports the law for the baseline only, in epochs from the start. */
  readonly claimed: boolean;
  readonly runs: { readonly events: number; readonly censored: number };
  readonly found: Found | NotFound;
  /** The candidates by AICc, best first. */
  readonly fits: readonly Fitted[];
  /** 95 % intervals over seeds of the parameters of the claimed law; null where they are not determined. */
  readonly intervals: Readonly<Record<string, Interval>> | null;
  /** Two-sided, over seeds: that T does not depend on x, by the slope of the claimed law; see {@linkcode corrected}. */
  readonly p: number | null;
  /** The claimed law as the paper fits it; null where a run did not get there, or the law is no straight line. */
  readonly ofMeans: MeansFit | null;
  /** log T − log f(x) under the claimed law, one a run; of censored runs the least it can be. */
  readonly residuals: readonly { readonly x: number; readonly seed: number; readonly residual: number }[];
}

type SampledCell = OfOneCell & { readonly samples: readonly LawRun[] };

const LEVEL = 0.95;

/** A sweep by one reading of T; its p is not corrected yet for how many there are. */
function figuresOf(claim: LawClaim, algorithm: string, own: readonly SampledCell[], readout: Readout): LawFigures {
  const points = own.flatMap(({ cell, samples }) => pointsOf(claim, cell, samples, readout));
  const law = lawById(claim.law);
  const { fits, found } = compareLaws(points, laws);
  const fit = fits.find((f) => f.law === law.id);
  return {
    id: claim.id,
    algorithm,
    ...readout,
    formula: claim.formula,
    claimed: algorithm === BASELINE && readout === AS_CLAIMED,
    runs: { events: points.filter((p) => !p.censored).length, censored: points.filter((p) => p.censored).length },
    found,
    fits: fits.map(({ law, parameters, sigma, aicc, rSquared }) => ({ law, parameters, sigma, aicc, rSquared })),
    intervals: lawIntervals(law, points, LEVEL),
    p: slopeTest(law, points),
    ofMeans: meansFit(law, points),
    residuals: fit?.residuals.map(({ x, seed, residual }) => ({ x, seed, residual })) ?? [],
  };
}

/**
 * The claimed sweep is one question, asked before the data, and is tested alone. All others are a search for laws: their p are
 * corrected for how many there are (Holm). A law that is found has to hold over the seeds as well.
 */
function corrected(figures: readonly LawFigures[]): LawFigures[] {
  const searched = figures.filter(({ p, claimed }) => p !== null && !claimed);
  const adjusted = holm(searched.map(({ p }) => p!));
  return figures.map((own) => {
    const p = adjusted[searched.indexOf(own)] ?? own.p;
    if ("none" in own.found || (p !== null && p <= 1 - LEVEL)) return { ...own, p };
    const why = p === null
      ? `${own.found.law} is best, but seeds are too few, or one alone does not determine a law`
      : `over seeds the slope is not told from 0: p = ${p.toPrecision(2)}${own.claimed ? "" : ", corrected"}`;
    return { ...own, p, found: { none: why } };
  });
}

/** Fits the laws of a case to each of its sweeps, and reads T in each way. */
export function lawFiguresOf(
  lawClaims: readonly LawClaim[],
  caseId: string,
  cells: readonly SampledCell[],
): LawFigures[] {
  return lawClaims.filter((claim) => claim.case === caseId).flatMap((claim) =>
    corrected(
      [...sweepsOf(claim, cells)].flatMap(([algorithm, own]) =>
        READOUTS.map((readout) => figuresOf(claim, algorithm, own, readout))
      ),
    )
  );
}
