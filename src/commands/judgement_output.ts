import type { Judgement } from "../gate/judge.ts";
import { gateJson } from "../report/gate_json.ts";
import { gateMarkdown } from "../report/gate_markdown.ts";
import { annotations } from "../report/github.ts";
import { junit } from "../report/junit.ts";
import { assertWritable, writeAtomically } from "../files.ts";
import { EXIT } from "./command.ts";
import type { Flags } from "./flags.ts";

/** Files that a judgement can be written to. */
export interface GateExports {
  readonly gateJson: string | null;
  readonly junit: string | null;
}

export const GATE_FLAGS = ["gate-json", "junit"] as const;

export const gateExportsOf = (flags: Flags): GateExports => ({
  gateJson: flags.text("gate-json"),
  junit: flags.text("junit"),
});

/** Refuses what could not be written later. @throws {UsageError} */
export function assertGateWritable({ gateJson, junit }: GateExports): void {
  if (gateJson) assertWritable("--gate-json", gateJson);
  if (junit) assertWritable("--junit", junit);
}

const CODES = { drift: EXIT.drift, incomplete: EXIT.usage, inconclusive: EXIT.ok, reproduced: EXIT.ok } as const;

/** Prints a judgement, writes its files, tells GitHub when run there; returns the exit code. */
export function outputJudgement(judgement: Judgement, exports: GateExports, strict: boolean): number {
  const table = gateMarkdown(judgement);
  console.log(table);
  if (exports.gateJson) writeAtomically(exports.gateJson, gateJson(judgement));
  if (exports.junit) writeAtomically(exports.junit, junit(judgement));
  if (Deno.env.get("GITHUB_ACTIONS") === "true") {
    for (const line of annotations(judgement)) console.log(line);
    const summary = Deno.env.get("GITHUB_STEP_SUMMARY");
    if (summary) Deno.writeTextFileSync(summary, table + "\n", { append: true });
  }
  return strict && judgement.verdict === "inconclusive" ? EXIT.inconclusive : CODES[judgement.verdict];
}
