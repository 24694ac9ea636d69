import { join } from "node:path";
import type { Catalogue } from "../catalogue/catalogue.ts";
import { command, complaintIn, ourselves } from "../child.ts";
import { dataFolder } from "../data/manifest.ts";
import type { Expectation } from "../gate/expectation.ts";
import type { Flagged } from "../gate/judge.ts";
import { readArchive } from "../run/record/archive.ts";
import type { RunRecord } from "../run/record/record.ts";
import type { Trial } from "../run/trial.ts";
import { type Cell, cellOf, cellOfTrial, cellText } from "../table/cell.ts";

/** What fresh seeds are run by, and for. */
interface Confirmation {
  readonly catalogue: Catalogue;
  readonly profile: string;
  readonly engine: string;
  readonly plan: readonly Trial[];
  readonly expectations: readonly Expectation[];
  /** Seeds that a flagged cell is confirmed with. */
  readonly seedsOf: (flagged: Flagged) => readonly number[];
  /** Results folder of the new code: what the expected code makes lies in `.blessed` in it. */
  readonly results: string;
  readonly workers: number;
}

/** The commit at which the expectation of a cell was made, as far as it is known. */
function commitOf(cell: Cell, expectations: readonly Expectation[]): string | null {
  for (const { cells, sources } of expectations) {
    const known = cells.find((expected) => expected.cell.key === cell.key);
    if (known) return sources[known.samples[0].source].commit;
  }
  return null;
}

/** Checks a commit out beside the results. @returns why it cannot be, or null */
async function checkOut(commit: string, folder: string): Promise<string | null> {
  const { success, stderr } = await command("git", {
    args: ["worktree", "add", "--quiet", "--detach", "--force", folder, commit],
    cwd: import.meta.dirname,
    stdout: "null",
    stderr: "piped",
  }).output();
  return success ? null : complaintIn(stderr) ?? "git failed";
}

const giveBack = (folder: string) =>
  command("git", { args: ["worktree", "remove", "--force", folder], cwd: import.meta.dirname, stderr: "null" })
    .output();

/** Makes the runs of one cell with the code that lies in `root`. */
async function runThere(root: string, results: string, flagged: Flagged, asked: Confirmation): Promise<RunRecord[]> {
  const { catalogue, profile, engine, plan, seedsOf, workers } = asked;
  const { cell } = flagged;
  const { overrides } = plan.find((trial) => cellOfTrial(catalogue, trial).key === cell.key)!.spec;
  const seeds = seedsOf(flagged);
  const sets = Object.entries(overrides).flatMap(([name, value]) => ["--set", `${name}=${value}`]);
  const where = ["-p", profile, "-c", cell.case, "-a", cell.algorithm, "-s", seeds.join(","), "-e", engine];
  const how = ["-j", String(workers), "--results", results, "--no-gate", "--no-canaries"];
  await ourselves({
    root,
    module: "main.ts",
    permissions: "bench",
    starts: true,
    args: ["bench", ...where, ...sets, ...how],
    env: { DRIVEN_HUNT_DATA: dataFolder() },
    stdin: "null",
    stdout: "null",
  }).output();
  return readArchive(results, catalogue).records.filter((record) =>
    cellOf(catalogue, record).key === cell.key && seeds.includes(record.seed)
  );
}

/**
 * Runs of the code that the expectations were made with, on the seeds that confirm what the same seeds have shown: only beside
 * them is a run of the new code compared with its own seed. Where that code cannot be had or does not run they are left out,
 * which is said, and the new runs are compared with the reference.
 */
export async function blessedRuns(flagged: readonly Flagged[], asked: Confirmation): Promise<RunRecord[]> {
  const records: RunRecord[] = [];
  const byCommit = Map.groupBy(
    flagged.filter(({ paired }) => paired),
    ({ cell }) => commitOf(cell, asked.expectations),
  );
  for (const [commit, cells] of byCommit) {
    const root = join(asked.results, ".blessed", `code-${commit?.slice(0, 12)}`);
    const refusal = commit === null ? "its commit is not known" : await checkOut(commit, root);
    if (refusal) {
      const names = cells.map(({ cell }) => cellText(cell)).join(", ");
      console.error(`gate: the code that ${names} was expected with cannot be run: ${refusal}`);
      continue;
    }
    try {
      const results = join(asked.results, ".blessed", `runs-${commit!.slice(0, 12)}`);
      for (const each of cells) records.push(...await runThere(root, results, each, asked));
    } finally {
      await giveBack(root);
    }
  }
  return records;
}
