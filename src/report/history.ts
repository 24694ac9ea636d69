import { join } from "node:path";
import { misshapen, parseJson } from "../documents/document.ts";
import { UsageError } from "../errors.ts";
import { textIfThere } from "../files.ts";
import { countsOf, type Verdict } from "../gate/finding.ts";
import { confirms, rotates } from "../fleet/seeds.ts";
import * as text from "../text.ts";
import type { Judgement } from "../gate/judge.ts";
import type { Numbers } from "../gate/numbers.ts";
import type { Estimate } from "../stats/kaplan_meier.ts";

/** One stored judgement, in short. */
export interface PastVerdict {
  /** ISO 8601, UTC. */
  readonly judgedAt: string;
  readonly profile: string;
  readonly engine: string;
  readonly verdict: Verdict;
  /** Findings by verdict, without those that follow from others. */
  readonly counts: Readonly<Record<Verdict, number>>;
  /** Runs that told something new; null in a judgement from before that was kept. */
  readonly fresh: number | null;
  /** Subject and quantity of what had moved. */
  readonly drifted: readonly string[];
  /** Commits that its records were made at. */
  readonly commits: readonly string[];
  /** Median gradient calls of each cell; none in a judgement from before they were kept. */
  readonly times: readonly PastTime[];
}

/** The time of one cell in one judgement: of the seeds that every night has, without those that confirm. */
export interface PastTime {
  /** `0–4`, or that they are of the day. */
  readonly seeds: string;
  readonly key: string;
  readonly case: string;
  /** As a reader knows the cell: `add139 beta=0.8 ppm`. */
  readonly subject: string;
  readonly verdict: Verdict;
  readonly calls: Estimate;
}

/** A judgement as `--gate-json` writes it, or wrote it before it held as much. */
type Stored =
  & Pick<Judgement, "profile" | "engine" | "verdict" | "findings">
  & Partial<Pick<Judgement, "runs" | "commits">>
  & { readonly judgedAt: string };

const timesOf = (findings: Judgement["findings"]): PastTime[] =>
  findings.flatMap(({ tier, cell, subject, verdict, numbers, seeds = [] }) => {
    const calls = (numbers as Partial<Numbers> | undefined)?.calls?.found;
    // What never ends has no number in JSON.
    if (tier !== "time" || !cell || verdict === "incomplete" || typeof calls?.value !== "number") return [];
    const nightly = seeds.filter((seed) => !confirms(seed));
    return [{ ...cell, subject, verdict, calls, seeds: nightly.some(rotates) ? "of the day" : text.seeds(nightly) }];
  });

function pastVerdictOf({ judgedAt, profile, engine, verdict, runs, commits, findings }: Stored): PastVerdict {
  const drifted = findings.filter((finding) => finding.verdict === "drift");
  return {
    judgedAt,
    profile,
    engine,
    verdict,
    counts: countsOf(findings),
    fresh: runs?.fresh ?? null,
    drifted: drifted.map(({ subject, quantity }) => `${subject}: ${quantity}`),
    commits: commits ?? [],
    times: timesOf(findings),
  };
}

/** Every `*.json` in a folder and below it: a downloaded artifact is a folder of its own. */
function* judgementsIn(folder: string): Generator<string> {
  for (const entry of Deno.readDirSync(folder)) {
    const path = join(folder, entry.name);
    if (entry.isDirectory) yield* judgementsIn(path);
    else if (entry.name.endsWith(".json")) yield path;
  }
}

/**
 * Reads a folder of judgements (`*.json`, in folders of it too), oldest first.
 *
 * @throws {UsageError} for a file that is none, or a folder that is not there or has none
 */
export function readHistory(folder: string): PastVerdict[] {
  const refuse = (path: string, reason: string) =>
    new UsageError(`history ${path}: ${reason}; it holds files of 'deno task gate --gate-json FILE' and nothing else`);
  let paths: string[];
  try {
    paths = [...judgementsIn(folder)];
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
    throw refuse(folder, "there is no such folder");
  }
  if (paths.length === 0) throw refuse(folder, "there is no judgement in it");
  const past = paths.map((path) => {
    const read = parseJson(textIfThere(path) ?? "");
    if ("rejected" in read) throw refuse(path, read.rejected);
    const wrong = misshapen("judgement", read.document);
    if (wrong) throw refuse(path, `is no judgement: ${wrong}`);
    return pastVerdictOf(read.document as Stored);
  });
  // One judgement may lie there twice: downloaded, and in the history.
  const distinct = new Map(past.map((each) => [`${each.profile} ${each.engine} ${each.judgedAt}`, each]));
  return [...distinct.values()].sort((a, b) => a.judgedAt < b.judgedAt ? -1 : 1);
}

/** What had moved, or how much could not be said. */
export function movedText({ drifted, counts: { inconclusive, incomplete } }: PastVerdict): string {
  if (drifted.length) return `What has moved: ${drifted.join("; ")}`;
  const open = [[inconclusive, "inconclusive"], [incomplete, "incomplete"]].filter(([n]) => Number(n) > 0);
  return open.length
    ? `No drift was confirmed; ${open.map(([n, name]) => `${n} ${name}`).join(", ")}`
    : "Nothing has moved";
}
