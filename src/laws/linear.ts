import minimize from "minimize-golden-section-1d";
import { determined, fitted, type Law, type Point, sampleOf, timed } from "./law.ts";
import { type Maximum, tobit } from "./tobit.ts";

/** log of the greatest ratio of f between the ends of the range: more than the times of one budget span. */
const STEEPEST = Math.log(1e4);
/** The likelihood bends over changes of s of the order of 1. */
const SCAN = 1;
const GRID = Array.from({ length: 1 + Math.ceil(2 * STEEPEST / SCAN) }, (_, i) => -STEEPEST + i * SCAN);

/** Where a cost is least: golden sections find the bottom of a valley but not which, so each one of a scan is searched. */
function lowest(cost: (s: number) => number): number {
  const costs = GRID.map(cost);
  const valleys = GRID.filter((_, i) => !(costs[i] >= costs[i - 1]) && !(costs[i] > costs[i + 1]));
  const bottoms = valleys.map((s): number =>
    minimize(cost, { lowerBound: s - SCAN, upperBound: s + SCAN, tolerance: 1e-8, maxIterations: 200 })
  );
  return bottoms.length === 1 ? bottoms[0] : bottoms.toSorted((a, b) => cost(a) - cost(b))[0];
}

interface Found {
  readonly maximum: Maximum;
  readonly a: number;
  readonly b: number;
}

/**
 * f between the ends x₀, x₁ of the sample is f₀·((1−u) + u·eˢ), u = (x−x₀)/(x₁−x₀): positive for every f₀ > 0 and s.
 * Given s only log f₀ and σ are left, an intercept to fit; s is the one-dimensional search.
 */
function search(runs: readonly Point[], sigma?: number): Found {
  const sample = sampleOf(runs);
  const x0 = Math.min(...runs.map((point) => point.x));
  const width = Math.max(...runs.map((point) => point.x)) - x0;
  const u = runs.map((point) => width ? (point.x - x0) / width : 0);
  const rows = runs.map(() => [1]);
  const profile = (s: number): Maximum =>
    tobit(sample, { rows, offset: u.map((value) => Math.log1p(value * Math.expm1(s))) }, sigma);
  const s = width ? lowest((value) => -profile(value).logLikelihood) : 0;
  const maximum = profile(s);
  const f0 = Math.exp(maximum.coefficients[0]);
  const b = width ? f0 * Math.expm1(s) / width : 0;
  return { maximum, a: f0 - b * x0, b };
}

/**
 * f = a + b·x.
 *
 * Source: arXiv:2509.10562, section 5, with x = ‖θ₀‖, the norm of the initial vector.
 */
export const linear: Law = {
  id: "linear",
  summary: "T is a straight line in x",
  formula: "T = a + b·x",
  parameters: ["a", "b"],
  slope: ({ b }) => b,
  fit(points) {
    const runs = timed(points);
    if (!determined(runs, 2)) return null;
    const { maximum, a, b } = search(runs);
    return fitted("linear", points, maximum, { a, b }, (x) => a + b * x);
  },
  maximum: (points, sigma) => search(timed(points), sigma).maximum.logLikelihood,
};
