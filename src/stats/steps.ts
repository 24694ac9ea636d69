import { median } from "simple-statistics";

/** A stretch of a series that keeps one level. */
export interface Level {
  /** Index of its first value. */
  readonly from: number;
  readonly median: number;
}

export interface StepOptions {
  /** Least standard deviation of a value about its level: what is told apart no better scatters by that much. */
  readonly leastScatter: number;
  /** Values that a level has at least: one value far off is no level. */
  readonly leastLength: number;
}

/** Price of a step in −2 log-likelihood, in log n: two are for what it adds, two keep chance out of a hundred values. */
const PRICE = 4;
/** A normal deviate is more than this far off with a probability of one half. */
const QUARTILE = 0.6745;

/** Standard deviation about the levels from differences of neighbours, of which steps are few; robust to these. */
function scatterOf(values: readonly number[], least: number): number {
  const differences = values.slice(1).map((value, i) => Math.abs(value - values[i]));
  return differences.length ? Math.max(least, median(differences) / QUARTILE / Math.SQRT2) : least;
}

/** Absolute deviations of every stretch from `from` on about its median, by its end. */
function deviationsFrom(values: readonly number[], from: number): number[] {
  const sorted: number[] = [];
  return values.slice(from).map((value) => {
    const at = sorted.findIndex((other) => other > value);
    sorted.splice(at < 0 ? sorted.length : at, 0, value);
    const half = sorted.length >> 1;
    let sum = 0;
    for (let i = 0; i < half; i++) sum += sorted[sorted.length - 1 - i] - sorted[i];
    return sum;
  });
}

/**
 * Levels of a series: the partition into stretches of one median whose absolute deviations, in units of the scatter, and
 * price of steps are least together. Deviations are absolute, so that a value far off pulls no level; all partitions are
 * compared, in O(n³).
 *
 * Source: Jackson et al. 2005, IEEE Signal Process. Lett. 12:105 (optimal partitioning); Yao 1988, Stat. Probab. Lett. 6:181
 * (a price of log n a parameter); absolute deviations as in airspeed velocity (`asv`).
 *
 * @returns at least one level for a series that is not empty
 */
export function levelsOf(values: readonly number[], { leastScatter, leastLength }: StepOptions): Level[] {
  const n = values.length;
  if (n === 0) return [];
  // −2 log-likelihood of a Laplace distribution with this standard deviation, without what is the same for all partitions.
  const unit = scatterOf(values, leastScatter) / (2 * Math.SQRT2);
  const price = PRICE * Math.log(n);
  const cost = [-price, ...new Array<number>(n).fill(Infinity)];
  const before = new Array<number>(n + 1).fill(0);
  for (let from = 0; from < n; from++) {
    if (cost[from] === Infinity) continue;
    deviationsFrom(values, from).forEach((deviation, i) => {
      const to = from + i + 1;
      // A series that is shorter is one level.
      if (to - from < Math.min(leastLength, n)) return;
      const own = cost[from] + deviation / unit + price;
      if (own < cost[to]) [cost[to], before[to]] = [own, from];
    });
  }
  const starts: number[] = [];
  for (let to = n; to > 0; to = before[to]) starts.unshift(before[to]);
  return starts.map((from, i) => ({ from, median: median(values.slice(from, starts[i + 1])) }));
}
