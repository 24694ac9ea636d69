import { extent } from "simple-statistics";
import { determined, type Fit, fitted, type Law, type Point, sampleOf, timed } from "./law.ts";
import { type Design, tobit } from "./tobit.ts";

/** A line log f = b + m·u(x): what it is called and how its parameters follow from b and m. */
export interface LogLinear extends Omit<Law, "fit" | "maximum"> {
  /** NaN where the law has no value. */
  u(x: number): number;
  parametersOf(line: { readonly m: number; readonly b: number }): Readonly<Record<string, number>>;
}

/**
 * The straight line on u by its height at the middle of the range and its rise over the range, both in units of log T,
 * so that one tolerance serves them; level where u takes one value only.
 */
function straightLine(u: readonly number[]) {
  const [low, high] = extent(u);
  const middle = (low + high) / 2;
  const width = high - low;
  const scaled = u.map((value) => width ? (value - middle) / width : 0);
  const design: Design = { rows: scaled.map((value) => [1, value]) };
  const line = ([height, rise]: readonly number[]) => {
    const m = width ? rise / width : 0;
    return { m, b: height - m * middle };
  };
  return { design, line };
}

/** A law that is a straight line in log T. */
export function logLinear({ u, parametersOf, ...law }: LogLinear): Law {
  const axis = (runs: readonly Point[]) => runs.map((point) => u(point.x));
  return {
    ...law,
    fit(points): Fit | null {
      const runs = timed(points);
      const xs = axis(runs);
      if (!determined(runs, law.parameters.length) || !xs.every(Number.isFinite)) return null;
      const { design, line } = straightLine(xs);
      const maximum = tobit(sampleOf(runs), design);
      const { m, b } = line(maximum.coefficients);
      return fitted(law.id, points, maximum, parametersOf({ m, b }), (x) => Math.exp(b + m * u(x)));
    },
    maximum(points, sigma) {
      const runs = timed(points);
      return tobit(sampleOf(runs), straightLine(axis(runs)).design, sigma).logLikelihood;
    },
  };
}
