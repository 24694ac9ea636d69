import { upperTail } from "./normal_tail.ts";
import { solve } from "./solve.ts";

/** Logarithms of times, known or known only from below. */
export interface Sample {
  readonly y: readonly number[];
  readonly censored: readonly boolean[];
}

/** What a law says of each point: offset + row · coefficients. */
export interface Design {
  readonly rows: readonly (readonly number[])[];
  readonly offset?: readonly number[];
}

/** A maximum of the censored likelihood, in logarithms of time. */
export interface Maximum {
  readonly coefficients: readonly number[];
  readonly sigma: number;
  readonly logLikelihood: number;
}

/**
 * Times are known to the 1 % at which epochs are evaluated, that is log T to a uniform error of standard deviation
 * 0.01/√12. A scatter below it could not be seen, and without a bound the likelihood of points that lie exactly on a law
 * is infinite (ours).
 */
export const SIGMA_MIN = 0.01 / Math.sqrt(12);

const HALF_LOG_2PI = Math.log(2 * Math.PI) / 2;
/** Newton's method doubles the digits: a step that expects to gain less than this was the last that could be seen. */
const LAST_GAIN = 1e-16;
/** Ten do as a rule; where no finite coefficients are best, the likelihood has stopped rising long before. */
const MAX_STEPS = 100;

function dot(a: readonly number[], b: readonly number[]): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum;
}

/** A sample in which every z = (y − value)/σ is w · φ, with w = (row, y) and φ = (−coefficients, 1)/σ. */
interface Problem {
  readonly events: number;
  /** Σ wwᵀ over the events, its lower triangle: all that the likelihood takes from them. */
  readonly gram: readonly (readonly number[])[];
  readonly censored: readonly (readonly number[])[];
}

/** Σ wwᵀ, its lower triangle. */
function gramOf(w: readonly (readonly number[])[], size: number): number[][] {
  const sum = Array.from({ length: size }, () => new Array<number>(size).fill(0));
  for (const row of w) {
    for (let i = 0; i < size; i++) for (let j = 0; j <= i; j++) sum[i][j] += row[i] * row[j];
  }
  return sum;
}

interface Derivatives {
  readonly value: number;
  readonly gradient: readonly number[];
  /** The negative Hessian, its lower triangle. */
  readonly information: readonly (readonly number[])[];
}

/** Σ log(φ(z)/σ) over events + Σ log P(ε > z) over censored: the likelihood of log T, so no unit of time enters. */
function derivatives({ events, gram, censored }: Problem, phi: readonly number[]): Derivatives {
  const last = phi.length - 1;
  const theta = phi[last];
  const information = gram.map((row) => [...row]);
  const gradient = phi.map((_, i) => {
    let sum = 0;
    for (let j = 0; j <= last; j++) sum -= (j <= i ? gram[i][j] : gram[j][i]) * phi[j];
    return sum;
  });
  let value = dot(gradient, phi) / 2 + events * (Math.log(theta) - HALF_LOG_2PI);
  gradient[last] += events / theta;
  information[last][last] += events / theta ** 2;
  for (const row of censored) {
    const z = dot(row, phi);
    const { log, hazard } = upperTail(z);
    value += log;
    const curvature = hazard * (hazard - z);
    for (let i = 0; i <= last; i++) {
      gradient[i] -= hazard * row[i];
      for (let j = 0; j <= i; j++) information[i][j] += curvature * row[i] * row[j];
    }
  }
  return { value, gradient, information };
}

interface Peak {
  readonly phi: readonly number[];
  readonly value: number;
}

/** Newton's method from φ, 1/σ held or not; steps that would lower the likelihood are halved. */
function ascend(problem: Problem, start: readonly number[], held: boolean): Peak {
  const size = start.length - (held ? 1 : 0);
  let phi = start;
  let here = derivatives(problem, phi);
  for (let i = 0; i < MAX_STEPS; i++) {
    const step = solve(here.information, here.gradient.slice(0, size));
    const gain = dot(step, here.gradient);
    // Rounding may lower the value a little where nothing is left to gain.
    const floor = here.value - 1e-12 * (1 + Math.abs(here.value));
    for (let scale = 1; scale > 1e-6; scale /= 2) {
      const next = phi.map((value, j) => value + (j < size ? scale * step[j] : 0));
      if (!(next[next.length - 1] > 0)) continue;
      const there = derivatives(problem, next);
      if (!(there.value >= floor)) continue;
      [phi, here] = [next, there];
      break;
    }
    if (!(gain > LAST_GAIN)) break;
  }
  return { phi, value: here.value };
}

/**
 * Maximum likelihood of y = offset + row · coefficients + σ·ε, ε ~ N(0, 1), with right-censored y: the Tobit model of
 * log T. σ is not below {@link SIGMA_MIN}.
 *
 * In coefficients/σ and 1/σ the log-likelihood is concave (Olsen 1978), so Newton's method finds its only maximum from
 * any start. (The EM of Schmee & Hahn 1979 finds the same, many times slower where most runs are censored.)
 *
 * @param held σ, where it is not to be estimated
 *
 * Source: Tobin 1958, Econometrica 26:24; Olsen 1978, Econometrica 46:1211.
 */
export function tobit(sample: Sample, { rows, offset }: Design, held?: number): Maximum {
  const p = rows[0].length;
  const whole = rows.map((row, i) => [...row, sample.y[i] - (offset ? offset[i] : 0)]);
  const squares = gramOf(whole, p + 1);
  // Least squares, as if nothing had been censored, and its residuals in place of y: their squares lose no digits.
  const naive = solve(squares, squares[p].slice(0, p));
  for (const row of whole) for (let j = 0; j < p; j++) row[p] -= naive[j] * row[j];
  const events = whole.filter((_, i) => !sample.censored[i]);
  const problem: Problem = {
    events: events.length,
    gram: gramOf(events, p + 1),
    censored: whole.filter((_, i) => sample.censored[i]),
  };
  const spread = Math.max(SIGMA_MIN, Math.sqrt(gramOf(whole, p + 1)[p][p] / whole.length));
  const climb = (from: number, hold: boolean): Maximum => {
    const { phi, value } = ascend(problem, [...naive.map(() => 0), 1 / from], hold);
    const theta = phi[phi.length - 1];
    return {
      coefficients: naive.map((coefficient, i) => coefficient - phi[i] / theta),
      sigma: 1 / theta,
      logLikelihood: value,
    };
  };
  if (held !== undefined) return climb(held, true);
  const free = climb(spread, false);
  return free.sigma < SIGMA_MIN ? climb(SIGMA_MIN, true) : free;
}
