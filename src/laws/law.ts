import { rSquared } from "simple-statistics";
import { type Maximum, type Sample, SIGMA_MIN } from "./tobit.ts";

/** One run of a sweep: its time to target at one value of the variable. */
export interface Point {
  readonly x: number;
  /** Epochs (or steps, or calls) to the target; where censored, those spent without it. Infinity: diverged. */
  readonly time: number;
  readonly censored: boolean;
  readonly seed: number;
  /** The setting of the sweep: runs of one stratum differ by seed alone, though their x may differ in the last digits. */
  readonly stratum: string;
}

/** How far a run lies from a fitted law; of a censored run this is the least that it can be. */
export interface Residual {
  readonly x: number;
  readonly seed: number;
  /** log T − log f(x). */
  readonly residual: number;
  readonly censored: boolean;
}

/** A law with its parameters estimated. */
export interface Fit {
  readonly law: string;
  readonly parameters: Readonly<Record<string, number>>;
  /** Standard deviation of log T about the law. */
  readonly sigma: number;
  /** σ stands at its lower bound: the points lie on the law as closely as time is measured. */
  readonly exact: boolean;
  /** Of log T, so that laws and units of time compare. */
  readonly logLikelihood: number;
  /** {@link aicc}, in units of twice a log-likelihood: only differences matter. */
  readonly aicc: number;
  readonly events: number;
  readonly censored: number;
  /** Runs that diverged: they have no time, and the law speaks of the others. */
  readonly diverged: number;
  /**
   * 1 − SSE/SST of log T over the runs that got there; null where they all took the same time. It does not see the
   * censored runs that the law answers for too, and may be negative where those are many.
   */
  readonly rSquared: number | null;
  readonly residuals: readonly Residual[];
  /** f(x): the median time at x. */
  predict(x: number): number;
}

/** One candidate form of f in log T = log f(x) + σ·ε, ε ~ N(0, 1). */
export interface Law {
  readonly id: string;
  readonly summary: string;
  readonly formula: string;
  readonly parameters: readonly string[];
  /** Parameters that are reciprocals: where the law is flat they pass from +∞ to −∞, not through 0. */
  readonly reciprocal?: readonly string[];
  /** Parameters that are positive whatever the sample is. */
  readonly positive?: readonly string[];
  /** What is 0 where time does not depend on x, and changes its sign there. None where it never does. */
  slope?(parameters: Fit["parameters"]): number;
  /** By maximum likelihood; null where the sample does not determine the parameters. */
  fit(points: readonly Point[]): Fit | null;
  /** Highest log-likelihood that the law reaches with σ held, also where no single set of parameters reaches it. */
  maximum(points: readonly Point[], sigma: number): number;
}

/**
 * AIC with the correction for small samples, 2k − 2ℓ + 2k(k+1)/(n−k−1), Infinity where n ≤ k + 1.
 *
 * n counts events: a censored run tells less than one (ours, as Volinsky & Raftery 2000, Biometrics 56:256, for BIC).
 * Source: Hurvich & Tsai 1989, Biometrika 76:297; Burnham & Anderson 2002, §2.4: to be used below n/k ≈ 40.
 */
export function aicc(logLikelihood: number, k: number, events: number): number {
  if (events <= k + 1) return Infinity;
  return 2 * k - 2 * logLikelihood + 2 * k * (k + 1) / (events - k - 1);
}

/** The runs that have a time. @throws {RangeError} for an x or a time that no run can have */
export function timed(points: readonly Point[]): readonly Point[] {
  for (const { x, time, censored } of points) {
    if (!Number.isFinite(x)) throw new RangeError(`Cannot fit a law: x is ${x}`);
    if (!(time > 0) || (time === Infinity && !censored)) throw new RangeError(`Cannot fit a law: a time is ${time}`);
  }
  return points.filter((point) => Number.isFinite(point.time));
}

/** Logarithms of the times, as the regression takes them. */
export function sampleOf(points: readonly Point[]): Sample {
  return { y: points.map((point) => Math.log(point.time)), censored: points.map((point) => point.censored) };
}

/** Settings of the sweep at which at least one run got there. */
export function reachedStrata(points: readonly Point[]): ReadonlySet<string> {
  return new Set(points.filter((point) => !point.censored).map((point) => point.stratum));
}

/** Whether as many settings as a law has parameters, and one event more for σ, determine it. */
export function determined(runs: readonly Point[], parameters: number): boolean {
  const events = runs.filter((point) => !point.censored).length;
  return events > parameters && reachedStrata(runs).size >= parameters;
}

/** Puts a maximum of the likelihood and what was read off it into the form that all laws share. */
export function fitted(
  law: string,
  points: readonly Point[],
  { sigma, logLikelihood }: Maximum,
  parameters: Readonly<Record<string, number>>,
  predict: (x: number) => number,
): Fit {
  const runs = points.filter((point) => Number.isFinite(point.time));
  const events = runs.filter((point) => !point.censored);
  const logs = events.map((point) => [point.x, Math.log(point.time)]);
  const varied = logs.some(([, y]) => y !== logs[0][1]);
  return {
    law,
    parameters,
    sigma,
    exact: sigma <= SIGMA_MIN * (1 + 1e-9),
    logLikelihood,
    aicc: aicc(logLikelihood, Object.keys(parameters).length + 1, events.length),
    events: events.length,
    censored: runs.length - events.length,
    diverged: points.length - runs.length,
    rSquared: varied ? rSquared(logs, (x) => Math.log(predict(x))) : null,
    residuals: runs.map(({ x, seed, time, censored }) => ({
      x,
      seed,
      residual: Math.log(time) - Math.log(predict(x)),
      censored,
    })),
    predict,
  };
}
