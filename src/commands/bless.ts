import { join, resolve as resolvePath } from "node:path";
import { UsageError } from "../errors.ts";
import type { Catalogue } from "../catalogue/catalogue.ts";
import { expectationOf, listed } from "../gate/bless.ts";
import { differences, shrunk } from "../gate/difference.ts";
import {
  type Blessing,
  type Expectation,
  expectationPath,
  expectedFolder,
  readExpectation,
  recordsPath,
} from "../gate/expectation.ts";
import { readArchive } from "../run/record/archive.ts";
import { cellOf, cellOfTrial, cellText } from "../table/cell.ts";
import { madeByOtherCode } from "../table/other_code.ts";
import { compact } from "../run/record/compact.ts";
import { writeAtomically } from "../files.ts";
import { authorName, gitRefusal, revision } from "../run/record/provenance.ts";
import { misshapen } from "../documents/document.ts";
import { linesOf } from "../run/record/lines.ts";
import type { RunRecord } from "../run/record/record.ts";
import { canonical, sealed } from "../run/record/seal.ts";
import { today } from "../fleet/seeds.ts";
import { type Command, EXIT } from "./command.ts";
import { expectedRoot } from "./expected.ts";
import { type Chosen, chosen, Flags } from "./flags.ts";
import { planOfRecords } from "./plan.ts";

const HELP = `Make records the expectations of a profile: the only way that expected/ is written.

Usage: deno task bless --reason TEXT [options]

      --reason TEXT        why, for whoever reads the history of the file (needed unless --dry-run)
  -p, --profile NAME       smoke, quick (default), tuned, tune, study or paper
  -c, --case NAME          only these cases of the profile (repeatable, or separated by commas)
      --results DIR        folder of records to take in beside those in expected/ (default: results)
      --expected DIR       folder of expectations (default: the project's expected)
      --dry-run            say what would change and write nothing
      --retire             let go of cells that the profile no longer has
  -h, --help

Records must come from a clean commit, and the tree must be clean. Samples only grow.
Exit codes: 0 ok, 2 refused.`;

/** Refuses records that nobody could make again. @throws {UsageError} */
function refuseDirty(catalogue: Catalogue, records: readonly RunRecord[]): void {
  for (const record of records) {
    const { dirty, commit } = record.provenance;
    if (dirty !== false || !commit) {
      const name = `${cellText(cellOf(catalogue, record))} seed ${record.seed}`;
      throw new UsageError(
        `bless: the record of ${name} was not made at a clean commit; run it again from one (--no-cache)`,
      );
    }
  }
}

/** Refuses records of runs that the code as it is would not make. @throws {UsageError} */
async function refuseOtherCode(catalogue: Catalogue, records: readonly RunRecord[]): Promise<void> {
  const others = await madeByOtherCode(catalogue, records);
  const record = records.find(({ id }) => others.has(id));
  if (!record) return;
  const name = `${cellText(cellOf(catalogue, record))} seed ${record.seed}`;
  throw new UsageError(`bless: the record of ${name} was made by code that computes something else; run it again`);
}

/** What is known of a profile's cells: the records in expected/, and in their place those of the results folder. */
async function known(
  catalogue: Catalogue,
  choice: Chosen,
  folder: string,
  root?: string,
): Promise<{ profile: string; byCase: Map<string, RunRecord[]> }> {
  const whole = { ...choice, algorithms: [], seeds: [] };
  const { profile, plan } = planOfRecords(catalogue, whole, "every");
  const keys = new Set(plan.map((trial) => cellOfTrial(catalogue, trial).key));
  const kept = readArchive(join(expectedFolder(profile, root), "records"), catalogue);
  const found = readArchive(folder, catalogue);
  const rejected = [...kept.rejected, ...found.rejected];
  if (rejected.length) throw new UsageError(`bless: ${rejected[0]} (${rejected.length} in all)`);
  const fresh = found.records.filter((record) =>
    record.engine === choice.engine && keys.has(cellOf(catalogue, record).key)
  );
  refuseDirty(catalogue, fresh);
  await refuseOtherCode(catalogue, fresh);
  const records = new Map([...kept.records, ...fresh].map((record) => [record.id, compact(record)]));
  const wanted = [...records.values()].filter((record) => keys.has(cellOf(catalogue, record).key));
  return { profile, byCase: Map.groupBy(wanted, (record) => record.case) };
}

