import { bootstrapTwoSamples, type Resampling } from "./bootstrap.ts";
import type { Interval } from "./interval.ts";
import { medianOf, type Observation, type Tally, tallyOf } from "./kaplan_meier.ts";

/** T(fresh)/T(reference) of the medians, and its bootstrap interval. */
export interface MedianRatio {
  /** What censoring leaves known of the ratio of the two samples' medians; equal ends when both are known. */
  readonly ratio: Interval;
  readonly interval: Interval;
}

/** Bounds of the median: nothing above it is known where fewer than half got there, and it is infinite where half never will. */
function medianBounds(tally: Tally, size: number): Interval {
  const { times, censored } = tally;
  const never = times.at(-1) === Infinity ? censored[times.length - 1] : 0;
  if (2 * never > size) return { low: Infinity, high: Infinity };
  // Not null, which needs a sample that is empty or infinite throughout.
  const { value, relation } = medianOf(tally)!;
  return { low: value, high: relation === "=" ? value : Infinity };
}

/** Of Infinity over Infinity nothing is known. */
function ratioOf(reference: Interval, fresh: Interval): Interval {
  const [low, high] = [fresh.low / reference.high, fresh.high / reference.low];
  return { low: Number.isNaN(low) ? 0 : low, high: Number.isNaN(high) ? Infinity : high };
}

/** Bounds of the median of the runs of a sample with these numbers; the sample is sorted once. */
function resampling(sample: readonly Observation[]): (chosen: Uint32Array) => Interval {
  const { times } = tallyOf(sample);
  const places = sample.map(({ time }) => times.indexOf(time));
  const [events, censored] = [times.map(() => 0), times.map(() => 0)];
  return (chosen) => {
    events.fill(0);
    censored.fill(0);
    for (const i of chosen) (sample[i].censored ? censored : events)[places[i]]++;
    return medianBounds({ times, events, censored }, chosen.length);
  };
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
  const [before, now] = [resampling(reference), resampling(fresh)];
  const sizes = [reference.length, fresh.length] as const;
  return {
    ratio: ratioOf(medianBounds(tallyOf(reference), sizes[0]), medianBounds(tallyOf(fresh), sizes[1])),
    interval: bootstrapTwoSamples(sizes, (first, second) => ratioOf(before(first), now(second)), options),
  };
}
