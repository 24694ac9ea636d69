import { mean } from "simple-statistics";
import { LEAST_SEEDS } from "../report/leaderboard.ts";
import type { BoardProblem, RankedRow } from "./site_data.ts";

/** Ratios beyond this count nothing. */
const FARTHEST = 100;

/** One algorithm over all counted problems. */
export interface Standing {
  readonly algorithm: string;
  readonly rank: number;
  /** Area under the profile over log τ from 1 to 100, as a share: 1 is fastest everywhere, 0 is 100× behind everywhere. */
  readonly score: number;
  /** Problem by problem: T / the fastest T; Infinity where T is beyond the limit of the problem, reached or not. */
  readonly ratios: readonly number[];
}

/** Performance profiles over the problems on which at least half of the algorithms were run. */
export interface Overall {
  readonly problems: readonly string[];
  /**
   * Problem by problem the gradient calls at which the first algorithm was given up: budgets differ, so what took more, even
   * if it got there, is not told apart from that. Infinity where none was given up.
   */
  readonly limits: readonly number[];
  readonly standings: readonly Standing[];
  /** ρ(τ): share of the problems on which the algorithm is within τ of the fastest; steps of τ up to 100. */
  readonly profiles: readonly { readonly algorithm: string; readonly tau: number; readonly share: number }[];
}

/** Rows with a median that means something; of one or two seeds it would stand beside those of ten. */
const counting = ({ title, rows }: BoardProblem) => ({
  title,
  rows: rows.filter(({ runs, commonCalls }) => runs.length >= LEAST_SEEDS && commonCalls !== null),
});
type Counting = ReturnType<typeof counting>;

const limitOf = ({ rows }: Counting) =>
  Math.min(...rows.map(({ commonCalls }) => commonCalls?.relation === ">=" ? commonCalls.value : Infinity));

const callsOf = ({ commonCalls }: RankedRow, limit: number) =>
  commonCalls?.relation === "=" && commonCalls.value <= limit ? commonCalls.value : Infinity;

/** 1/ln 100 · ∫ ρ(τ) d ln τ over [1, 100]. */
const scoreOf = (ratios: readonly number[]) =>
  mean(ratios.map((ratio) => Math.max(0, 1 - Math.log(ratio) / Math.log(FARTHEST))));

function stepsOf(algorithm: string, ratios: readonly number[]) {
  const share = (tau: number) => ratios.filter((ratio) => ratio <= tau).length / ratios.length;
  const taus = [...new Set([1, ...ratios.filter((ratio) => ratio <= FARTHEST), FARTHEST])].sort((a, b) => a - b);
  return taus.map((tau) => ({ algorithm, tau, share: share(tau) }));
}

/**
 * Performance profiles in gradient calls to generalise, over algorithms that were run on every counted problem.
 *
 * @returns null with fewer than two such problems
 *
 * Source: Dolan & Moré 2002, Math. Program. 91:201; scores as in AlgoPerf, arXiv:2306.07179, but over ln τ, because
 * speedups here are of tens.
 */
export function overallOf(problems: readonly BoardProblem[]): Overall | null {
  const all = problems.map(counting);
  const algorithms = new Set(all.flatMap(({ rows }) => rows.map((row) => row.method)));
  const counted = all.filter(({ rows }) => 2 * rows.length >= algorithms.size && rows.length > 1);
  if (counted.length < 2) return null;
  const limits = counted.map(limitOf);
  const rowOf = ({ rows }: Counting, id: string) => rows.find(({ method }) => method === id);
  const everywhere = [...algorithms].filter((id) => counted.every((problem) => rowOf(problem, id)));
  const ratiosOf = (id: string) =>
    counted.map((problem, i) => {
      const times = problem.rows.map((row) => callsOf(row, limits[i]));
      return callsOf(rowOf(problem, id)!, limits[i]) / Math.min(...times);
    });
  const scored = everywhere.map((algorithm) => {
    const ratios = ratiosOf(algorithm).map((ratio) => Number.isNaN(ratio) ? Infinity : ratio);
    return { algorithm, ratios, score: scoreOf(ratios) };
  }).sort((a, b) => b.score - a.score);
  return {
    problems: counted.map(({ title }) => title),
    limits,
    standings: scored.map((own) => ({ ...own, rank: 1 + scored.filter(({ score }) => score > own.score).length })),
    profiles: scored.flatMap(({ algorithm, ratios }) => stepsOf(algorithm, ratios)),
  };
}
