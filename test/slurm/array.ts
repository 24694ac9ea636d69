import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { basename, dirname } from "node:path";
import { existsSync } from "node:fs";
import { namesIn } from "../../src/files.ts";
import { readCheckpoint } from "../../src/run/record/checkpoint.ts";
import { cli, fileNames, outcomeOf, readRecord, recordNames } from "../support/runs.ts";
import { hasEnded, type Slurm, slurmTest, type Task, until } from "../support/slurm.ts";

const PARTS = 8;
/** 24 runs, three for each part. */
const PLAN = ["-p", "smoke", "-a", "adamw,adam-l2,ppm,pp-conn", "-s", "0..1", "--max-epochs", "40"];
/** One for each part. */
const SMALL = ["-p", "smoke", "-c", "tiny-glyphs", ...PLAN.slice(2)];
/** No machine comes to its end while a test looks. */
const ENDLESS = ["-p", "smoke", "-c", "tiny-div", "-a", "adamw", "-s", "0", "--max-epochs", "10000000"]
  .concat("--set", "generalisedAbove=0.99999", "--set", "extraEpochs=9000000");

const [DOCUMENTED] = /#!\/bin\/bash\n[^`]+/.exec(Deno.readTextFileSync("docs/clusters.md"))!;

/** The script of docs/clusters.md, with another plan and folder. */
function scriptIn(folder: string, plan: readonly string[], results: string): string {
  const changes = [["-p paper", plan.join(" ")], ["$HOME/grok", results], ["--output=grok", `--output=${folder}/grok`]];
  const script = changes.reduce((text, [from, to]) => {
    assertStringIncludes(text, from);
    return text.replace(from, to);
  }, DOCUMENTED);
  const path = `${folder}/script-${crypto.randomUUID()}.sh`;
  Deno.writeTextFileSync(path, script);
  return path;
}

const MANY = Array.from({ length: PARTS }, (_, i) => i + 1);
const logOf = (folder: string, part: number) => {
  const path = `${folder}/grok-${part}.log`;
  return existsSync(path) ? Deno.readTextFileSync(path) : "";
};

/** Ends a process without warning, as what runs out of memory is ended. */
function kill(pid: number): void {
  try {
    Deno.kill(pid, "SIGKILL");
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound) && !/ESRCH/.test(String(error))) throw error;
  }
}

/** Gives an array to Slurm, whose scripts find this Deno as `deno` and save whenever they can. */
function submit(slurm: Slurm, script: string, ...args: string[]): Promise<string> {
  const env = {
    PATH: `${dirname(Deno.execPath())}:${Deno.env.get("PATH")}`,
    DRIVEN_HUNT_SAVE_SECONDS: "0",
    NO_COLOR: "1",
  };
  return slurm.submit(script, ["--cpus-per-task=1", ...args], env);
}

/** Starts what waits out the delay that Slurm has before a task is run again. */
async function startRequeued(slurm: Slurm, job: string): Promise<void> {
  for (const [part, { state, restarts }] of await slurm.tasks(job)) {
    if (state === "PENDING" && restarts > 0) {
      await slurm.ask("scontrol", ["update", `jobid=${job}_${part}`, "starttime=now"]).catch(() => {});
    }
  }
}

/** The tasks of an array when all have ended. */
const ended = (slurm: Slurm, job: string, parts: number): Promise<Map<number, Task>> =>
  until(`the ${parts} tasks of job ${job} end`, async () => {
    await startRequeued(slurm, job);
    const tasks = await slurm.tasks(job);
    return tasks.size === parts && [...tasks.values()].every(hasEnded) && tasks;
  });

/** Whether a part has begun a run that it has not finished. */
const hasUnfinished = (results: string): boolean => {
  const finished = recordNames(results).map((path) => basename(path));
  const saved = namesIn(`${results}/.checkpoints`).map((name) => readCheckpoint(`${results}/.checkpoints/${name}`)!);
  return saved.some(({ id }) => !finished.some((name) => name.includes(id)));
};

/**
 * Waits for a task that is at work, with a checkpoint, and strikes it down; those that had ended their last run when the blow
 * came were missed, and the next is tried.
 */
async function strike(
  slurm: Slurm,
  job: string,
  { folder, parts }: { readonly folder: string; readonly parts: readonly number[] },
  blow: (part: number, task: Task) => Promise<void>,
): Promise<number> {
  for (const part of parts) {
    const results = `${folder}/parts/${part}`;
    const task = await until(`part ${part} is at work`, async () => {
      const found = (await slurm.tasks(job)).get(part);
      return found && (hasEnded(found) || existsSync(`${results}/.checkpoints`)) ? found : null;
    });
    if (hasEnded(task)) continue;
    await blow(part, task);
    if (hasUnfinished(results)) return part;
  }
  throw new Error("no part was caught at work");
}

const outcomes = (results: string) =>
  recordNames(results).map((path) => [path.slice(results.length), outcomeOf(readRecord(path))]);

