import { stringify } from "@std/csv";
import { markdownTable } from "markdown-table";
import { create } from "xmlbuilder2";
import * as text from "../text.ts";
import { movedText, type PastVerdict } from "../report/history.ts";
import { plain as cellKeyed } from "../report/json.ts";
import type { RunRecord } from "../run/record/record.ts";
import type { RankedRow, SiteData } from "./site_data.ts";

/** A bound that is not there is null in JSON; figures have six digits, of which no more than three mean something. */
function plain(_: string, value: unknown): unknown {
  if (typeof value !== "number" || Number.isInteger(value)) return value;
  return value === Infinity ? null : Number(value.toPrecision(6));
}

/** Which runs a row is of; what each came to is in `runs.csv`. */
const named = ({ runs }: RankedRow) => runs.map(({ id, seed }) => ({ id, seed }));

/** The leaderboard as data; its form is in `leaderboard.schema.json`. */
export function leaderboardJson({ profile, engine, updated, judgement, problems, overall }: SiteData): string {
  const board = {
    schema: 3,
    profile,
    engine,
    updated,
    verdict: judgement.verdict,
    problems: problems.map(({ title, rows, rankedOn, case: id, variant }) => ({
      title,
      case: id,
      variant,
      rankedOn,
      rows: rows.map((row) => ({ ...cellKeyed(row), runs: named(row) })),
    })),
    overall,
  };
  return JSON.stringify(board, plain) + "\n";
}

/** Columns of leaderboard.csv and leaderboard.md, as they are shown. */
export const COLUMNS = {
  problem: (_: RankedRow, title: string) => title,
  rank: (row: RankedRow) => row.rank ?? "",
  algorithm: (row: RankedRow) => row.method,
  runs: (row: RankedRow) => row.runs.length,
  generalised: (row: RankedRow) => row.grokked,
  epochs: (row: RankedRow) => text.estimate(row.generalise.epochs),
  "gradient calls": (row: RankedRow) => text.estimate(row.generalise.gradientCalls),
  speedup: (row: RankedRow) => text.resolvedRatio(row.speedup),
  "gradient calls, sustained": (row: RankedRow) => text.estimate(row.sustain.gradientCalls),
  "speedup, sustained": (row: RankedRow) => text.resolvedRatio(row.speedupSustained),
  "rank, sustained": (row: RankedRow) => row.rankSustained ?? "",
  "after memorising": (row: RankedRow) => text.resolvedRatio(row.speedupFromMemorisation),
  "over tuned": (row: RankedRow) => text.resolvedRatio(row.speedupOverTuned),
  attribution: (row: RankedRow) => text.resolvedRatio(row.attribution),
  control: (row: RankedRow) => row.control ?? "",
  steady: (row: RankedRow) => text.percent(row.shareAbove),
  verdict: (row: RankedRow) => row.verdict ?? "",
};

const cellsOf = ({ problems }: SiteData) =>
  problems.flatMap(({ title, rows }) =>
    rows.map((row) => Object.entries(COLUMNS).map(([name, cell]) => [name, String(cell(row, title))] as const))
  );

export const leaderboardCsv = (site: SiteData): string =>
  stringify(cellsOf(site).map((cells) => Object.fromEntries(cells)), { columns: Object.keys(COLUMNS) });

/** What each run came to: columns of runs.csv, after problem and method. */
export const RUN_COLUMNS = {
  seed: (run: RunRecord) => run.seed,
  id: (run: RunRecord) => run.id,
  status: (run: RunRecord) => run.status,
  epochs: (run: RunRecord) => run.epochs,
  "gradient calls": (run: RunRecord) => run.gradientCalls,
  "memorised, epoch": (run: RunRecord) => run.memorised?.epoch ?? "",
  "memorised, gradient calls": (run: RunRecord) => run.memorised?.gradientCalls ?? "",
  "generalised, epoch": (run: RunRecord) => run.generalised?.epoch ?? "",
  "generalised, gradient calls": (run: RunRecord) => run.generalised?.gradientCalls ?? "",
};

/** One line a run: where it is on the board, its outcome and its milestones. */
export function runsCsv({ problems }: SiteData): string {
  const lines = problems.flatMap(({ title, rows }) =>
    rows.flatMap(({ method, runs }) =>
      runs.map((run) => ({
        problem: title,
        method,
        ...Object.fromEntries(Object.entries(RUN_COLUMNS).map(([name, cell]) => [name, cell(run)])),
      }))
    )
  );
  return stringify(lines, { columns: ["problem", "method", ...Object.keys(RUN_COLUMNS)] });
}

/** A table for a README. */
export const leaderboardMarkdown = (site: SiteData): string =>
  markdownTable([Object.keys(COLUMNS), ...cellsOf(site).map((cells) => cells.map(([, value]) => value))], {
    alignDelimiters: false,
  }) + "\n";

/** The verdicts that differ from the one before, of the same profile and engine. */
export const changesOf = (history: readonly PastVerdict[]): PastVerdict[] =>
  history.filter((now, i) => {
    const before = history.slice(0, i).findLast((past) => past.profile === now.profile && past.engine === now.engine);
    return before?.verdict !== now.verdict;
  });

/** Who and what a feed speaks of: `tag:` names need no address. Source: RFC 4151. */
const TAG = "tag:driven-hunt,2026:";

/**
 * Atom feed of verdict changes, newest first.
 *
 * @param url where the site will be; `""` when that is not known, and links are relative to the feed then
 *
 * Source: RFC 4287.
 */
export function verdictFeed({ history, updated }: SiteData, url: string): string {
  const entries = changesOf(history).toReversed().map((past) => ({
    id: `${TAG}${past.profile}/${past.engine}/${past.judgedAt}`,
    title: `${past.profile} on ${past.engine}: ${past.verdict}`,
    link: { "@href": `${url}history.html` },
    updated: past.judgedAt,
    summary: movedText(past),
  }));
  const feed = {
    "@xmlns": "http://www.w3.org/2005/Atom",
    id: url || `${TAG}verdicts`,
    title: "Driven Hunt: changes of verdict",
    link: { "@href": `${url}history.html` },
    updated: history.at(-1)?.judgedAt ?? updated,
    author: { name: "Driven Hunt" },
    entry: entries,
  };
  return create({ version: "1.0", encoding: "UTF-8" }, { feed }).end({ prettyPrint: true }) + "\n";
}
