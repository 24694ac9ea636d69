import { bootstrapTwoSamples, type Resampling } from "./bootstrap.ts";
import type { Interval } from "./interval.ts";
import { kaplanMeierMedian, type Observation } from "./kaplan_meier.ts";

/** T(fresh)/T(reference) of the medians, and its bootstrap interval. */
export interface MedianRatio {
  /** What censoring leaves known of the ratio of the two samples' medians; equal ends when both are known. */
  readonly ratio: Interval;
  readonly interval: Interval;
}

/** Bounds of the median: nothing above it is known where fewer than half got there, and it is infinite where half never will. */
function medianBounds(sample: readonly Observation[]): Interval {
  const never = sample.filter((o) => o.time === Infinity).length;
  if (2 * never > sample.length) return { low: Infinity, high: Infinity };
  // Not null, which needs a sample that is empty or infinite throughout.
  const { value, relation } = kaplanMeierMedian(sample)!;
  return { low: value, high: relation === "=" ? value : Infinity };
}

/** Of Infinity over Infinity nothing is known. */
function lowerEnd(reference: readonly Observation[], fresh: readonly Observation[]): number {
  const low = medianBounds(fresh).low / medianBounds(reference).high;
  return Number.isNaN(low) ? 0 : low;
}

function upperEnd(reference: readonly Observation[], fresh: readonly Observation[]): number {
  const high = medianBounds(fresh).high / medianBounds(reference).low;
  return Number.isNaN(high) ? Infinity : high;
}

/**
 * Ratio T(fresh)/T(reference) of Kaplan–Meier medians with a percentile bootstrap interval over both samples; above 1
 * the fresh sample is slower.
 *
 * Censoring is carried through as bounds: a reference median that is only a lower bound makes `low` 0, a fresh one
 * makes `high` Infinity. A sample of which more than half diverged (time Infinity) has an infinite median: a fresh one
 * makes both ends Infinity. The interval runs from the lower quantile of the lower ends to the upper quantile of the
 * upper ends of the same resamples, so every interval that the censored times could have led to lies inside.
 *
 * @param reference times, positive
 * @param fresh times, positive
 * @throws {RangeError} if a sample is empty, a time is not positive, or an option is out of range
 *
 * Sources: Kaplan & Meier 1958, JASA 53:457; Efron 1981, JASA 76:312 (resampling pairs of time and censoring).
 */
export function medianRatio(
  reference: readonly Observation[],
  fresh: readonly Observation[],
  options: Resampling,
): MedianRatio {
  if (reference.length === 0 || fresh.length === 0) {
    throw new RangeError(`Cannot compare ${fresh.length} fresh runs with ${reference.length} of the reference`);
  }
  const wrong = [...reference, ...fresh].find((o) => !(o.time > 0));
  if (wrong) throw new RangeError(`Cannot take a ratio with a time of ${wrong.time}`);
  return {
    ratio: { low: lowerEnd(reference, fresh), high: upperEnd(reference, fresh) },
    interval: {
      low: bootstrapTwoSamples(reference, fresh, lowerEnd, options).low,
      high: bootstrapTwoSamples(reference, fresh, upperEnd, options).high,
    },
  };
}
