import { assert, assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { UsageError } from "../../src/errors.ts";
import type { Finding } from "../../src/gate/finding.ts";
import type { Judgement } from "../../src/gate/judge.ts";
import { gateMarkdown } from "../../src/report/gate_markdown.ts";
import { summaryOf } from "../../src/report/github.ts";
import { readHistory } from "../../src/site/history.ts";
import { cli } from "../support/runs.ts";

const GATE = ["gate", "-p", "smoke", "-c", "tiny-div", "--results", "expected/smoke/records"];

Deno.test("a step summary that cannot be written is said, and is none of the verdict", async () => {
  const env = { GITHUB_ACTIONS: "true", GITHUB_STEP_SUMMARY: "/nonexistent/summary" };
  const { code, stderr, stdout } = await cli(GATE, env);
  assertEquals(code, 0, stderr);
  assertStringIncludes(stdout, "## Gate: smoke: reproduced");
  assertStringIncludes(stderr, "gate: the step summary could not be written");
});

const rejected = (i: number): Finding => ({
  tier: "record",
  subject: "results",
  quantity: "a record",
  verdict: "incomplete",
  from: "",
  to: "",
  certainty: `record ${i}: damaged`,
  seeds: [],
  look: "",
});

Deno.test("thousands of rejected records are a few lines and a number", () => {
  const findings = Array.from({ length: 6000 }, (_, i) => rejected(i));
  const judgement: Judgement = {
    schema: 1,
    profile: "smoke",
    engine: "onnx",
    verdict: "incomplete",
    omnibus: null,
    commits: [],
    otherCode: [],
    findings,
    flagged: [],
  };
  const table = gateMarkdown(judgement);
  assertEquals(table.match(/^\| incomplete/gm)?.length, 20);
  assertStringIncludes(table, "5981 more records");
  assertStringIncludes(table, "6000 incomplete");
});

Deno.test("a step summary is never longer than GitHub takes, and says what was left out", () => {
  const lines = Array.from({ length: 20_000 }, (_, i) => `| ${i} | ${"×".repeat(40)} |`);
  const summary = summaryOf(lines.join("\n"));
  assert(new TextEncoder().encode(summary).length < 1_048_576 / 2 + 100);
  assert(summary.startsWith(lines[0]) && /\d+ more lines are in the log/.test(summary));
  assertEquals(summaryOf("short"), "short\n");
});

Deno.test("a history is read from folders of its folder too, and one without any judgement is refused", () => {
  const folder = Deno.makeTempDirSync();
  Deno.mkdirSync(`${folder}/run-1/deep`, { recursive: true });
  assertThrows(() => readHistory(folder), UsageError, "there is no judgement in it");
  const stored = { judgedAt: "2026-11-01T00:00:00Z", profile: "smoke", engine: "onnx", verdict: "drift", findings: [] };
  Deno.writeTextFileSync(`${folder}/run-1/deep/gate.json`, JSON.stringify(stored));
  Deno.writeTextFileSync(`${folder}/2.json`, JSON.stringify({ ...stored, judgedAt: "2026-10-01T00:00:00Z" }));
  assertEquals(readHistory(folder).map(({ judgedAt }) => judgedAt.slice(0, 7)), ["2026-10", "2026-11"]);
  Deno.removeSync(folder, { recursive: true });
});
