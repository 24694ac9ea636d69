import { linearRegression, linearRegressionLine, mean, rSquared } from "simple-statistics";
import type { Law, Point } from "./law.ts";

/** A straight line through the means of the settings of a sweep. */
export interface MeansFit {
  readonly intercept: number;
  readonly slope: number;
  readonly rSquared: number;
  readonly settings: number;
}

/** With two settings any line fits. */
const LEAST_SETTINGS = 3;

/**
 * Least squares through the mean times of the settings, as a plot of means is read: of T over x for the linear law, of the
 * logarithm of the mean over x for the exponential one. Every setting weighs the same and scatter counts for nothing: it
 * says how straight the means lie, not whether there is a law.
 *
 * @returns null for another law, for fewer than three settings, and where a run did not get there, for it has no time
 *
 * Source: arXiv:2509.10562, Fig. 7, whose points are means of three runs.
 */
export function meansFit({ id }: Law, points: readonly Point[]): MeansFit | null {
  const settings = [...Map.groupBy(points, ({ stratum }) => stratum).values()];
  const straight = id === "linear" || id === "exponential";
  if (!straight || settings.length < LEAST_SETTINGS || points.some(({ censored }) => censored)) return null;
  const line = settings.map((own) => {
    const time = mean(own.map((point) => point.time));
    return [mean(own.map(({ x }) => x)), id === "linear" ? time : Math.log(time)];
  });
  const { m, b } = linearRegression(line);
  return { intercept: b, slope: m, rSquared: rSquared(line, linearRegressionLine({ m, b })), settings: line.length };
}
