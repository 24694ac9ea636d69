import { join } from "node:path";
import type { Catalogue } from "../catalogue/catalogue.ts";
import { ourselves } from "../child.ts";
import type { FieldValue, Values } from "../declare/field.ts";
import { dataFolder } from "../data/manifest.ts";
import { isFolder } from "../files.ts";
import type { Expectation } from "../gate/expectation.ts";
import { readArchive } from "../run/record/archive.ts";
import { askGit } from "../run/record/provenance.ts";
import type { RunRecord } from "../run/record/record.ts";
import type { Trial } from "../run/trial.ts";
import { type Cell, cellOfTrial, cellText } from "../table/cell.ts";

/** Seeds of a cell that the expected code is to run. */
export interface Wanted {
  readonly cell: Cell;
  readonly seeds: readonly number[];
}

/** What they are run for, and by. */
interface Circumstances {
  readonly catalogue: Catalogue;
  readonly profile: string;
  readonly engine: string;
  readonly plan: readonly Trial[];
  readonly expectations: readonly Expectation[];
  /** Results folder of the new code: what the expected code makes lies in `.blessed` in it. */
  readonly results: string;
  readonly workers: number;
  readonly timeoutSeconds: number | null;
}

/** Beside the results, and in it. */
const BLESSED = ".blessed";
const RUNS = "runs";
/** Folders in a results folder, one in the other, where runs of the expected code lie. */
export const BLESSED_RUNS = [BLESSED, RUNS] as const;

/** The commit at which the expectation of a cell was last blessed: its code computes what is expected there. */
const commitOf = (cell: Cell, expectations: readonly Expectation[]): string | null =>
  expectations.find(({ cells }) => cells.some((expected) => expected.cell.key === cell.key))?.blessings.at(-1)
    ?.commit ??
    null;

/** Does something with a commit that is checked out beside the results; it is given back whatever comes. */
async function inWorktree(
  commit: string,
  folder: string,
  work: () => Promise<void>,
): Promise<string | null> {
  const giveBack = () => askGit("worktree", "remove", "--force", folder);
  // What an interrupt may have left.
  giveBack();
  const { said, complaint } = askGit("worktree", "add", "--quiet", "--detach", "--force", folder, commit);
  if (said === null) return complaint ?? "git cannot be run";
  try {
    await work();
  } finally {
    giveBack();
  }
  return null;
}

const SIGNALS = ["SIGINT", "SIGTERM"] as const;

/** How a program of another copy ended. */
export type Ended = "as it should" | "otherwise" | "stopped";

/** Runs a program to its end, or lets it stop when this one is asked to. */
async function untilStopped(program: Deno.Command): Promise<Ended> {
  const child = program.spawn();
  let stopped = false;
  const stop = () => {
    stopped = true;
    child.kill("SIGINT");
  };
  for (const signal of SIGNALS) Deno.addSignalListener(signal, stop);
  try {
    const { success } = await child.status;
    return stopped ? "stopped" : success ? "as it should" : "otherwise";
  } finally {
    for (const signal of SIGNALS) Deno.removeSignalListener(signal, stop);
  }
}

/** Runs `bench` of a copy of the project, on the data of this one; what it says for people is passed on. */
export const benchIn = (root: string, args: readonly string[]): Promise<Ended> =>
  untilStopped(ourselves({
    root,
    module: "main.ts",
    permissions: "bench",
    starts: true,
    args: ["bench", ...args],
    env: { DRIVEN_HUNT_DATA: dataFolder() },
    stdin: "null",
    stdout: "null",
    stderr: "inherit",
  }));

/**
 * What has to be set so that the profile of the expected code has this cell, and of the same method on the same case no other:
 * every field that the plan sets for any of them, at its value here.
 */
export function settingsOf(plan: readonly Trial[], cell: Cell, catalogue: Catalogue): [string, FieldValue][] {
  const own = plan.find((trial) => cellOfTrial(catalogue, trial).key === cell.key)!;
  const siblings = plan.filter((trial) => trial.case === own.case && trial.algorithm.id === own.algorithm.id);
  const names = new Set(siblings.flatMap(({ spec }) => Object.keys(spec.overrides)));
  const values: Values = { ...own.config, ...own.hyper };
  return [...names].map((name) => [name, values[name]]);
}

/** Makes the runs of one cell with the code that lies in `root`. */
async function runThere(
  root: string,
  results: string,
  { cell, seeds }: Wanted,
  { catalogue, profile, engine, plan, workers, timeoutSeconds }: Circumstances,
): Promise<Ended> {
  const sets = settingsOf(plan, cell, catalogue).flatMap(([name, value]) => ["--set", `${name}=${value}`]);
  const where = ["-p", profile, "-c", cell.case, "-a", cell.algorithm, "-s", seeds.join(","), "-e", engine];
  const how = ["-j", String(workers), "--results", results, "--no-gate", "--no-canaries"];
  const limit = timeoutSeconds === null ? [] : ["--timeout", String(timeoutSeconds)];
  return await benchIn(root, [...where, ...sets, ...how, ...limit]);
}

/** Runs of the expected code that lie beside a folder of results. */
export function blessedIn(results: string, catalogue: Catalogue): RunRecord[] {
  const folder = join(results, BLESSED, RUNS);
  if (!isFolder(folder)) return [];
  const { records, rejected } = readArchive(folder, catalogue);
  for (const line of rejected) console.error(line);
  return [...records];
}

/**
 * Runs the code that the expectations were blessed with on seeds that the new code runs as well: only beside it is a run of the
 * new code compared with its own seed. Where that code cannot be had or does not run to its end this is said. What it makes
 * lies beside the results, for {@linkcode blessedIn}.
 *
 * @returns how many cells it has not run: for want of the code, for a failure, or because it was asked to stop
 */
export async function runBlessed(wanted: readonly Wanted[], asked: Circumstances): Promise<number> {
  const missing = new Set(wanted);
  const refuse = (cells: readonly Wanted[], why: string) => {
    for (const { cell } of cells) {
      console.error(`gate: the code that ${cellText(cell)} was expected with cannot be run: ${why}`);
    }
  };
  const folder = join(asked.results, BLESSED);
  let stopped = false;
  for (const [commit, cells] of Map.groupBy(wanted, ({ cell }) => commitOf(cell, asked.expectations))) {
    if (stopped) break;
    if (commit === null) {
      refuse(cells, "its blessing names no commit");
      continue;
    }
    const root = join(folder, `code-${commit.slice(0, 12)}`);
    const refusal = await inWorktree(commit, root, async () => {
      for (const each of cells) {
        const ended = await runThere(root, join(folder, RUNS), each, asked);
        if (ended === "as it should") missing.delete(each);
        if (ended === "otherwise") refuse([each], "it did not end as it should, see above");
        stopped = ended === "stopped";
        if (stopped) break;
      }
    });
    if (refusal) refuse(cells, refusal);
  }
  return missing.size;
}
