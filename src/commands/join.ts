import { join as joinPath, resolve as resolvePath } from "node:path";
import type { Catalogue } from "../catalogue/catalogue.ts";
import { UsageError } from "../errors.ts";
import { writeAtomically } from "../files.ts";
import { readExpectation } from "../gate/expectation.ts";
import { joinedFolder, joinedTo, joining } from "../gate/joined.ts";
import { readArchive } from "../run/record/archive.ts";
import { compact } from "../run/record/compact.ts";
import { linesOf } from "../run/record/lines.ts";
import type { RunRecord } from "../run/record/record.ts";
import { blessedIn } from "./blessed.ts";
import { type Command, EXIT } from "./command.ts";
import { chosen, Flags } from "./flags.ts";
import { planOfRecords } from "./plan.ts";

const HELP =
  `Let runs on seeds of a day join what is expected: those of the expected code, and those of the new one beside them.

Usage: deno task join --results DIR --joined DIR [options]

  -p, --profile NAME       smoke, quick (default), tuned, tune, study or paper
  -e, --engine NAME        the engine whose records count (default: onnx)
      --results DIR        what 'deno task bench --rotate DAY --both-codes' made
      --joined DIR         folder that they join; bench, gate and publish take it with the same flag
  -h, --help

Runs of the expected code are more of what is expected, whatever they show; runs of the new code on the same seeds are
evidence that grows night by night. Both count on their engine and beside the blessing that they were made under, and are
left out after the next one. Runs that were given fewer epochs than those that are expected took do not join.
Exit codes: 0 ok, 2 bad usage.`;

/** Adds runs to those that a folder has. @returns how many are new */
function add(folder: string, runs: readonly RunRecord[], known: readonly RunRecord[]): number {
  const ids = new Set(known.map(({ id }) => id));
  const fresh = runs.filter(({ id }) => !ids.has(id)).map(compact);
  if (fresh.length === 0) return 0;
  const all = [...known, ...fresh].sort((a, b) => a.id < b.id ? -1 : 1);
  writeAtomically(joinPath(folder, "records.jsonl"), linesOf(all));
  return fresh.length;
}

/** The records of a folder. @throws {UsageError} where one cannot be trusted */
function recordsIn(folder: string, catalogue: Catalogue): readonly RunRecord[] {
  const { records, rejected } = readArchive(folder, catalogue);
  if (rejected.length) throw new UsageError(`join: ${rejected[0]} (${rejected.length} in all)`);
  return records;
}

function run(args: readonly string[], catalogue: Catalogue): Promise<number> {
  const flags = new Flags(args, {
    command: "join",
    plan: ["profile", "engine", "results"],
    strings: ["joined"],
    booleans: [],
  });
  const [results, joined] = ["results", "joined"].map((name) => flags.path(name));
  if (!results || !joined) {
    throw new UsageError("join needs --results DIR, what joins, and --joined DIR, where it goes");
  }
  const choice = chosen(flags);
  const { profile } = planOfRecords(catalogue, choice, "every");
  const of = { root: resolvePath(joined), engine: choice.engine, catalogue };
  const found = recordsIn(resolvePath(results), catalogue);
  const night = { blessed: blessedIn(resolvePath(results), catalogue), found };
  const counts = { blessed: 0, found: 0 };
  for (const id of new Set(night.blessed.map((record) => record.case))) {
    const expectation = readExpectation(profile, id);
    if (!expectation) continue;
    const own = joining(expectation, night, of);
    const known = joinedTo(expectation, of);
    for (const side of ["blessed", "found"] as const) {
      counts[side] += add(joinedFolder(of, expectation, side), own[side], known[side]);
    }
  }
  const left = night.blessed.length - counts.blessed;
  if (left > 0) console.log(`join: ${left} runs of the expected code were there before, or are none that may join`);
  console.log(`${joined}: ${counts.blessed} runs joined what is expected of ${profile}, ${counts.found} beside them`);
  return Promise.resolve(EXIT.ok);
}

export const join: Command = {
  name: "join",
  summary: "let runs on seeds of a day join what is expected",
  help: HELP,
  run,
};
