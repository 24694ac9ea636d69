import { type Stream, stream } from "../../src/data/stream.ts";
import type { Observation } from "../../src/stats/kaplan_meier.ts";

export const reached = (...times: number[]): Observation[] => times.map((time) => ({ time, censored: false }));
export const givenUp = (...times: number[]): Observation[] => times.map((time) => ({ time, censored: true }));

/** An observation of test/golden/statistics.json. */
export const observed = (rows: readonly (readonly [number, boolean])[]): Observation[] =>
  rows.map(([time, censored]) => ({ time, censored }));

/** Lognormal times with median `scale` and log-sd 1/2, given up at the budget. */
export function lognormal(n: number, random: Stream, scale = 1, budget = Infinity): Observation[] {
  return Array.from({ length: n }, () => {
    const time = scale * Math.exp(random.normal() / 2);
    return { time: Math.min(time, budget), censored: time > budget };
  });
}

/** The same times on another clock, which keeps their order. */
export const onAnotherClock = (sample: readonly Observation[]): Observation[] =>
  sample.map(({ time, censored }) => ({ time: Math.expm1(time / 10) + 3, censored }));

/** Four standard errors of a share that was counted over `trials`. */
export const fourErrors = (share: number, trials: number): number => 4 * Math.sqrt(share * (1 - share) / trials);

/** Share of `trials` seeded experiments in which something happened. */
export function share(trials: number, name: string, happens: (random: Stream, trial: number) => boolean): number {
  let count = 0;
  for (let trial = 0; trial < trials; trial++) if (happens(stream(trial, name), trial)) count++;
  return count / trials;
}
