import { markdownTable } from "markdown-table";
import type { Costs } from "../rank/costs.ts";
import { type Duel, FARTHEST } from "../rank/standings.ts";
import { estimate, integer, NOTHING } from "../text.ts";
import type { CostRow, Order, Ranks } from "./ranks.ts";

/** Wins that differ by less are equal as far as the tournaments can tell. */
const CHANCE = 0.02;

/** `2.1e11`, a bound with its sign. */
function flopsText({ steps, flopsAStep }: Costs): string {
  if (!steps || flopsAStep === null) return NOTHING;
  const all = (steps.value * flopsAStep).toExponential(1).replace("e+", "e");
  return steps.relation === ">=" ? `≥ ${all}` : all;
}

/** Whom a test says that a method is before. */
const behind = (duels: readonly Duel[], id: string): string[] =>
  duels.flatMap(({ method, other, faster }) => faster === id ? [method === id ? other : method] : []);

function standingsTable({ problems, standings, duels, played }: Ranks): string {
  const head = ["rank", "method", "score", "wins", "sensitivity", ...problems, "a test says it is before"];
  const rows = standings.map(({ rank, method, score, calls }) => {
    const { expectedWins, sensitivity } = played.find((own) => own.method === method)!;
    const before = behind(duels, method).join(", ") || NOTHING;
    return [
      `${rank}`,
      method,
      score.toFixed(3),
      expectedWins.toFixed(2),
      sensitivity.toFixed(2),
      ...calls.map(estimate),
      before,
    ];
  });
  return markdownTable([head, ...rows], { align: ["r", "l", "r", "r", "r", ...problems.map(() => "r"), "l"] });
}

/** The same in a few columns, for who reads one table only. */
export function shortRanks({ problems, standings }: Order): string {
  const rows = standings.map(({ rank, method, score, calls }) => [
    `${rank}`,
    `\`${method}\``,
    score.toFixed(2),
    ...calls.map(estimate),
  ]);
  const head = ["rank", "method", "score", ...problems.map((problem) => `\`${problem}\``)];
  return markdownTable([head, ...rows], { align: ["r", "l", "r", ...problems.map(() => "r")] });
}

/** Pairs that the two overall orders have the other way round, beyond what 100,000 tournaments leave to chance. */
function disagreements({ standings, played }: Ranks): string {
  const wins = (id: string) => played.find(({ method }) => method === id)!.expectedWins;
  const pairs = standings.flatMap(({ method, score }, i) =>
    standings.slice(i + 1).filter((below) => below.score < score && wins(below.method) > wins(method) + CHANCE)
      .map((below) => `${below.method} before ${method}`)
  );
  return pairs.length
    ? `By wins the order is another one: ${pairs.join("; ")}.`
    : "By wins the order is the same as by score.";
}

function costsTable(rows: readonly CostRow[]): string {
  const head = ["problem", "method", "generalised", "gradient calls", "steps", "seconds", "FLOPs", "constants"];
  const cells = rows.map((row) => [
    row.problem,
    row.method,
    `${row.grokked}/${row.runs}`,
    estimate(row.gradientCalls),
    estimate(row.steps),
    estimate(row.seconds),
    flopsText(row),
    row.constants,
  ]);
  return markdownTable([head, ...cells], { align: ["l", "l", "r", "r", "r", "r", "r", "l"] });
}

const COSTS =
  `FLOPs: of all steps, each counted as one of the last phase: loss, gradients and update, a multiplication or an addition
being one. Seconds are those of the runs where they were made; machines and their load differ.`;

/** The ranks of methods, and what each of them took. */
export function rankMarkdown(ranks: Ranks): string {
  const legend =
    `Gradient calls to generalise, medians, within the least budget that a method had on the problem; ≥ where a median is only known to be
later. Score: mean over the problems of
1 − ln(T/T of the fastest)/ln ${FARTHEST}, the area under the performance profile up to ${FARTHEST} times the fastest. A rank
begins where a sign-flip test over the seeds of all problems, Holm's correction for all ${
      integer(ranks.duels.length)
    } pairs, separates a
method from the first of the rank before; below that nothing tells them apart. Wins: rounds won in Swiss-system tournaments, a
round a problem, pairs of equal records, won with the share of seeds on which a method is earlier: mean of 100,000.
Sensitivity: how fast these fall when the last are eliminated after each round.`;
  return [
    `## Ranks\n\n${standingsTable(ranks)}\n\n${disagreements(ranks)}\n\n${legend}\n`,
    `## What it took\n\n${costsTable(ranks.costs)}\n\n${COSTS}\n`,
  ].join("\n");
}
