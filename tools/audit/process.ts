import { join } from "node:path";
import { complaintIn, deno, ourselves } from "../../src/child.ts";
import { dataFolder } from "../../src/data/manifest.ts";
import { readIfThere } from "../../src/files.ts";
import type { Judgement } from "../../src/gate/judge.ts";

/** What a command of a copied project came to. */
export interface Ended {
  readonly code: number;
  /** What it wrote with `--gate-json`, or null. */
  readonly judgement: Judgement | null;
  /** The line that says why, when it did not get there. */
  readonly complaint: string;
}

/** No command of an audit takes so long by far; one that does hangs. */
const TIMEOUT_MS = 20 * 60 * 1000;

/** Tests of the project that lies in `folder`: the name of the first that failed, or null where all pass. */
export async function runTests(folder: string, files: readonly string[]): Promise<string | null> {
  const flags = [
    "--quiet",
    "--no-prompt",
    "--no-check",
    "--fail-fast",
    "-P=test",
    `--allow-run=git,${Deno.execPath()}`,
  ];
  const child = deno({
    args: ["test", ...flags, ...files],
    cwd: folder,
    env: { DRIVEN_HUNT_DATA: dataFolder(), GITHUB_ACTIONS: "", NO_COLOR: "1" },
    stdin: "null",
    stdout: "piped",
    stderr: "null",
  }).spawn();
  const timer = setTimeout(() => child.kill("SIGKILL"), TIMEOUT_MS);
  const { code, stdout } = await child.output();
  clearTimeout(timer);
  if (code === 0) return null;
  const lines = new TextDecoder().decode(stdout).split("\n");
  return lines.find((line) => / \.\.\. FAILED/.test(line))?.replace(/ \.\.\. FAILED.*/, "") ?? `exit code ${code}`;
}

/** Runs a command of the project that lies in `folder`. Data are read where this project has them. */
export async function run(folder: string, permissions: string, args: readonly string[]): Promise<Ended> {
  const json = join(folder, "judgement.json");
  const judges = args[0] !== "bench";
  const child = ourselves({
    root: folder,
    module: "main.ts",
    permissions,
    starts: !judges,
    args: [...args, ...(judges ? ["--gate-json", json] : [])],
    env: { DRIVEN_HUNT_DATA: dataFolder(), GITHUB_ACTIONS: "", NO_COLOR: "1" },
    stdin: "null",
    stdout: "null",
    stderr: "piped",
  }).spawn();
  let hung = false;
  const timer = setTimeout(() => {
    hung = true;
    child.kill("SIGKILL");
  }, TIMEOUT_MS);
  const { code, stderr } = await child.output();
  clearTimeout(timer);
  const bytes = judges ? readIfThere(json) : null;
  if (bytes) Deno.removeSync(json);
  return {
    code,
    judgement: bytes ? JSON.parse(new TextDecoder().decode(bytes)) : null,
    complaint: hung ? "it hangs" : complaintIn(stderr) ?? "",
  };
}
