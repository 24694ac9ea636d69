import { markdownTable } from "markdown-table";
import { catalogue } from "../../bench/mod.ts";
import { SEARCHES } from "../../bench/profiles/searches.ts";
import { CONTROLLED, tuned } from "../../bench/profiles/tuned.ts";
import { TUNED_BASELINE } from "../../src/declare/baseline.ts";
import type { Values } from "../../src/declare/field.ts";
import { find } from "../../src/errors.ts";
import { medianCallsText, over } from "../../src/report/fresh_seeds.ts";
import type { RunRecord } from "../../src/run/record/record.ts";
import { ratioWithInterval } from "../../src/text.ts";
import { withoutTrick } from "../../src/tune/settings.ts";
import { recordsOf } from "./searches.ts";

/** A method on a problem on the seeds of profile `tuned`, at its own constants and at those of its search. */
interface Measured {
  readonly problem: string;
  readonly algorithm: string;
  readonly own: readonly RunRecord[];
  readonly found: readonly RunRecord[];
  /** Its control with what it found but for the hunt; null for who has none. */
  readonly control: readonly RunRecord[] | null;
}

const mapValues = <A, B>(of: Readonly<Record<string, A>>, f: (value: A) => B): Record<string, B> =>
  Object.fromEntries(Object.entries(of).map(([name, value]) => [name, f(value)]));

/** Runs of a method on the seeds of profile `tuned`. */
export const onFreshSeeds = (records: readonly RunRecord[], id: string, problem: string, constants: Values) =>
  recordsOf(records, find("algorithm", catalogue.algorithms, id), problem, constants)
    .filter(({ seed }) => tuned.seeds.includes(seed));

function controlOf(records: readonly RunRecord[], algorithm: string, problem: string, constants: Values) {
  const pair = CONTROLLED.find(({ id }) => id === algorithm);
  if (!pair) return null;
  const kept = withoutTrick(find("algorithm", catalogue.algorithms, pair.control), constants);
  return onFreshSeeds(records, pair.control, problem, kept);
}

function measured(records: readonly RunRecord[]): Measured[] {
  return Object.entries(SEARCHES).flatMap(([problem, methods]) =>
    Object.entries({ [TUNED_BASELINE]: {}, ...mapValues(methods, ({ found }) => found ?? {}) }).map((
      [algorithm, constants],
    ) => ({
      problem,
      algorithm,
      own: onFreshSeeds(records, algorithm, problem, {}),
      found: onFreshSeeds(records, algorithm, problem, constants),
      control: controlOf(records, algorithm, problem, constants),
    }))
  ).filter(({ found }) => found.length === tuned.seeds.length);
}

/**
 * One row a method: at its own constants, at those of its search, and these beside AdamW's and Adam-L2's after theirs, and
 * beside the same constants without the hunt.
 */
export function freshSeedsMarkdown(records: readonly RunRecord[]): string {
  const rows = measured(records);
  const of = (problem: string, id: string) =>
    rows.find((row) => row.problem === problem && row.algorithm === id)?.found ?? [];
  const cells = rows.map(({ problem, algorithm, own, found, control }) => [
    `\`${problem}\``,
    `\`${algorithm}\``,
    medianCallsText(own),
    medianCallsText(found),
    ...[TUNED_BASELINE, "adam-l2"].map((id) => id === algorithm ? "" : ratioWithInterval(over(of(problem, id), found))),
    control ? ratioWithInterval(over(control, found)) : "",
  ]);
  const head = [
    "problem",
    "method",
    "own constants",
    "found",
    `over \`${TUNED_BASELINE}\``,
    "over `adam-l2`, found",
    "over its control",
  ];
  return markdownTable([head, ...cells], { align: ["l", "l", "r", "r", "r", "r", "r"] });
}
