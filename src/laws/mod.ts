import { constant } from "./constant.ts";
import { exponential } from "./exponential.ts";
import type { Law } from "./law.ts";
import { linear } from "./linear.ts";
import { power } from "./power.ts";

export { compareLaws, type Comparison, type Found, NO_SUPPORT, NOT_DISTINGUISHED, type NotFound } from "./compare.ts";
export { type LawDrift, lawDrift } from "./drift.ts";
export { type FreeMedians, freeMedians } from "./free_medians.ts";
export { lawBand, lawIntervals, slopeTest } from "./over_seeds.ts";
export { predictionRatios } from "./prediction_ratios.ts";
export type { Fit, Law, Point, Residual } from "./law.ts";
export { type MeansFit, meansFit } from "./means_fit.ts";

/** Every law, the null law first. */
export const laws: readonly Law[] = [constant, exponential, power, linear];
