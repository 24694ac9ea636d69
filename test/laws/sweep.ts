import { stream } from "../../src/data/stream.ts";
import type { Point } from "../../src/laws/mod.ts";

/** A simulated sweep: what is true, and what is seen of it. */
export interface Truth {
  readonly xs: readonly number[];
  readonly seeds: number;
  readonly median: (x: number) => number;
  readonly sigma: number;
  readonly budget?: number;
}

export const betas = [0.7, 0.75, 0.8, 0.85, 0.9, 0.95, 1];

/** The law of the data fraction, of the size that the paper shows. */
export const falling = (eta: number) => (x: number) => 50 * Math.exp((1 - x) / eta);

/** Times are not rounded to epochs: the tests are of the regression. */
export function sweep({ xs, seeds, median, sigma, budget = Infinity }: Truth, seed: number): Point[] {
  const random = stream(seed, "sweep");
  return xs.flatMap((x) =>
    Array.from({ length: seeds }, (_, run) => {
      const time = median(x) * Math.exp(sigma * random.normal());
      return { x, time: Math.min(time, budget), censored: time > budget, seed: run, stratum: String(x) };
    })
  );
}