/** Tasks of an array, each with a folder of its own, are killed and lose their node; merged it is the whole. */
async function separateFolders(slurm: Slurm, folder: string, whole: string): Promise<void> {
  const job = await submit(slurm, scriptIn(folder, PLAN, `${folder}/parts/$SLURM_ARRAY_TASK_ID`));
  const killed = await strike(slurm, job, { folder, parts: MANY }, async (part, { id }) => {
    const listed = await slurm.ask("scontrol", ["listpids", id]);
    for (const [pid] of listed.matchAll(/^\d+/gm)) kill(Number(pid));
    await until(`part ${part} is dead`, async () => hasEnded((await slurm.tasks(job)).get(part)!));
  });
  assert(!logOf(folder, killed).includes("stopped, can go on"));
  await slurm.ask("scontrol", ["requeue", `${job}_${killed}`]);
  const failed = await strike(slurm, job, { folder, parts: MANY.filter((part) => part > killed) }, async (part) => {
    const node = await slurm.ask("sinfo", ["-h", "-o", "%n"]);
    await slurm.ask("scontrol", ["update", `nodename=${node}`, "state=down", "reason=test"]);
    await until(`part ${part} has ended its work`, () => logOf(folder, part).includes("this is a part of the plan"));
    // It may be back by itself.
    await slurm.ask("scontrol", ["update", `nodename=${node}`, "state=resume"]).catch(() => {});
  });
  assertStringIncludes(logOf(folder, failed), "DUE TO NODE FAILURE");
  assertStringIncludes(logOf(folder, failed), "stopped, can go on");
  const tasks = await ended(slurm, job, PARTS);
  assertEquals([...tasks.values()].filter(({ state }) => state !== "COMPLETED"), []);
  for (const part of [killed, failed]) {
    assertEquals(tasks.get(part)?.restarts, 1);
    assertStringIncludes(logOf(folder, part), "resumed at epoch");
  }
  await mergedIsWhole(folder, whole);
}

async function mergedIsWhole(folder: string, whole: string): Promise<void> {
  const merged = `${folder}/merged`;
  const parts = MANY.map((part) => `${folder}/parts/${part}`);
  const { code, stdout } = await cli(["merge", ...parts, "--into", merged], {}, "merge");
  assertEquals(code, 0);
  assertMatch(stdout, /: 24 records and \d+ checkpoints came, 0 were there/);
  assertEquals(outcomes(merged), outcomes(whole));
  const checkpoints = (of: string) => fileNames(`${of}/.checkpoints`).map((path) => path.slice(of.length));
  assertEquals(checkpoints(merged), checkpoints(whole));
  for (const command of ["gate", "leaderboard"]) {
    const [ours, theirs] = await Promise.all(
      [merged, whole].map((of) => cli([command, "-p", "smoke", "--results", of], {}, "gate")),
    );
    assertEquals([ours.code, ours.stdout], [theirs.code, theirs.stdout]);
    assertStringIncludes(ours.stdout, "tiny-add");
  }
}

/** An array over one folder, and parts of it again after that. */
async function sharedFolder(slurm: Slurm, folder: string, whole: string): Promise<void> {
  const shared = `${folder}/shared`;
  const script = scriptIn(folder, SMALL, shared);
  const first = await submit(slurm, script);
  const next = await submit(slurm, script, "--array=3,5", `--dependency=afterany:${first}`);
  const states = async (job: string, parts: number) =>
    [...await ended(slurm, job, parts)].map(([part, { state }]) => [part, state]).sort();
  assertEquals(await states(first, PARTS), MANY.map((part) => [part, "COMPLETED"]));
  assertEquals(await states(next, 2), [[3, "COMPLETED"], [5, "COMPLETED"]]);
  const kept = MANY.filter((part) => logOf(folder, part).includes("kept from before"));
  assertEquals(kept, [3, 5]);
  assertEquals(outcomes(shared).length, PARTS);
  assertEquals(outcomes(shared), outcomes(whole).filter(([path]) => path.startsWith("/tiny-glyphs/")));
}

/** What `--signal=B:TERM` does when the time comes: only the script is sent it. */
async function beforeTheLimit(slurm: Slurm, folder: string): Promise<void> {
  const results = `${folder}/results`;
  const job = await submit(slurm, scriptIn(folder, ENDLESS, results), "--array=1");
  await until("the run is under way", () => existsSync(`${results}/.checkpoints`));
  await slurm.ask("scancel", ["--signal=TERM", "--batch", `${job}_1`]);
  const { state, restarts, exitCode } = (await ended(slurm, job, 1)).get(1)!;
  assertEquals([state, restarts, exitCode], ["FAILED", 0, "2:0"]);
  assertStringIncludes(logOf(folder, 1), "stopped: 1 runs are unfinished; give the same command again to go on");
  assertEquals(recordNames(results), []);
  assert(hasUnfinished(results));
}

slurmTest("the job array of docs/clusters.md", async (t, slurm) => {
  const root = Deno.makeTempDirSync();
  const whole = `${root}/whole`;
  const one = await cli(["bench", ...PLAN, "--no-canaries", "--no-gate", "--results", whole]);
  assertEquals([one.code, recordNames(whole).length], [0, 24], one.stderr);
  const step = (name: string, body: (slurm: Slurm, folder: string, whole: string) => Promise<void>) =>
    t.step(name, () => body(slurm, Deno.makeTempDirSync({ dir: root }), whole));
  await step("tasks that are killed or lose their node go on, and the parts merged are the whole", separateFolders);
  await step("parts over one shared folder are the whole, and parts given again keep what is there", sharedFolder);
  await step("the signal before the time limit has the bench save and end with 2", beforeTheLimit);
  Deno.removeSync(root, { recursive: true });
});
