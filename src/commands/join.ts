import { join as joinPath, resolve as resolvePath } from "node:path";
import type { Catalogue } from "../catalogue/catalogue.ts";
import { UsageError } from "../errors.ts";
import { readIfThere, writeAtomically } from "../files.ts";
import { type Expectation, readExpectation } from "../gate/expectation.ts";
import { joinedFolder, joinedTo, joining, notQuiet } from "../gate/joined.ts";
import type { Judgement } from "../gate/judge.ts";
import { readArchive } from "../run/record/archive.ts";
import { compact } from "../run/record/compact.ts";
import type { RunRecord } from "../run/record/record.ts";
import { canonical } from "../run/record/seal.ts";
import { VERDICTS } from "../gate/finding.ts";
import { type Command, EXIT } from "./command.ts";
import { Flags } from "./flags.ts";

const HELP = `Let runs on seeds of the day join what is expected, after a night on which nothing had changed.

Usage: deno task join --judgement FILE [--results DIR --joined DIR]

      --judgement FILE     what 'deno task gate --gate-json FILE' wrote of the night
      --results DIR        folder of runs that 'deno task bench --rotate DAY' made by the same code
      --joined DIR         folder that they join; bench, gate and publish take it with the same flag
                           (without the two: only say whether anything may join)
  -h, --help

Nothing had changed where every run repeated an expected one bit for bit; after any other night nothing joins, and it says
so. They count beside the blessing that they were made under and are left out after the next one, which can take them in:
'deno task bless --results DIR'.
Exit codes: 0 ok, 2 bad usage, 3 nothing may join, where that was asked.`;

/** @throws {UsageError} */
function judgementOf(path: string): Judgement {
  const bytes = readIfThere(path);
  if (!bytes) {
    throw new UsageError(`--judgement '${path}': there is no such file; 'deno task gate --gate-json' writes one`);
  }
  let found: Judgement;
  try {
    found = JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    throw new UsageError(`--judgement '${path}': is not JSON`);
  }
  if (!VERDICTS.includes(found?.verdict) || !found.runs || !Array.isArray(found.commits)) {
    throw new UsageError(`--judgement '${path}': is no judgement of 'deno task gate --gate-json'`);
  }
  return found;
}

/** Adds runs to those that have joined an expectation. @returns how many are new */
function add(expectation: Expectation, runs: readonly RunRecord[], root: string, catalogue: Catalogue): number {
  const known = joinedTo(expectation, root, catalogue);
  const ids = new Set(known.map(({ id }) => id));
  const fresh = runs.filter(({ id }) => !ids.has(id));
  if (fresh.length === 0) return 0;
  const lines = [...known, ...fresh.map(compact)].sort((a, b) => a.id < b.id ? -1 : 1).map((run) =>
    canonical(run) + "\n"
  );
  writeAtomically(joinPath(joinedFolder(root, expectation), "records.jsonl"), lines.join(""));
  return fresh.length;
}

/** What a folder of runs adds to what is expected; says how many. @throws {UsageError} */
function take(judgement: Judgement, results: string, root: string, catalogue: Catalogue): void {
  const { records, rejected } = readArchive(results, catalogue);
  if (rejected.length) throw new UsageError(`join: ${rejected[0]} (${rejected.length} in all)`);
  const cases = [...new Set(records.map((record) => record.case))];
  let [own, fresh] = [0, 0];
  for (const expectation of cases.map((id) => readExpectation(judgement.profile, id))) {
    if (!expectation) continue;
    const runs = joining(judgement, expectation, records, catalogue);
    own += runs.length;
    fresh += add(expectation, runs, root, catalogue);
  }
  const others = `${own - fresh} were there, ${records.length - own} are none of its cells, code or seeds`;
  console.log(`${root}: ${fresh} runs joined what is expected of ${judgement.profile} (${others})`);
}

function run(args: readonly string[], catalogue: Catalogue): Promise<number> {
  const flags = new Flags(args, {
    command: "join",
    plan: ["results"],
    strings: ["judgement", "joined"],
    booleans: [],
  });
  const [judged, root, results] = ["judgement", "joined", "results"].map((name) => flags.path(name));
  if (!judged) throw new UsageError("join needs --judgement FILE: what 'deno task gate --gate-json FILE' wrote");
  if (!root !== !results) {
    throw new UsageError("join: --results and --joined go together: what joins, and where it goes");
  }
  const judgement = judgementOf(judged);
  const why = notQuiet(judgement);
  if (why) console.log(`join: nothing joins what is expected, the night was not quiet: ${why}`);
  if (!root || !results) return Promise.resolve(why ? EXIT.inconclusive : EXIT.ok);
  if (!why) take(judgement, resolvePath(results), resolvePath(root), catalogue);
  return Promise.resolve(EXIT.ok);
}

export const join: Command = {
  name: "join",
  summary: "let runs of a quiet night join what is expected",
  help: HELP,
  run,
};
