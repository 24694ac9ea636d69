import type { Interval } from "../stats/interval.ts";
import { studentInterval, studentTest } from "../stats/student.ts";
import type { Fit, Law, Point } from "./law.ts";

/**
 * A law fitted to the runs of each seed alone, of those that were run at every setting. A seed is the unit of chance: its data, its start and its batches go with it
 * through the whole sweep, so that its runs are no independent ones, but what it says of the law is independent of what
 * another one says.
 *
 * Resampling seeds would respect that too, and is too narrow for as few as there are: of 120 simulated sweeps at seven β, with
 * a height and a slope of its own for each seed, 95 % bootstrap intervals held the true slope in 83 % with five seeds and 74
 * % with three; resampling within β, which takes runs for independent, in 83 % and 83 %; Student's over the seeds' own
 * slopes in 94 % and 96 % (test/laws/over_seeds_test.ts repeats it).
 *
 * @returns null where the law is not determined by each seed's runs alone
 */
function fitsOfSeeds(law: Law, points: readonly Point[]): readonly Fit[] | null {
  const settings = new Set(points.map(({ stratum }) => stratum)).size;
  const whole = [...Map.groupBy(points, ({ seed }) => seed).values()].filter((own) =>
    new Set(own.map(({ stratum }) => stratum)).size === settings
  );
  const fits = whole.map((own) => law.fit(own));
  return fits.every((fit) => fit !== null) ? fits : null;
}

/** Where a parameter is about normal: positive ones in the logarithm, reciprocals by way of what they are one over. */
function scaleOf({ positive = [], reciprocal = [] }: Law, name: string) {
  if (positive.includes(name)) return { of: Math.log, back: ({ low, high }: Interval) => orderly(low, high, Math.exp) };
  if (!reciprocal.includes(name)) return { of: (x: number) => x, back: (interval: Interval) => interval };
  return {
    of: (x: number) => 1 / x,
    // The whole line where what it is one over may be 0.
    back: ({ low, high }: Interval) =>
      low * high > 0 ? { low: 1 / high, high: 1 / low } : { low: -Infinity, high: Infinity },
  };
}

const orderly = (low: number, high: number, map: (x: number) => number): Interval => ({
  low: map(low),
  high: map(high),
});

/**
 * Intervals of the parameters of a law over seeds: Student's, of the parameters that the seeds have each for itself.
 *
 * @returns null with fewer than three seeds, or where the runs of one do not determine the law
 */
export function lawIntervals(
  law: Law,
  points: readonly Point[],
  level: number,
): Readonly<Record<string, Interval>> | null {
  const fits = fitsOfSeeds(law, points);
  if (!fits) return null;
  const intervals = law.parameters.map((name) => {
    const { of, back } = scaleOf(law, name);
    const interval = studentInterval(fits.map((fit) => of(fit.parameters[name])), level);
    return interval && [name, back(interval)] as const;
  });
  return intervals.every((each) => each !== null) ? Object.fromEntries(intervals) : null;
}

/** The same of the median time f(x) at each x, in the logarithm: a pointwise band. Null where there are no intervals. */
export function lawBand(
  law: Law,
  points: readonly Point[],
  xs: readonly number[],
  level: number,
): readonly (Interval & { readonly x: number })[] | null {
  const fits = fitsOfSeeds(law, points);
  if (!fits) return null;
  const band = xs.map((x) => {
    const found = studentInterval(fits.map((fit) => Math.log(fit.predict(x))), level);
    return found && { x, ...orderly(found.low, found.high, Math.exp) };
  });
  return band.every((each) => each !== null) ? band : null;
}

/**
 * Two-sided p of "T does not depend on x": that the mean of the slopes that the seeds have each for itself is 0.
 *
 * @returns null for a law without a slope, with fewer than three seeds, or where the runs of one do not determine the law
 */
export function slopeTest(law: Law, points: readonly Point[]): number | null {
  const { slope } = law;
  const fits = slope && fitsOfSeeds(law, points);
  return fits ? studentTest(fits.map(({ parameters }) => slope(parameters))) : null;
}
