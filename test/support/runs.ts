import { catalogue } from "../../bench/mod.ts";
import { sourcesOf } from "../../src/catalogue/sources.ts";
import { ourselves } from "../../src/child.ts";
import type { Values } from "../../src/declare/field.ts";
import { encodeLine, lines, type Order, type Report, type RunOrder, type Said } from "../../src/fleet/messages.ts";
import type { RunRecord } from "../../src/run/record/record.ts";
import { Store } from "../../src/run/record/store.ts";
import { resolve, type Trial, type TrialSpec } from "../../src/run/trial.ts";

export { catalogue };

export const specOf = (
  caseId: string,
  algorithm: string,
  overrides: Values = {},
  engine = "onnx",
): TrialSpec => ({ case: caseId, algorithm, overrides, seed: 0, engine });

/** The trial that a specification names in the catalogue of this project. */
export const resolved = (spec: TrialSpec): Trial => resolve(catalogue, spec);

export const trialOf = (...asked: Parameters<typeof specOf>): Trial => resolved(specOf(...asked));

/** A results folder of runs of this project. */
export const storeIn = (folder: string): Store => new Store(folder, catalogue);

/** What a record says apart from when and where it was made; the seal covers that too. */
export function outcomeOf({ timing: _t, provenance: _p, seal: _s, ...rest }: RunRecord): string {
  return JSON.stringify(rest);
}

export const readRecord = (path: string): RunRecord => JSON.parse(Deno.readTextFileSync(path));

/** A worker process of our own, with an order on its stdin; `main` is its module, and arguments. */
export function startWorker(
  spec: TrialSpec,
  results: string,
  saveSeconds: number,
  { fromStart = false, ...more }: Partial<Order & RunOrder> = {},
  [module, ...args]: readonly string[] = ["bench/worker.ts"],
) {
  const child = ourselves({
    module,
    permissions: "worker",
    args,
    env: { DRIVEN_HUNT_SAVE_SECONDS: String(saveSeconds) },
    stdin: "piped",
    stdout: "piped",
    stderr: "inherit",
  }).spawn();
  const stdin = child.stdin.getWriter();
  const revision = { commit: null, dirty: null };
  const order: Order = {
    runs: [{ spec, resumed: revision, again: fromStart, fromStart }],
    lanes: 1,
    results,
    revision,
    plugins: [],
    sources: sourcesOf(catalogue),
    ...more,
  };
  void stdin.write(encodeLine(order)).catch(() => {});
  return { child, stdin, reports: saidBy(child.stdout) };
}

/** What a worker with one run says of it. */
async function* saidBy(stdout: ReadableStream<Uint8Array<ArrayBuffer>>): AsyncGenerator<Said> {
  for await (const { run: _, ...said } of lines<Report>(stdout)) yield said as Said;
}

/** Lets a worker come to its end and returns all that it reports. */
export async function reportsOf(worker: ReturnType<typeof startWorker>): Promise<Said[]> {
  const said = await Array.fromAsync(worker.reports);
  await worker.child.status;
  await worker.stdin.close().catch(() => {});
  return said;
}

/** Lets a worker come to its end and returns its last report. */
export const finishWorker = async (worker: ReturnType<typeof startWorker>): Promise<Said | null> =>
  (await reportsOf(worker)).at(-1) ?? null;

/** The command line, as a user has it, with the permissions of a task. */
export async function cli(args: string[], env: Record<string, string> = {}, permissions = "bench") {
  const { code, stdout, stderr } = await ourselves({
    module: "main.ts",
    permissions,
    starts: permissions === "bench",
    args,
    env: { NO_COLOR: "1", ...env },
  }).output();
  const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
  return { code, stdout: text(stdout), stderr: text(stderr) };
}

export const fileNames = (folder: string): string[] => {
  const found: string[] = [];
  for (const entry of Deno.readDirSync(folder)) {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory) found.push(...fileNames(path));
    else found.push(path);
  }
  return found.sort();
};

/** The records of a results folder, without checkpoints and what was set aside. */
export const recordNames = (folder: string): string[] =>
  fileNames(folder).filter((path) => !path.slice(folder.length).startsWith("/."));