/** One record a line, in the order of cells and seeds. */
const textOf = (catalogue: Catalogue, records: readonly RunRecord[]): string =>
  linesOf(listed(catalogue, records).flatMap((runs) => runs.records));

const MOST_OF_A_REASON = 1000;

/** What blessing a case would change: lines to read, and what to write. @throws {UsageError} */
function changeOf(
  catalogue: Catalogue,
  { profile, case: caseId }: Pick<Expectation, "profile" | "case">,
  records: readonly RunRecord[],
  { retire, root }: { readonly retire: boolean; readonly root?: string },
) {
  const old = readExpectation(profile, caseId, root);
  const make = (blessings: readonly Blessing[]) =>
    sealed(expectationOf(catalogue, { profile, case: caseId }, records, blessings));
  const now = make(old?.blessings ?? []);
  const lost = shrunk(old, now);
  if (lost.length && !retire) throw new UsageError(`bless: ${lost[0]}; samples only grow (--retire lets cells go)`);
  const lines = differences(old, now);
  // The same runs, another file: the figures are computed in another way, or the file was made by another version.
  if (lines.length === 0 && old && canonical(old) !== canonical(now)) lines.push(`changed  ${caseId}: figures only`);
  return { lines, make, old, profile, caseId, text: () => textOf(catalogue, records), root };
}

type Change = ReturnType<typeof changeOf>;

/** Writes all changes, after a look at each whether it can be read again. @throws {UsageError} before anything is written */
function write(changes: readonly Change[], blessing: Blessing): void {
  const blessed = changes.map(({ make, old, ...where }) => {
    const expectation = make([...old?.blessings ?? [], blessing]);
    const wrong = misshapen("expectation", expectation);
    if (wrong) {
      throw new UsageError(`bless: what would be written could not be read again: ${wrong}; nothing is written`);
    }
    return { expectation, ...where };
  });
  for (const { expectation, profile, caseId, text, root } of blessed) {
    writeAtomically(recordsPath(profile, caseId, root), text());
    writeAtomically(expectationPath(profile, caseId, root), JSON.stringify(expectation, null, 1) + "\n");
  }
}

/** What git says of the checkout. */
export interface Tree {
  readonly clean: boolean;
  readonly commit: string | null;
  readonly author: string;
}

/** `bless` in a checkout of a given state. @throws {UsageError} */
export async function blessIn(tree: Tree, args: readonly string[], catalogue: Catalogue): Promise<number> {
  const flags = new Flags(args, {
    command: "bless",
    plan: ["profile", "case", "engine", "results"],
    strings: ["reason", "expected"],
    booleans: ["dry-run", "retire"],
  });
  const [dryRun, reason] = [flags.on("dry-run"), flags.text("reason")];
  if (reason && reason.length > MOST_OF_A_REASON) {
    throw new UsageError(
      `bless: --reason has ${reason.length} characters, at most ${MOST_OF_A_REASON}; say it shorter`,
    );
  }
  if (!dryRun && !reason) throw new UsageError("bless needs --reason TEXT: what has changed, and why that is right");
  if (!dryRun && !(tree.clean && tree.commit)) {
    throw new UsageError("bless: the tree is not a clean checkout; commit or stash first");
  }
  const choice = chosen(flags);
  const root = expectedRoot(flags);
  const { profile, byCase } = await known(catalogue, choice, resolvePath(choice.results), root);
  const options = { retire: flags.on("retire"), root };
  const changes = [...byCase].map(([id, records]) => changeOf(catalogue, { profile, case: id }, records, options));
  const changed = changes.filter(({ lines }) => lines.length > 0);
  for (const { lines } of changed) for (const line of lines) console.log(line);
  const place = expectedFolder(profile, root);
  if (changed.length === 0) {
    console.log(`${place}: ${byCase.size} cases, nothing changes: the records give exactly what is there`);
  } else if (!dryRun) {
    const blessing = { date: today(), by: tree.author, commit: tree.commit!, reason: reason! };
    write(changed, blessing);
    console.log(`${place}: ${changed.length} cases written; commit them`);
  }
  return EXIT.ok;
}

export const bless: Command = {
  name: "bless",
  summary: "make records the expectations",
  help: HELP,
  run(args, catalogue) {
    const refusal = gitRefusal();
    if (refusal) throw new UsageError(`bless: git does not say what this checkout is: ${refusal}`);
    const { commit, dirty } = revision();
    const tree = { clean: dirty === false, commit, author: authorName() };
    return blessIn(tree, args, catalogue);
  },
};
