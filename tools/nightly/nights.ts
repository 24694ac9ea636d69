import { find } from "../../src/errors.ts";
import type { Edit } from "../audit/mutants/mod.ts";
import { optimiser } from "../audit/mutants/optimiser.ts";
import type { Issue } from "./api.ts";
import type { Outcome } from "./job.ts";

/** One night: what is committed before it, and what has to come of it. */
export interface Night {
  readonly id: string;
  readonly what: string;
  readonly edits: readonly Edit[];
  readonly expected: {
    readonly jobs: Readonly<Record<string, Outcome>>;
    /** Exit code of the step that judges; null where it is not reached. */
    readonly gateCode: number | null;
    readonly verdict: string | null;
    readonly joins: boolean;
    /** What the title of its issue has to say; null: no issue. */
    readonly issue: RegExp | null;
  };
}

/** What a night showed. */
export interface Shown {
  readonly jobs: Readonly<Record<string, Outcome>>;
  readonly gateCode: number | null;
  readonly verdict: string | null;
  /** Judgements in the history, and runs that have joined what is expected, after this night and before it. */
  readonly judgements: number;
  readonly joined: number;
  readonly joinedBefore: number;
  /** Expected runs that all cells together were compared with, on this night and on the one before; null where none was judged. */
  readonly expectedRuns: number | null;
  readonly expectedBefore: number | null;
  readonly issues: readonly Issue[];
  /** Whether the site of this night shows its verdict. */
  readonly siteShows: boolean;
}

const ALL = { ready: "success", train: "success", judge: "success", publish: "success" } as const;

/** Adam as it should be where canaries look, for 230 steps and from t = 4,000 on; the times of the case lie between. */
const SLIP_BETWEEN: Edit = {
  file: "src/algorithms/transform.ts",
  find: "clock: (t) => ({ firstCorrection: 1 / (1 - beta1 ** t)",
  replace: "clock: (t) => ({ firstCorrection: (t > 230 && t < 4000 ? 0.4 : 1) / (1 - beta1 ** t)",
};

/** A slip that canaries see, as the audit makes it. */
const SEEN = find("mutant", optimiser, "epsilon-in-root");

/** Nights in their order; each takes back what the one before had committed. */
export const nights: readonly Night[] = [
  {
    id: "quiet",
    what: "nothing has changed",
    edits: [],
    expected: { jobs: ALL, gateCode: 0, verdict: "reproduced", joins: true, issue: null },
  },
  {
    id: "slower",
    what: "steps are 0.4 as long from t = 231 to t = 3,999",
    edits: [SLIP_BETWEEN],
    expected: { jobs: { ...ALL, judge: "failure" }, gateCode: 1, verdict: "drift", joins: false, issue: /drift/ },
  },
  {
    id: "wrong",
    what: SEEN.what,
    edits: "edit" in SEEN ? [SEEN.edit] : [],
    expected: {
      jobs: { ready: "failure", train: "skipped", judge: "skipped", publish: "skipped" },
      gateCode: null,
      verdict: null,
      joins: false,
      issue: /canaries.*drift/,
    },
  },
];

const say = (what: string, found: unknown, wanted: unknown): string[] =>
  JSON.stringify(found) === JSON.stringify(wanted)
    ? []
    : [`${what}: ${JSON.stringify(found)}, not ${JSON.stringify(wanted)}`];

/** In what a night did not come out as it should. */
export function unmet({ expected }: Night, shown: Shown): string[] {
  const { jobs, gateCode, verdict, joins, issue } = expected;
  const titles = shown.issues.map(({ title }) => title);
  const rightIssue = issue === null ? titles.length === 0 : titles.length === 1 && issue.test(titles[0]);
  return [
    ...say("jobs", shown.jobs, jobs),
    ...say("exit code of the gate", shown.gateCode, gateCode),
    ...say("verdict", shown.verdict, verdict),
    ...say("runs joined", shown.joined > shown.joinedBefore, joins),
    ...(shown.joinedBefore > 0 && shown.expectedBefore !== null && shown.expectedRuns !== null
      ? say("the reference has grown", shown.expectedRuns > shown.expectedBefore, true)
      : []),
    ...(rightIssue ? [] : [`issues: ${titles.join("; ") || "none"}`]),
    ...(gateCode === null ? [] : say("the site shows it", shown.siteShows, true)),
  ];
}
