import type { Role } from "../algorithms/algorithm.ts";
import type { Catalogue } from "../catalogue/catalogue.ts";
import type { Claim } from "../declare/claim.ts";
import { isUnasked, type Verdict } from "../gate/finding.ts";
import type { Judgement } from "../gate/judge.ts";
import type { Board, CaseLaws } from "../report/board.ts";
import { type Answer, answersOf, type RoledRow } from "../report/answer.ts";
import { commonSeeds } from "../report/leaderboard.ts";
import { type Cell, problemText } from "../table/cell.ts";
import type { RunRecord } from "../run/record/record.ts";
import { boundedMedian, type Estimate } from "../stats/kaplan_meier.ts";
import type { Outline } from "../stats/observe.ts";
import { sustainedOf } from "../stats/sustained.ts";
import { medianCalls } from "./calls.ts";
import { type Pairwise, pairwiseOf } from "./pairwise.ts";
import { type Overall, overallOf } from "./performance_profile.ts";
import type { PastVerdict } from "../report/history.ts";

/** A row of the leaderboard with its place, its verdict and its runs. */
export interface RankedRow extends RoledRow {
  /** Median gradient calls to generalise over the seeds that all rows of the problem have. */
  readonly commonCalls: Estimate | null;
  /** The same to the sustained crossing. */
  readonly commonSustained: Estimate | null;
  /** By `commonCalls`; null where it was not reached, or where a row that was given up earlier might be before it. */
  readonly rank: number | null;
  /** By `commonSustained` in the same way. */
  readonly rankSustained: number | null;
  /** Of the gate's time tier; null where there is nothing to compare with. */
  readonly verdict: Verdict | null;
  readonly runs: readonly RunRecord[];
}

/** One case with its overrides, under every algorithm that it was run with. */
export interface BoardProblem {
  readonly case: string;
  /** The problem of its cells. */
  readonly cell: Cell;
  readonly variant: string;
  /** `add139 beta=0.8`. */
  readonly title: string;
  /** Seeds that all rows have: ranks compare like with like. */
  readonly rankedOn: readonly number[];
  readonly rows: readonly RankedRow[];
  /** What is said of it first. */
  readonly answers: readonly Answer[];
  readonly pairwise: Pairwise;
  readonly claims: readonly Claim[];
}

/** Everything that the pages show. */
export interface SiteData {
  readonly catalogue: Catalogue;
  readonly profile: string;
  readonly engine: string;
  /** When the newest of its runs ended, so that the same records give the same site. */
  readonly updated: string;
  readonly judgement: Judgement;
  readonly problems: readonly BoardProblem[];
  readonly overall: Overall | null;
  readonly laws: readonly CaseLaws[];
  readonly history: readonly PastVerdict[];
}

/** Null for who lacks one of the seeds: that place is not known yet. */
function callsOn(seeds: readonly number[], runs: readonly Outline[], medianOf?: typeof boundedMedian): Estimate | null {
  const own = runs.filter(({ seed }) => seeds.includes(seed));
  return own.length < seeds.length ? null : medianCalls(own, "generalised", medianOf);
}

/** Least calls that a row can have; what was not reached comes after what was, at the same number. */
const reached = (calls: Estimate | null) => calls?.relation === "=" ? calls.value : Infinity;

function rankOf(own: Estimate | null, all: readonly (Estimate | null)[]): number | null {
  const calls = reached(own);
  const open = all.some((other) => other?.relation === ">=" && other.value < calls);
  return calls === Infinity || open ? null : 1 + all.filter((other) => reached(other) < calls).length;
}

/** What an algorithm is; of one that the catalogue does not know, a method. */
const roleOf = ({ algorithms }: Catalogue, algorithm: string): Role =>
  algorithms.find(({ id }) => id === algorithm)?.role ?? "method";

/** Rows in the order of their ranks, with their verdicts and runs. */
function ranked(
  rows: readonly RoledRow[],
  table: Board["table"],
  seeds: readonly number[],
  judgement: Pick<Judgement, "findings">,
) {
  const verdicts = new Map(
    judgement.findings.flatMap((finding) => {
      const { tier, cell, verdict } = finding;
      return tier === "time" && cell && !isUnasked(finding) ? [[cell.key, verdict]] : [];
    }),
  );
  const known = rows.map((row) => {
    const runs = table.at(row.cell.key)?.records ?? [];
    const commonCalls = callsOn(seeds, runs);
    const commonSustained = callsOn(seeds, runs.map(sustainedOf), boundedMedian);
    return { ...row, runs, commonCalls, commonSustained, verdict: verdicts.get(row.cell.key) ?? null };
  });
  const [calls, sustained] = [known.map((row) => row.commonCalls), known.map((row) => row.commonSustained)];
  known.sort((a, b) => {
    const [mine, other] = [reached(a.commonCalls), reached(b.commonCalls)];
    return mine === other ? b.grokked - a.grokked : mine - other;
  });
  return known.map((row): RankedRow => ({
    ...row,
    rank: rankOf(row.commonCalls, calls),
    rankSustained: rankOf(row.commonSustained, sustained),
  }));
}

/** Every problem of a board, with the places and verdicts of its rows. */
export function problemsOf(
  catalogue: Catalogue,
  { table, rows }: Board,
  judgement: Pick<Judgement, "findings">,
): BoardProblem[] {
  const roled = rows.map((row): RoledRow => ({ ...row, role: roleOf(catalogue, row.algorithm) }));
  return [...Map.groupBy(roled, ({ cell }) => cell.problem).values()].map((own): BoardProblem => {
    const { case: id, variant, cell } = own[0];
    const mine = table.rows.filter((runs) => runs.cell.problem === cell.problem);
    const said = variant ? [] : catalogue.claims.filter((claim) => claim.case === id);
    const rankedOn = commonSeeds(mine);
    return {
      case: id,
      cell,
      variant,
      title: problemText(cell),
      rankedOn,
      rows: ranked(own, table, rankedOn, judgement),
      answers: answersOf(own, catalogue.claims),
      pairwise: pairwiseOf(mine),
      claims: said,
    };
  });
}

/** A sweep stands on its case's page; on the first one every case has its default form, or what comes first. */
export const headlinesOf = (problems: readonly BoardProblem[]): BoardProblem[] =>
  [...Map.groupBy(problems, (problem) => problem.case).values()]
    .map((own) => own.find(({ variant }) => variant === "") ?? own[0])
    .filter(({ rows }) => rows.length > 1);

/** So many cases a first screen has room for. */
const FIRST_CASES = 4;

/** What the first page answers: cases that a paper makes claims about before the others. */
export const answeredOf = (problems: readonly BoardProblem[]): BoardProblem[] => {
  const claims = ({ claims }: BoardProblem) => Number(claims.length > 0);
  return headlinesOf(problems).filter(({ answers }) => answers.length > 0).toSorted((a, b) => claims(b) - claims(a))
    .slice(0, FIRST_CASES);
};

/** The pages' data from a board and what the gate says of it. */
export function siteDataOf(
  catalogue: Catalogue,
  board: Board,
  judgement: Judgement,
  history: readonly PastVerdict[],
): SiteData {
  const problems = problemsOf(catalogue, board, judgement);
  const ends = board.table.rows.flatMap(({ records }) => records.map(({ timing }) => timing.finishedAt));
  return {
    catalogue,
    profile: judgement.profile,
    engine: judgement.engine,
    updated: ends.reduce((latest, end) => end > latest ? end : latest, ""),
    judgement,
    problems,
    overall: overallOf(problems),
    laws: board.laws,
    history,
  };
}
