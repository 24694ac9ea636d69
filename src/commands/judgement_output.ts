import { reasonOf } from "../errors.ts";
import type { Verdict } from "../gate/finding.ts";
import type { Judgement } from "../gate/judge.ts";
import { gateMarkdown } from "../report/gate_markdown.ts";
import { annotations, summaryOf } from "../report/github.ts";
import { EXIT } from "./command.ts";
import type { Exports } from "./exports.ts";

const CODES = { drift: EXIT.drift, incomplete: EXIT.usage, inconclusive: EXIT.ok, reproduced: EXIT.ok } as const;

export const exitCodeOf = (verdict: Verdict): number => CODES[verdict];

/** Does what tells others of a verdict. That it fails is said, and is none of the verdict. */
function besides(what: string, act: () => void): void {
  try {
    act();
  } catch (error) {
    console.error(`gate: ${what} could not be written: ${reasonOf(error)}; the verdict stands`);
  }
}

/** Prints a judgement, writes its files, tells GitHub when run there; returns the exit code. */
export function outputJudgement(judgement: Judgement, exports: Exports<Judgement>, strict: boolean): number {
  const table = gateMarkdown(judgement);
  console.log(table);
  besides("its files", () => exports.write(judgement));
  if (Deno.env.get("GITHUB_ACTIONS") === "true") {
    for (const line of annotations(judgement)) console.log(line);
    const summary = Deno.env.get("GITHUB_STEP_SUMMARY");
    if (summary) besides("the step summary", () => Deno.writeTextFileSync(summary, summaryOf(table), { append: true }));
  }
  return strict && judgement.verdict === "inconclusive" ? EXIT.inconclusive : exitCodeOf(judgement.verdict);
}
