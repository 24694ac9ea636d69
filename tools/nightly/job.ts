import { createHash } from "node:crypto";
import { globSync } from "node:fs";
import { join } from "node:path";
import { command } from "../../src/child.ts";
import { readIfThere } from "../../src/files.ts";
import { type Action, actions } from "./actions.ts";
import { type Contexts, filled, filledAll, holds, type State } from "./expressions.ts";
import type { Job, Step } from "./workflow.ts";
import type { Runner } from "./runner.ts";

export type Outcome = "success" | "failure" | "skipped";

/** What became of a step. */
export interface StepEnded {
  readonly name: string;
  readonly outcome: Outcome;
  /** Exit code of a script; null of an action and of what was skipped. */
  readonly code: number | null;
  readonly outputs: Readonly<Record<string, string>>;
}

export interface JobEnded {
  readonly result: Outcome;
  readonly outputs: Readonly<Record<string, string>>;
  readonly steps: readonly StepEnded[];
  /** What its steps wrote for people. */
  readonly summary: string;
}

const textOf = (path: string): string => new TextDecoder().decode(readIfThere(path) ?? new Uint8Array());

/** `name=value` lines, as `GITHUB_OUTPUT` and `GITHUB_ENV` hold them. */
function pairsIn(path: string): Record<string, string> {
  const lines = textOf(path).split("\n").filter((line) => line.includes("="));
  return Object.fromEntries(lines.map((line) => [line.slice(0, line.indexOf("=")), line.slice(line.indexOf("=") + 1)]));
}

function hashOfFiles(workspace: string, pattern: string): string {
  const hash = createHash("sha256");
  const paths = globSync(pattern, { cwd: workspace }).sort();
  for (const path of paths) hash.update(Deno.readFileSync(join(workspace, path)));
  return paths.length ? hash.digest("hex") : "";
}

/** A job under way: steps see what those before them did. */
class RunningJob {
  readonly #runner: Runner;
  readonly #contexts: Contexts;
  readonly #folder: string;
  readonly #env: Record<string, string>;
  readonly #steps: Record<string, { outcome: Outcome; outputs: Readonly<Record<string, string>> }> = {};
  readonly ended: StepEnded[] = [];

  constructor(runner: Runner, folder: string, contexts: Contexts, env: Readonly<Record<string, string>>) {
    this.#runner = runner;
    this.#folder = folder;
    this.#contexts = contexts;
    this.#env = { ...env };
    Deno.mkdirSync(this.workspace, { recursive: true });
  }

  get workspace(): string {
    return join(this.#folder, "workspace");
  }

  get summary(): string {
    return textOf(join(this.#folder, "summary.md"));
  }

  get state(): State {
    const failed = this.ended.some(({ outcome }) => outcome === "failure");
    return { failed, hashFiles: (pattern) => hashOfFiles(this.workspace, pattern) };
  }

  get contexts(): Contexts {
    return { ...this.#contexts, env: this.#env, steps: this.#steps };
  }

  fill(texts: Readonly<Record<string, unknown>> = {}): Record<string, string> {
    return filledAll(texts, this.contexts, this.state);
  }

  async run(step: Step): Promise<void> {
    const name = step.name ?? step.uses ?? step.run!.split("\n")[0];
    const ended = holds(step.if, this.contexts, this.state)
      ? step.uses ? await this.#act(name, step) : await this.#script(name, step)
      : { name, outcome: "skipped" as const, code: null, outputs: {} };
    this.ended.push(ended);
    this.#runner.tell(`    ${ended.outcome === "success" ? "ok" : ended.outcome}: ${name}`);
    if (step.id) this.#steps[step.id] = { outcome: ended.outcome, outputs: ended.outputs };
  }

  async #act(name: string, { uses, with: given }: Step): Promise<StepEnded> {
    const action: Action = actions[uses!.split("@")[0]];
    try {
      const outputs = await action(this.fill(given), { ...this.#runner.shared, workspace: this.workspace });
      return { name, outcome: "success", code: null, outputs };
    } catch (error) {
      this.#runner.tell(`    ${(error as Error).message}`);
      return { name, outcome: "failure", code: null, outputs: {} };
    }
  }

  async #script(name: string, step: Step): Promise<StepEnded> {
    const file = (suffix: string) => join(this.#folder, `${this.ended.length}-${suffix}`);
    const files = { GITHUB_OUTPUT: file("output"), GITHUB_ENV: file("env") };
    Deno.writeTextFileSync(file("script.sh"), filled(step.run!, this.contexts, this.state));
    // As the runner does where no shell is named.
    const { code, stdout, stderr } = await command("bash", {
      args: ["-e", file("script.sh")],
      cwd: this.workspace,
      env: {
        ...this.#env,
        ...this.fill(step.env),
        ...files,
        GITHUB_STEP_SUMMARY: join(this.#folder, "summary.md"),
        GITHUB_WORKSPACE: this.workspace,
      },
      stdin: "null",
      stdout: "piped",
      stderr: "piped",
    }).output();
    Deno.writeFileSync(file("stdout"), stdout);
    Deno.writeFileSync(file("stderr"), stderr);
    if (code !== 0) {
      this.#runner.tell(`    exit code ${code}: ${new TextDecoder().decode(stderr).trim().split("\n").at(-1)}`);
    }
    Object.assign(this.#env, pairsIn(files.GITHUB_ENV));
    return { name, outcome: code === 0 ? "success" : "failure", code, outputs: pairsIn(files.GITHUB_OUTPUT) };
  }
}

/** Runs the steps of one job, or of one combination of its matrix, in a workspace of its own. */
export async function runJob(
  runner: Runner,
  { job, folder, contexts, env }: {
    readonly job: Job;
    readonly folder: string;
    readonly contexts: Contexts;
    readonly env: Readonly<Record<string, string>>;
  },
): Promise<JobEnded> {
  const running = new RunningJob(runner, folder, contexts, env);
  for (const step of job.steps) await running.run(step);
  return {
    result: running.state.failed ? "failure" : "success",
    outputs: running.fill(job.outputs),
    steps: running.ended,
    summary: running.summary,
  };
}
