import { assert, assertEquals, assertMatch, assertStringIncludes, assertThrows } from "@std/assert";
import { Ajv } from "ajv";
import schema from "../../src/report/leaderboard_export.schema.json" with { type: "json" };
import { UsageError } from "../../src/errors.ts";
import { issueExporter } from "../../src/report/issue.ts";
import { numbersOf } from "../../src/gate/numbers.ts";
import type { Finding } from "../../src/gate/finding.ts";
import type { Judgement } from "../../src/gate/judge.ts";
import { gateMarkdown } from "../../src/report/gate_markdown.ts";
import { summaryOf } from "../../src/report/github.ts";
import { readHistory } from "../../src/report/history.ts";
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
  numbers: numbersOf(),
  seeds: [],
  look: "",
});

const judgementOf = (findings: readonly Finding[]): Judgement => ({
  schema: 2,
  profile: "smoke",
  engine: "onnx",
  verdict: "incomplete",
  runs: { repeated: 0, fresh: 0 },
  omnibus: null,
  commits: [],
  otherCode: [],
  findings,
  nights: [],
  flagged: [],
});

Deno.test("thousands of rejected records are a few lines and a number", () => {
  const table = gateMarkdown(judgementOf(Array.from({ length: 6000 }, (_, i) => rejected(i))));
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

Deno.test("the body of an issue is never longer than GitHub takes, and says what was left out", () => {
  const findings = Array.from(
    { length: 3000 },
    (_, i): Finding => ({ ...rejected(i), tier: "time", verdict: "drift" }),
  );
  const whole: Judgement = { ...judgementOf(findings), verdict: "drift", commits: ["c0ffee"] };
  const { title, body } = JSON.parse(issueExporter.render(whole));
  assertEquals(title, "Gate: smoke on onnx: drift");
  assert(body.length < 65_536 && body.length > 60_000, `${body.length}`);
  assertMatch(body, /^Judged at c0ffee\.[^]*more lines are in the log\.$/);
  const short = JSON.parse(issueExporter.render(judgementOf([])));
  assert(!short.body.includes("more lines"));
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

Deno.test("the CSV has the same columns whatever the rows hold, every figure of the JSON among them, which is as its schema says", async () => {
  const validate = new Ajv({ allowUnionTypes: true }).compile(schema);
  const folder = Deno.makeTempDirSync();
  const headers: string[][] = [];
  for (const profile of ["smoke", "quick"]) {
    const files = ["--export-csv", `${folder}/${profile}.csv`, "--export-json", `${folder}/${profile}.json`];
    await cli(["leaderboard", "-p", profile, "--results", `expected/${profile}/records`, ...files], {}, "gate");
    headers.push(Deno.readTextFileSync(`${folder}/${profile}.csv`).split(/\r?\n/)[0].split(","));
    const leaves = (value: unknown, name: string): string[] =>
      value !== null && typeof value === "object" && !Array.isArray(value)
        ? Object.entries(value).flatMap(([key, inner]) => leaves(inner, name ? `${name}.${key}` : key))
        : value === null
        ? []
        : [name];
    const exported = JSON.parse(Deno.readTextFileSync(`${folder}/${profile}.json`));
    const { rows } = exported;
    assert(validate(exported), JSON.stringify(validate.errors?.slice(0, 3)));
    for (const wrong of [{ seeds: "0" }, { speedup: { ...rows[1].speedup, signs: {} } }, { more: 1 }]) {
      assert(!validate({ schema: 3, rows: [{ ...rows[1], ...wrong }] }), Object.keys(wrong)[0]);
    }
    const missing = rows.flatMap((row: unknown) => leaves(row, "")).filter((leaf: string) =>
      !headers[0].includes(leaf)
    );
    assertEquals([...new Set(missing)], []);
  }
  assertEquals(headers[0], headers[1]);
  for (const column of headers[0]) assert(!headers[0].some((other) => other.startsWith(`${column}.`)), column);
  Deno.removeSync(folder, { recursive: true });
});

for (
  const [what, path, message] of [
    ["among the records", "FOLDER/board.json", "whose JSON files are records"],
    ["to stdout", "-", "give a path for '-'"],
    ["to a device", "/dev/stdout", "it is written to a file"],
  ] as const
) {
  Deno.test(`an export ${what} is refused before any work`, async () => {
    const folder = Deno.makeTempDirSync();
    const at = path.replace("FOLDER", folder);
    const { code, stderr, stdout } = await cli(["leaderboard", "--results", folder, "--export-json", at], {}, "gate");
    assertEquals([code, stdout], [2, ""]);
    assertStringIncludes(stderr, message);
    Deno.removeSync(folder, { recursive: true });
  });
}
