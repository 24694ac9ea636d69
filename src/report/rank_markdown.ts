import { markdownTable } from "markdown-table";
import { type Duel, FARTHEST, type Standing } from "../rank/standings.ts";
import { estimate, integer, NOTHING } from "../text.ts";

/** One method on one problem: what it took to generalise, in everything that can be counted. */
export interface CostRow {
  readonly problem: string;
  readonly method: string;
  readonly constants: string;
  /** Runs that generalised, and runs. */
  readonly grokked: number;
  readonly runs: number;
  readonly gradientCalls: string;
  readonly steps: string;
  readonly seconds: string;
  /** Floating-point operations of all steps to the crossing. */
  readonly flops: string;
}

/** Whom a method is separated from, and whom it is before. */
const beatenBy = (duels: readonly Duel[], id: string): string[] =>
  duels.flatMap(({ method, other, separated, ratio: { low, high } }) => {
    if (!separated) return [];
    // The ratio is T(other)/T(method): above 1 the method is the faster one.
    const methodFaster = Math.sqrt(low * Math.min(high, Number.MAX_VALUE)) > 1;
    if (method === id && methodFaster) return [other];
    return other === id && !methodFaster ? [method] : [];
  });

function standingsTable(problems: readonly string[], standings: readonly Standing[], duels: readonly Duel[]): string {
  const head = ["rank", "method", "score", ...problems, "a test says it is before"];
  const rows = standings.map(({ rank, method, score, calls }) => [
    `${rank}`,
    method,
    score.toFixed(3),
    ...calls.map(estimate),
    beatenBy(duels, method).join(", ") || NOTHING,
  ]);
  return markdownTable([head, ...rows], { align: ["r", "l", "r", ...problems.map(() => "r"), "l"] });
}

function costsTable(rows: readonly CostRow[]): string {
  const head = ["problem", "method", "generalised", "gradient calls", "steps", "seconds", "FLOPs", "constants"];
  const cells = rows.map(({ problem, method, constants, grokked, runs, gradientCalls, steps, seconds, flops }) => [
    problem,
    method,
    `${grokked}/${runs}`,
    gradientCalls,
    steps,
    seconds,
    flops,
    constants,
  ]);
  return markdownTable([head, ...cells], { align: ["l", "l", "r", "r", "r", "r", "r", "l"] });
}

/** The ranks of methods, and what each of them took. */
export function rankMarkdown(
  { problems, standings, duels, costs }: {
    readonly problems: readonly string[];
    readonly standings: readonly Standing[];
    readonly duels: readonly Duel[];
    readonly costs: readonly CostRow[];
  },
): string {
  const legend =
    `Gradient calls to generalise, medians; ≥ where half of the runs did not get there. Score: mean over the problems of
1 − ln(T/T of the fastest)/ln ${FARTHEST}, the area under the performance profile up to ${FARTHEST} times the fastest. A rank
begins where a sign-flip test over the seeds of all problems, Holm's correction for all ${
      integer(duels.length)
    } pairs, separates a
method from the first of the rank before; below that nothing tells them apart.`;
  return [
    `## Ranks\n\n${standingsTable(problems, standings, duels)}\n\n${legend}\n`,
    `## What it took\n\n${costsTable(costs)}\n`,
  ].join("\n");
}
