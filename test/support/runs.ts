import type { FieldValue } from "../../bench/cases/mod.ts";
import { command } from "../../src/child.ts";
import { encodeLine, lines, type Report } from "../../src/fleet/messages.ts";
import type { RunRecord } from "../../src/run/record/record.ts";
import type { TrialSpec } from "../../src/run/trial.ts";

export const specOf = (
  caseId: string,
  algorithm: string,
  overrides: Record<string, FieldValue> = {},
  engine = "onnx",
): TrialSpec => ({ case: caseId, algorithm, overrides, seed: 0, engine });

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
  ...main: string[]
) {
  const child = command("deno", {
    args: ["run", "--quiet", "--no-prompt", "-P=worker", ...(main.length ? main : ["bench/worker.ts"])],
    cwd: new URL("../../", import.meta.url),
    env: { DRIVEN_HUNT_SAVE_SECONDS: String(saveSeconds) },
    stdin: "piped",
    stdout: "piped",
    stderr: "inherit",
  }).spawn();
  const stdin = child.stdin.getWriter();
  void stdin.write(encodeLine({ spec, results, revision: { commit: null, dirty: null } })).catch(() => {});
  return { child, stdin, reports: lines<Report>(child.stdout) };
}

/** Lets a worker come to its end and returns its last report. */
export async function finishWorker(worker: ReturnType<typeof startWorker>): Promise<Report | null> {
  let last: Report | null = null;
  for await (const report of worker.reports) last = report;
  await worker.child.status;
  await worker.stdin.close().catch(() => {});
  return last;
}

/** The command line, as a user has it, with the permissions of a task. */
export async function cli(args: string[], env: Record<string, string> = {}, permissions = "bench") {
  const { code, stdout, stderr } = await command("deno", {
    args: ["run", "--quiet", "--no-prompt", `-P=${permissions}`, "main.ts", ...args],
    cwd: new URL("../../", import.meta.url),
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
