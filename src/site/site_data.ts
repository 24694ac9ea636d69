import { type Claim, claims } from "../../bench/claims/mod.ts";
import type { Verdict } from "../gate/finding.ts";
import type { Judgement } from "../gate/judge.ts";
import type { Group } from "../gate/sample.ts";
import { type Board, type CaseLaws } from "../report/board.ts";
import type { Row } from "../report/leaderboard.ts";
import { cellText } from "../run/cell.ts";
import type { RunRecord } from "../run/record.ts";
import { type Pairwise, pairwiseOf } from "./pairwise.ts";
import { type Overall, overallOf } from "./performance_profile.ts";
import type { PastVerdict } from "./history.ts";

/** A row of the leaderboard with its place, its verdict and its runs. */
export interface RankedRow extends Row {
  /** By median gradient calls to generalise; null where the median was not reached. */
  readonly rank: number | null;
  /** Of the gate's time tier; null where there is nothing to compare with. */
  readonly verdict: Verdict | null;
  readonly runs: readonly RunRecord[];
}

/** One case with its overrides, under every algorithm that it was run with. */
export interface BoardProblem {
  readonly case: string;
  readonly variant: string;
  /** `add139 beta=0.8`. */
  readonly title: string;
  readonly rows: readonly RankedRow[];
  readonly pairwise: Pairwise;
  readonly claims: readonly Claim[];
}

/** Everything that the pages show. */
export interface SiteData {
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

function ranked(rows: readonly Row[], groups: readonly Group[], judgement: Judgement): RankedRow[] {
  const verdicts = new Map(
    judgement.findings.filter(({ tier }) => tier === "time").map(({ subject, verdict }) => [subject, verdict]),
  );
  const calls = ({ generalise: { gradientCalls } }: Row) =>
    gradientCalls?.relation === "=" ? gradientCalls.value : Infinity;
  const sorted = [...rows].sort((a, b) => calls(a) - calls(b) || b.grokked - a.grokked);
  return sorted.map((row) => ({
    ...row,
    rank: calls(row) === Infinity ? null : 1 + sorted.filter((other) => calls(other) < calls(row)).length,
    verdict: verdicts.get(cellText(row)) ?? null,
    runs: groups.find(({ cell }) => cellText(cell) === cellText(row))?.records ?? [],
  }));
}

const titleOf = ({ case: id, variant }: Row) => [id, variant].filter(Boolean).join(" ");

/** The pages' data from a board and what the gate says of it. */
export function siteDataOf(
  { groups, rows, laws }: Board,
  judgement: Judgement,
  history: readonly PastVerdict[],
): SiteData {
  const problems = [...Map.groupBy(rows, titleOf)].map(([title, own]): BoardProblem => {
    const { case: id, variant } = own[0];
    const mine = groups.filter(({ cell }) => cell.case === id && cell.variant === variant);
    const said = variant ? [] : claims.filter((claim) => claim.case === id);
    return {
      case: id,
      variant,
      title,
      rows: ranked(own, mine, judgement),
      pairwise: pairwiseOf(mine),
      claims: said,
    };
  });
  const ends = groups.flatMap(({ records }) => records.map(({ timing }) => timing.finishedAt));
  return {
    profile: judgement.profile,
    engine: judgement.engine,
    updated: ends.reduce((latest, end) => end > latest ? end : latest, ""),
    judgement,
    problems,
    overall: overallOf(problems),
    laws,
    history,
  };
}
