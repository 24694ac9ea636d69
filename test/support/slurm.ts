import { fileURLToPath } from "node:url";
import { command } from "../../src/child.ts";

const LOOPBACK = fileURLToPath(new URL("./slurm_loopback.sh", import.meta.url));
const DAEMONS = ["slurmctld", "slurmd", "munged"];

const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes).trim();

/** Whether a program is on the PATH, or where daemons are. */
const isThere = (name: string): boolean =>
  [...(Deno.env.get("PATH") ?? "").split(":"), "/usr/sbin", "/sbin"].some((folder) => {
    try {
      return Deno.statSync(`${folder}/${name}`).isFile;
    } catch {
      return false;
    }
  });

/** Whether `SLURM_CONF` names a cluster that answers and has one node: others are no place for a test. */
function clusterIsGiven(): boolean {
  if (!Deno.env.get("SLURM_CONF") || !isThere("sbatch")) return false;
  const { success, stdout } = command("sinfo", { args: ["-h", "-N", "-o", "%N"], stderr: "null" }).outputSync();
  return success && new Set(text(stdout).split("\n")).size === 1;
}

const isGiven = clusterIsGiven();
const absent = isGiven || ["sbatch", ...DAEMONS].every(isThere)
  ? null
  : "there is no Slurm here; install the packages slurm-wlm and munge, or name a cluster of one node in SLURM_CONF";
if (absent) console.log(`skipped: tests with Slurm: ${absent}`);

/** A task of a job array. */
export interface Task {
  /** Number of the job that it is by itself. */
  readonly id: string;
  readonly state: string;
  /** How many times it has been requeued. */
  readonly restarts: number;
  readonly exitCode: string;
}

/** States of a task that is not to be waited for. */
const ENDED = ["COMPLETED", "FAILED", "CANCELLED", "TIMEOUT", "NODE_FAIL", "OUT_OF_MEMORY"];
export const hasEnded = ({ state }: Task): boolean => ENDED.includes(state);

/** A Slurm that jobs can be given to. */
export class Slurm {
  constructor(readonly conf: string) {}

  /** What one of its commands says. @throws {Error} with what it complains of, where it fails */
  async ask(program: string, args: readonly string[], env: Record<string, string> = {}): Promise<string> {
    const asked = command(program, { args: [...args], env: { ...env, SLURM_CONF: this.conf }, stderr: "piped" });
    const { success, stdout, stderr } = await asked.output();
    if (!success) throw new Error(`${program} ${args.join(" ")}: ${text(stderr)}`);
    return text(stdout);
  }

  /** @returns the number of the job */
  submit(script: string, args: readonly string[], env: Record<string, string>): Promise<string> {
    return this.ask("sbatch", ["--parsable", ...args, script], env);
  }

  /** The tasks of an array that have been told apart from those that wait together. */
  async tasks(job: string): Promise<Map<number, Task>> {
    const said = await this.ask("scontrol", ["--oneliner", "show", "job", job]);
    const tasks = said.split("\n").map((line) => Object.fromEntries(line.split(" ").map((pair) => pair.split("="))));
    return new Map(
      tasks.filter(({ ArrayTaskId }) => /^\d+$/.test(ArrayTaskId)).map((task) => [
        Number(task.ArrayTaskId),
        { id: task.JobId, state: task.JobState, restarts: Number(task.Restarts), exitCode: task.ExitCode },
      ]),
    );
  }
}

/** Waits until something is so. @throws {Error} after ten minutes, for a cluster that hangs */
export async function until<T>(what: string, found: () => Promise<T | null | false> | T | null | false): Promise<T> {
  const since = performance.now();
  while (performance.now() - since < 600_000) {
    const result = await found();
    if (result) return result;
    await new Promise((done) => setTimeout(done, 100));
  }
  throw new Error(`waited ten minutes until ${what}`);
}

/** A Slurm of our own, which ends when this process does. */
async function withLoopback(body: (slurm: Slurm) => Promise<void>): Promise<void> {
  const child = command("bash", { args: [LOOPBACK], stdin: "piped", stdout: "piped", stderr: "inherit" }).spawn();
  const reader = child.stdout.pipeThrough(new TextDecoderStream()).getReader();
  try {
    const { value = "" } = await reader.read();
    const conf = /^export SLURM_CONF=(.+)$/m.exec(value)?.[1];
    if (!conf) throw new Error("the loopback Slurm has not started, see above");
    await body(new Slurm(conf));
  } finally {
    await child.stdin.close();
    await child.status;
    await reader.cancel();
  }
}

/**
 * Defines a test with a real Slurm: the one that `SLURM_CONF` names, or one of our own where its programs are. Such tests start
 * any program, so they have a task of their own (`deno task test:slurm`), which `deno task test` ends with. Without a Slurm
 * it is ignored, with the reason in its name.
 */
export function slurmTest(name: string, body: (t: Deno.TestContext, slurm: Slurm) => Promise<void>): void {
  Deno.test({
    name: absent ? `${name}: ${absent}` : name,
    ignore: absent !== null,
    fn: (t) => isGiven ? body(t, new Slurm(Deno.env.get("SLURM_CONF")!)) : withLoopback((slurm) => body(t, slurm)),
  });
}
