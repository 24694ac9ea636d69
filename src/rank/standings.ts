import { mean } from "simple-statistics";
import { PERMUTATIONS, SEED } from "../stats/comparison.ts";
import { holm } from "../stats/holm.ts";
import { boundedMedian, type Estimate } from "../stats/kaplan_meier.ts";
import { observe, type Outline, pairsOf, type Unit } from "../stats/observe.ts";
import type { Pair } from "../stats/ratio.ts";
import { pairedRatio, type Ratio } from "../stats/ratio.ts";
import { signFlipTest } from "../stats/sign_flip.ts";

/** Probability of any wrong separation among all pairs. */
const LEVEL = 0.05;

/** Beyond this multiple of the fastest a method earns nothing on a problem; at equal tuning few lie so far apart. */
export const FARTHEST = 10;

/** Runs of methods on one problem: an outline a seed. */
export interface Field {
  readonly title: string;
  readonly runs: Readonly<Record<string, readonly Outline[]>>;
}

/** Two methods over all problems that both have. */
export interface Duel {
  readonly method: string;
  readonly other: string;
  /** Median of T(other)/T(method) over seeds of all problems. */
  readonly ratio: Ratio;
  /** Sign-flip test over all pairs, as it is; null below eight pairs that differ. */
  readonly p: number | null;
  /** Which of them the test says is the faster one, by Holm's correction for all pairs of methods; null where it says nothing. */
  readonly faster: string | null;
}

/** One method among the others. */
export interface Standing {
  readonly method: string;
  /** Rows that no test puts behind the first of them share a rank. */
  readonly rank: number;
  /** Mean over problems of 1 − ln(T/T of the fastest)/ln FARTHEST, nowhere below 0. */
  readonly score: number;
  /** Problem by problem the median of the gradient calls; null where it has no run. */
  readonly calls: readonly (Estimate | null)[];
  /** Problem by problem T/T of the fastest; Infinity where the median is only known to be later. */
  readonly ratios: readonly number[];
}

/** Median over runs of the time to generalise. */
export const medianOf = (runs: readonly Outline[], unit: Unit = "gradientCalls"): Estimate | null =>
  boundedMedian(runs.flatMap((run) => observe(run, "generalised", unit, "start") ?? []));

const reached = (calls: Estimate | null): number => calls?.relation === "=" ? calls.value : Infinity;

/** T over the least T of a problem; Infinity where it was not reached. */
function ratiosOn(calls: readonly (Estimate | null)[]): number[] {
  const fastest = Math.min(...calls.map(reached));
  return calls.map((own) => fastest === Infinity ? Infinity : reached(own) / fastest);
}

const scoreOf = (ratios: readonly number[]): number =>
  mean(ratios.map((ratio) => Math.max(0, 1 - Math.log(ratio) / Math.log(FARTHEST))));

/** Pairs of runs of equal seed, problem after problem: [other, method]. */
const pooled = (fields: readonly Field[], method: string, other: string): Pair[] =>
  fields.flatMap(({ runs }) => pairsOf(runs[other] ?? [], runs[method] ?? [], "start"));

/** Every method against every other. */
export function duelsOf(fields: readonly Field[], methods: readonly string[]): Duel[] {
  const duels = methods.flatMap((method, i) =>
    methods.slice(i + 1).flatMap((other) => {
      const pairs = pooled(fields, method, other);
      const ratio = pairedRatio(pairs);
      const test = signFlipTest(pairs, { permutations: PERMUTATIONS, seed: SEED });
      // What is tested is the sum, and so its sign says who is faster: a median may say the opposite.
      const ahead = test && test.sum > 0 ? method : other;
      return ratio ? [{ method, other, ratio, p: test?.p ?? null, ahead }] : [];
    })
  );
  const adjusted = holm(duels.map(({ p }) => p ?? 1));
  return duels.map(({ ahead, ...duel }, i) => ({ ...duel, faster: adjusted[i] <= LEVEL ? ahead : null }));
}

/** Whether a test says that one method is before another. */
export const isBefore = (duels: readonly Duel[], one: string, other: string): boolean =>
  duels.some((duel) => duel.faster === one && (duel.method === other || duel.other === other));

/** Ranks down an order: a new one begins with the first that a test says the first of the one before is before. */
function ranksOf(order: readonly string[], duels: readonly Duel[]): number[] {
  let leader = 0;
  return order.map((method, i) => {
    if (i > leader && isBefore(duels, order[leader], method)) leader = i;
    return leader + 1;
  });
}

/** Methods that have runs on every problem. */
export const everywhere = (fields: readonly Field[]): string[] =>
  Object.keys(fields[0]?.runs ?? {}).filter((method) => fields.every(({ runs }) => (runs[method] ?? []).length > 0));

/**
 * The methods that were run on all problems, best first, with tie groups: "A is before B" is said only where a paired test
 * over the seeds of all problems says so, after Holm's correction for all pairs.
 *
 * Source of the score: Dolan & Moré 2002, Math. Program. 91:201, the area under the performance profile over ln τ.
 */
export function standingsOf(fields: readonly Field[]): { standings: Standing[]; duels: Duel[] } {
  const methods = everywhere(fields);
  const calls = fields.map(({ runs }) => methods.map((method) => medianOf(runs[method])));
  const ratios = calls.map(ratiosOn);
  const rows = methods.map((method, i) => {
    const own = ratios.map((on) => on[i]);
    return { method, score: scoreOf(own), calls: calls.map((on) => on[i]), ratios: own };
  }).sort((a, b) => b.score - a.score);
  const duels = duelsOf(fields, methods);
  const ranks = ranksOf(rows.map(({ method }) => method), duels);
  return { standings: rows.map((row, i) => ({ ...row, rank: ranks[i] })), duels };
}
