import { join, resolve as resolvePath } from "node:path";
import { UsageError } from "../errors.ts";
import { expectationOf } from "../gate/bless.ts";
import { differences, shrunk } from "../gate/difference.ts";
import { type Blessing, expectationPath, expectedFolder, readExpectation, recordsPath } from "../gate/expectation.ts";
import { groupsOf } from "../gate/sample.ts";
import { readArchive } from "../run/archive.ts";
import { cellOf, cellOfTrial, cellText } from "../run/cell.ts";
import { compact } from "../run/compact.ts";
import { writeAtomically } from "../run/files.ts";
import { authorName, codeIsDirty, revision } from "../run/provenance.ts";
import type { RunRecord } from "../run/record.ts";
import { canonical, sealed } from "../run/seal.ts";
import { today } from "../run/seeds.ts";
import { type Command, EXIT } from "./command.ts";
import { type Chosen, chosen, Flags } from "./flags.ts";
import { OFFLINE_IMAGE, planOfRecords } from "./plan.ts";

const HELP = `Make records the expectations of a profile: the only way that expected/ is written.

Usage: deno task bless --reason TEXT [options]

      --reason TEXT        why, for whoever reads the history of the file (needed unless --dry-run)
  -p, --profile NAME       smoke, quick (default) or paper
  -c, --case NAME          only these cases of the profile (repeatable, or separated by commas)
      --results DIR        folder of records to take in beside those in expected/ (default: results)
      --dry-run            say what would change and write nothing
      --retire             let go of cells that the profile no longer has
  -h, --help

Records must come from a clean commit, and the tree must be clean. Samples only grow.
Exit codes: 0 ok, 2 refused.`;

/** Refuses records that nobody could make again. @throws {UsageError} */
function refuseDirty(records: readonly RunRecord[]): void {
  for (const record of records) {
    const { dirty, commit } = record.provenance;
    if (dirty !== false || !commit) {
      const name = `${cellText(cellOf(record))} seed ${record.seed}`;
      throw new UsageError(`bless: the record of ${name} was not made at a clean commit; run it again from one`);
    }
  }
}

/** What is known of a profile's cells: the records in expected/, and in their place those of the results folder. */
function known(choice: Chosen, folder: string): { profile: string; byCase: Map<string, RunRecord[]> } {
  const whole = { ...choice, algorithms: [], seeds: [] };
  const plans = ["mnist1k", OFFLINE_IMAGE].map((image) => planOfRecords(whole, image));
  const keys = new Set(plans.flatMap(({ plan }) => plan.map((trial) => cellOfTrial(trial).key)));
  const profile = plans[0].profile;
  const kept = readArchive(join(expectedFolder(profile), "records"));
  const found = readArchive(folder);
  const rejected = [...kept.rejected, ...found.rejected];
  if (rejected.length) throw new UsageError(`bless: ${rejected[0]} (${rejected.length} in all)`);
  const fresh = found.records.filter((record) => record.engine === choice.engine && keys.has(cellOf(record).key));
  refuseDirty(fresh);
  const records = new Map([...kept.records, ...fresh].map((record) => [record.id, compact(record)]));
  const wanted = [...records.values()].filter((record) => keys.has(cellOf(record).key));
  return { profile, byCase: Map.groupBy(wanted, (record) => record.case) };
}

/** One record a line, in the order of cells and seeds. */
function linesOf(records: readonly RunRecord[]): string {
  const groups = [...groupsOf(records).values()].sort((a, b) => cellText(a.cell) < cellText(b.cell) ? -1 : 1);
  return groups.flatMap((group) => group.records).map((record) => canonical(record) + "\n").join("");
}

/** What blessing a case would change: lines to read, and what to write. @throws {UsageError} */
function changeOf(profile: string, caseId: string, records: readonly RunRecord[], retire: boolean) {
  const old = readExpectation(profile, caseId);
  const make = (blessings: readonly Blessing[]) => sealed(expectationOf(profile, caseId, records, blessings));
  const now = make(old?.blessings ?? []);
  const lost = shrunk(old, now);
  if (lost.length && !retire) throw new UsageError(`bless: ${lost[0]}; samples only grow (--retire lets cells go)`);
  const lines = differences(old, now);
  // The same runs, another file: the figures are computed in another way, or the file was made by another version.
  if (lines.length === 0 && old && canonical(old) !== canonical(now)) lines.push(`changed  ${caseId}: figures only`);
  return { lines, make, old, caseId, records };
}

function write(profile: string, { make, old, caseId, records }: ReturnType<typeof changeOf>, blessing: Blessing): void {
  writeAtomically(recordsPath(profile, caseId), linesOf(records));
  const expectation = make([...old?.blessings ?? [], blessing]);
  writeAtomically(expectationPath(profile, caseId), JSON.stringify(expectation, null, 1) + "\n");
}

function run(args: readonly string[]): Promise<number> {
  const flags = new Flags(args, { command: "bless", strings: ["reason"], booleans: ["dry-run", "retire"] });
  const [dryRun, reason] = [flags.on("dry-run"), flags.text("reason")];
  if (!dryRun && !reason) throw new UsageError("bless needs --reason TEXT: what has changed, and why that is right");
  if (!dryRun && codeIsDirty() !== false) throw new UsageError("bless: the tree is not clean; commit or stash first");
  const choice = chosen(flags);
  const { profile, byCase } = known(choice, resolvePath(choice.results));
  const changes = [...byCase].map(([id, records]) => changeOf(profile, id, records, flags.on("retire")));
  const changed = changes.filter(({ lines }) => lines.length > 0);
  for (const { lines } of changed) for (const line of lines) console.log(line);
  if (changed.length === 0) {
    console.log(`expected/${profile}: ${byCase.size} cases, nothing changes: the records give exactly what is there`);
  } else if (!dryRun) {
    const blessing = { date: today(), by: authorName(), commit: revision().commit!, reason: reason! };
    for (const change of changed) write(profile, change, blessing);
    console.log(`expected/${profile}: ${changed.length} cases written; commit them`);
  }
  return Promise.resolve(EXIT.ok);
}

export const bless: Command = { name: "bless", summary: "make records the expectations", help: HELP, run };
