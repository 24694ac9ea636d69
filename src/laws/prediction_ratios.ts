import { quantileSorted } from "simple-statistics";
import { stream } from "../data/stream.ts";
import type { Resampling } from "../stats/bootstrap.ts";
import type { Interval } from "../stats/interval.ts";
import { type Fit, type Law, type Point, timed } from "./law.ts";
import { byStratum } from "./strata.ts";

function percentiles(values: readonly number[], level: number): Interval {
  const sorted = values.toSorted((a, b) => a - b);
  return { low: quantileSorted(sorted, (1 - level) / 2), high: quantileSorted(sorted, (1 + level) / 2) };
}

/**
 * A law fitted to resamples of the runs within each setting of the sweep, for the gate's ratios alone: it takes the runs of a
 * seed for independent, see {@link lawIntervals} for why the parameters' own intervals do not.
 *
 * Of n runs of a stratum n − 1 are drawn, with replacement: n draws would make the variance of a stratum's mean too
 * small by (n−1)/n, intervals 11 % too narrow at five seeds (McCarthy & Snowden 1985; exact where all strata are equally
 * large). Percentiles of so few runs are still somewhat narrow: of simulated sweeps at seven β intervals of level 0.95
 * held the true η in 92 % at five seeds and 90 % at three, with or without a third censored. The values of x are design, not sample, and are the same in each resample.
 *
 * @returns null where the law does not fit, where a setting has a single run (how far seeds scatter there is unknown), or
 * where more resamples than an end of the interval leaves out determine no law
 * @throws {RangeError} if an option is out of range
 *
 * Source: Efron & Tibshirani 1993, An Introduction to the Bootstrap, sections 8.3 and 13.3; McCarthy & Snowden 1985,
 * Vital and Health Statistics 2:95.
 */
function resampledFits(law: Law, points: readonly Point[], { level, resamples, seed }: Resampling): Fit[] | null {
  if (!(level > 0 && level < 1)) throw new RangeError(`Cannot give an interval at level ${level}`);
  if (!Number.isInteger(resamples) || resamples < 1) throw new RangeError(`Cannot draw ${resamples} resamples`);
  const strata = byStratum(timed(points));
  if (strata.some((runs) => runs.length < 2) || law.fit(points) === null) return null;
  const random = stream(seed, `law-intervals/${law.id}`);
  const draw = (runs: readonly Point[]) => runs.slice(1).map(() => runs[random.integer(runs.length)]);
  const fits: Fit[] = [];
  for (let i = 0; i < resamples; i++) {
    const fit = law.fit(strata.flatMap(draw));
    if (fit) fits.push(fit);
  }
  return resamples - fits.length > resamples * (1 - level) / 2 ? null : fits;
}

/**
 * Intervals of f_fresh(x)/f_reference(x) at each x, both samples resampled: what is known of how far a law has moved.
 *
 * @returns null where either sample has no intervals, see {@link resampledFits}
 */
export function predictionRatios(
  law: Law,
  [reference, fresh]: readonly [readonly Point[], readonly Point[]],
  xs: readonly number[],
  options: Resampling,
): readonly Interval[] | null {
  const before = resampledFits(law, reference, options);
  // Another seed: the two samples are independent.
  const now = resampledFits(law, fresh, { ...options, seed: options.seed + 1 });
  if (!before || !now) return null;
  const draws = Math.min(before.length, now.length);
  return xs.map((x) => {
    const ratios = Array.from({ length: draws }, (_, i) => now[i].predict(x) / before[i].predict(x));
    return percentiles(ratios, options.level);
  });
}
