import { join } from "node:path";
import { isFolder, readIfThere } from "../../src/files.ts";
import { copy } from "../audit/tree.ts";
import { dataFolder } from "../../src/data/manifest.ts";
import type { Judgement } from "../../src/gate/judge.ts";
import { linesIn } from "../../src/run/record/lines.ts";
import { Api } from "./api.ts";
import type { Night, Shown } from "./nights.ts";
import { type Change, Origin } from "./origin.ts";
import { type JobsEnded, Runner } from "./runner.ts";
import type { Workflow } from "./workflow.ts";

const BRANCH = "nightly-history";

/** A fork's small profile: cells that generalise in a second, with seeds enough for a verdict. */
const SMALL: Change = {
  what: "rehearsal: a small profile",
  edits: [
    {
      file: "bench/profiles/smoke.ts",
      find: 'entries: [{ case: "tiny-div" }, { case: "tiny-add" }, { case: "tiny-glyphs" }]',
      replace: 'entries: [{ case: "tiny-glyphs" }]',
    },
    {
      file: "bench/profiles/smoke.ts",
      find: "algorithms: METHODS,",
      replace: 'algorithms: METHODS.filter((id) => ["adam-l2", "ppm", "pp-conn"].includes(id)),',
    },
    { file: "bench/profiles/smoke.ts", find: "seeds: [0],", replace: "seeds: [0, 1, 2, 3, 4]," },
  ],
};

/** Where nights are run: an origin, a runner's home, an API and a site, which all outlast a night. */
export class Stage {
  readonly #options: { readonly project: string; readonly folder: string; readonly workflow: Workflow };
  readonly #origin: Origin;
  readonly #api = new Api();
  #last: Change | null = null;
  #expectedRuns: number | null = null;
  #count = 0;

  constructor(options: { readonly project: string; readonly folder: string; readonly workflow: Workflow }) {
    this.#options = options;
    const { project, folder } = options;
    this.#origin = new Origin(project, folder);
    this.#origin.change(SMALL);
    this.#keepData(join(folder, "home", "driven-hunt-nightly", "mnist"));
  }

  /** Data that this machine has the runner has too; else it downloads them. */
  #keepData(target: string): void {
    Deno.mkdirSync(target, { recursive: true });
    if (isFolder(dataFolder())) copy(dataFolder(), target);
  }

  async night(night: Night): Promise<Shown> {
    const change: Change = { what: night.what, edits: night.edits };
    if (night.edits.length || this.#last?.edits.length) this.#origin.change(change, this.#last);
    this.#last = change;
    const [issuesBefore, joinedBefore] = [this.#api.issues.length, this.#joined()];
    const folder = join(this.#options.folder, `${++this.#count}-${night.id}`);
    const pages = join(folder, "pages");
    const jobs = await new Runner({
      workflow: this.#options.workflow,
      folder,
      origin: this.#origin.path,
      pages,
      github: { event_name: "schedule", token: "a-token" },
      inputs: { profile: "smoke", engine: "onnx" },
      env: this.#environment(),
      tell: (line) => console.error(line),
    }).run();
    const judgement = this.#judgement();
    const expectedBefore = this.#expectedRuns;
    const expectedRuns = jobs.judge.result === "skipped" || !judgement ? null : expectedRunsOf(judgement);
    this.#expectedRuns = expectedRuns ?? expectedBefore;
    return {
      jobs: Object.fromEntries(Object.entries(jobs).map(([name, { result }]) => [name, result])),
      gateCode: gateCodeOf(jobs),
      verdict: jobs.judge.result === "skipped" ? null : judgement?.verdict ?? null,
      judgements: this.#judgements().length,
      joined: this.#joined(),
      joinedBefore,
      expectedRuns,
      expectedBefore,
      issues: this.#api.issues.slice(issuesBefore),
      siteShows: judgement !== null && siteShows(pages, judgement),
    };
  }

  /** What a runner's environment has; caches of packages are those of this machine. */
  #environment(): Record<string, string> {
    const home = Deno.env.get("HOME") ?? "";
    return {
      HOME: join(this.#options.folder, "home"),
      DENO_DIR: Deno.env.get("DENO_DIR") ?? join(Deno.env.get("XDG_CACHE_HOME") ?? join(home, ".cache"), "deno"),
      npm_config_cache: Deno.env.get("npm_config_cache") ?? join(home, ".npm"),
      // A runner sets none of ours.
      DRIVEN_HUNT_DATA: "",
      GITHUB_ACTIONS: "true",
      GITHUB_API_URL: this.#api.url,
      GITHUB_REPOSITORY: "someone/driven-hunt",
      GITHUB_RUN_ID: String(1000 + this.#count),
      GITHUB_RUN_ATTEMPT: "1",
    };
  }

  #judgements(): string[] {
    return this.#origin.filesOn(BRANCH).filter((path) => path.endsWith(".json"));
  }

  /** The newest judgement: run ids grow. */
  #judgement(): Judgement | null {
    const newest = this.#judgements().at(-1);
    return newest === undefined ? null : JSON.parse(this.#origin.textOn(BRANCH, newest));
  }

  #joined(): number {
    const files = this.#origin.filesOn(BRANCH).filter((path) => path.endsWith(".jsonl"));
    return files.reduce((sum, path) => sum + [...linesIn(this.#origin.textOn(BRANCH, path).split("\n"))].length, 0);
  }

  close(): Promise<void> {
    return this.#api.close();
  }
}

const gateCodeOf = ({ judge }: Readonly<Record<string, JobsEnded>>): number | null =>
  judge.runs[0]?.steps.find(({ name }) => name.startsWith("Judge the night"))?.code ?? null;

const expectedRunsOf = ({ findings }: Judgement): number =>
  findings.filter(({ tier }) => tier === "time").reduce((sum, { numbers }) => sum + numbers.n.expected, 0);

function siteShows(pages: string, { verdict }: Judgement): boolean {
  const page = readIfThere(join(pages, "index.html"));
  return page !== null && new TextDecoder().decode(page).includes(verdict);
}
