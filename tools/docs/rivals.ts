import { markdownTable } from "markdown-table";
import { catalogue } from "../../bench/mod.ts";
import { type RivalClaim, rivalClaims } from "../../bench/claims/rivals.ts";
import { NOT_MEASURED, SEARCHES } from "../../bench/profiles/searches.ts";
import { TUNED_BASELINE } from "../../src/declare/baseline.ts";
import type { Values } from "../../src/declare/field.ts";
import { find } from "../../src/errors.ts";
import { verdictOf as verdictOfOne } from "../../src/report/entered.ts";
import { over } from "../../src/report/fresh_seeds.ts";
import type { RunRecord } from "../../src/run/record/record.ts";
import type { Comparison } from "../../src/stats/comparison.ts";
import { NOTHING, ratioWithInterval } from "../../src/text.ts";
import { withoutTrick } from "../../src/tune/settings.ts";
import { onFreshSeeds } from "./fresh_seeds.ts";

/** What the trick of a method is worth over its control, by the intervals of all problems. */
export type RivalVerdict =
  | "faster"
  | "slower"
  | "faster on some"
  | "slower on some"
  | "faster and slower"
  | "no difference seen"
  | "not measured";

/** A method on one problem beside its control and the tuned AdamW. */
interface OnProblem {
  readonly ownOverControl: Comparison | null;
  readonly foundOverTuned: Comparison | null;
  readonly foundOverControl: Comparison | null;
}

function onProblem(records: readonly RunRecord[], id: string, problem: string): OnProblem {
  const { control } = find("algorithm", catalogue.algorithms, id);
  // Where nothing generalised a method stays at its own constants.
  const found = SEARCHES[problem][id].found ?? {};
  const runs = (algorithm: string, constants: Values) => onFreshSeeds(records, algorithm, problem, constants);
  return {
    ownOverControl: control ? over(runs(control, {}), runs(id, {})) : null,
    foundOverTuned: found && over(runs(TUNED_BASELINE, {}), runs(id, found)),
    foundOverControl: found && control
      ? over(runs(control, withoutTrick(find("algorithm", catalogue.algorithms, control), found)), runs(id, found))
      : null,
  };
}

/**
 * The rule: faster or slower where the interval of the ratio leaves 1 out on every problem, to the same side; on some where it
 * does so on one at least. A problem without a comparison counts as one on which nothing is seen.
 */
export function verdictOf(comparisons: readonly (Comparison | null)[]): RivalVerdict {
  const known = comparisons.filter((each) => each !== null);
  if (known.length === 0) return "not measured";
  const said = known.map(verdictOfOne);
  const [above, below] = ["faster", "slower"].map((which) => said.filter((each) => each === which).length);
  if (above && below) return "faster and slower";
  if (above) return above === comparisons.length ? "faster" : "faster on some";
  if (below) return below === comparisons.length ? "slower" : "slower on some";
  return "no difference seen";
}

const list = (found: readonly (Comparison | null)[]): string =>
  found.map((each) => each ? ratioWithInterval(each) || NOTHING : NOTHING).join(" · ");

function rowOf(records: readonly RunRecord[], { algorithm, claimed }: RivalClaim): string[] {
  const on = Object.keys(SEARCHES).map((problem) => onProblem(records, algorithm, problem));
  const [own, overTuned, overControl] = (["ownOverControl", "foundOverTuned", "foundOverControl"] as const)
    .map((which) => on.map((each) => each[which]));
  return [
    `\`${algorithm}\``,
    claimed,
    list(own),
    verdictOf(own),
    list(overTuned),
    list(overControl),
    verdictOf(overControl),
  ];
}

/** One row a method whose search is kept: claimed, at its authors' constants over its control, tuned, and what follows. */
export function rivalsMarkdown(records: readonly RunRecord[]): string {
  const problems = Object.keys(SEARCHES);
  const searched = rivalClaims.filter(({ algorithm }) =>
    !NOT_MEASURED.includes(algorithm) && problems.every((problem) => algorithm in SEARCHES[problem])
  );
  const head = [
    "method",
    "said of it",
    "own constants: over its control",
    "",
    "tuned: over `adamw-tuned`",
    "tuned: over its control",
    "",
  ];
  return markdownTable([head, ...searched.map((claim) => rowOf(records, claim))]);
}
