import { median } from "simple-statistics";
import { type Interval, percentileInterval } from "./bootstrap.ts";
import { kaplanMeierMedian, type Observation } from "./kaplan_meier.ts";

/** Fewer runs cannot carry a 95 % interval: all resampled medians lie between the least and the greatest of them. */
const LEAST_RUNS = 5;
const OPTIONS = { level: 0.95, resamples: 2000, seed: 0 };

/**
 * 95 % percentile bootstrap interval of the Kaplan–Meier median. A resample whose median is not reached counts as infinite.
 *
 * @returns null for fewer than five runs
 *
 * Source: Efron 1981, JASA 76:312 (case resampling of pairs of time and censoring).
 */
export function medianInterval(sample: readonly Observation[]): Interval | null {
  if (sample.length < LEAST_RUNS) return null;
  // Where nothing is censored it is the ordinary median, in a fraction of the time.
  if (sample.every((o) => !o.censored)) {
    return percentileInterval(sample.map((o) => o.time), (x) => median([...x]), OPTIONS);
  }
  return percentileInterval(sample, (resample) => {
    const reached = kaplanMeierMedian(resample);
    return !reached || reached.relation === ">=" ? Infinity : reached.value;
  }, OPTIONS);
}
