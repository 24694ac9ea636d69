import { join } from "node:path";
import { UsageError } from "../../src/errors.ts";
import { actions, type Place } from "./actions.ts";
import { Artifacts } from "./artifacts.ts";
import { filledAll, holds, type State } from "./expressions.ts";
import { type JobEnded, type Outcome, runJob } from "./job.ts";
import { combinationsOf, type Job, needsOf, type Workflow } from "./workflow.ts";

/** One run of a workflow. */
export interface RunOptions {
  readonly workflow: Workflow;
  /** Where everything of this run goes. */
  readonly folder: string;
  readonly origin: string;
  readonly pages: string;
  /** `github.…`, as far as the workflow asks. */
  readonly github: Readonly<Record<string, string>>;
  readonly inputs: Readonly<Record<string, unknown>>;
  /** What a runner has in its environment. */
  readonly env: Readonly<Record<string, string>>;
  readonly tell: (line: string) => void;
}

/** What became of a job: of all combinations of its matrix. */
export interface JobsEnded {
  readonly result: Outcome;
  readonly outputs: Readonly<Record<string, string>>;
  readonly runs: readonly JobEnded[];
}

const NO_FILES: Omit<State, "failed"> = { hashFiles: () => "" };

/** Runs the jobs of a workflow one after the other, in the order in which they stand. */
export class Runner {
  readonly #options: RunOptions;
  readonly shared: Omit<Place, "workspace">;
  readonly jobs: Record<string, JobsEnded> = {};

  constructor(options: RunOptions) {
    this.#options = options;
    const { folder, origin, pages, workflow } = options;
    this.shared = { origin, pages, artifacts: new Artifacts(join(folder, "artifacts")) };
    const used = Object.values(workflow.jobs).flatMap(({ steps }) => steps.flatMap(({ uses }) => uses ?? []));
    const unknown = used.find((name) => !(name.split("@")[0] in actions));
    if (unknown) throw new UsageError(`the rehearsal does not know the action '${unknown}'; add it to actions.ts`);
  }

  tell(line: string): void {
    this.#options.tell(line);
  }

  async run(): Promise<Readonly<Record<string, JobsEnded>>> {
    for (const [id, job] of Object.entries(this.#options.workflow.jobs)) this.jobs[id] = await this.#job(id, job);
    return this.jobs;
  }

  async #job(id: string, job: Job): Promise<JobsEnded> {
    const { github, inputs, workflow, folder } = this.#options;
    const needs = Object.fromEntries(needsOf(job).map((name) => [name, this.jobs[name]]));
    const contexts = { github, inputs, needs };
    const state: State = { failed: Object.values(needs).some(({ result }) => result !== "success"), ...NO_FILES };
    if (!holds(job.if, contexts, state)) {
      this.tell(`  ${id}: skipped`);
      return { result: "skipped", outputs: {}, runs: [] };
    }
    const runs: JobEnded[] = [];
    for (const matrix of combinationsOf(job)) {
      const named = [id, ...Object.values(matrix)].join(" ");
      this.tell(`  ${named}`);
      const own = { ...contexts, matrix };
      const fill = (texts: Readonly<Record<string, string>> = {}) => filledAll(texts, own, { ...state, failed: false });
      const env = { ...this.#options.env, ...fill(workflow.env), ...fill(job.env) };
      runs.push(await runJob(this, { job, folder: join(folder, named.replaceAll(" ", "-")), contexts: own, env }));
    }
    const failed = runs.some(({ result }) => result === "failure");
    return { result: failed ? "failure" : "success", outputs: runs.at(-1)!.outputs, runs };
  }
}
