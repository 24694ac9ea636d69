import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { convert } from "xmlbuilder2";
import type { Finding, Verdict } from "../../src/gate/finding.ts";
import { numbersOf } from "../../src/gate/numbers.ts";
import type { Judgement } from "../../src/gate/judge.ts";
import { gateMarkdown } from "../../src/report/gate_markdown.ts";
import { annotations } from "../../src/report/github.ts";
import { junit } from "../../src/report/junit.ts";
import * as text from "../../src/text.ts";

const finding = (verdict: Verdict, more: Partial<Finding> = {}): Finding => ({
  tier: "time",
  subject: `mnist1k ${verdict}`,
  quantity: "gradient calls to generalise",
  verdict,
  from: "2,785 (10 runs)",
  to: "≥ 75,000 (1 of 5 runs)",
  certainty: 'p = 0.001 (Holm); 100 % "sure" <&>',
  numbers: numbersOf({ n: { expected: 10, found: 5 }, ratio: { low: 27, high: Infinity }, p: 0.001 }),
  seeds: [0, 1, 2, 7],
  look: "src/algorithms",
  ...more,
});

const judgement = (findings: Finding[]): Judgement => ({
  schema: 2,
  profile: "paper",
  engine: "onnx",
  verdict: findings[0]?.verdict ?? "incomplete",
  runs: { repeated: 2, fresh: 3 },
  omnibus: 0.003,
  commits: ["0123456789abcdef"],
  otherCode: [],
  findings,
  nights: [],
  flagged: [],
});

const ALL = judgement([finding("drift"), finding("incomplete"), finding("inconclusive"), finding("reproduced")]);

// deno-lint-ignore no-explicit-any -- parsed XML
const parsed = (xml: string): any => convert(xml, { format: "object" });

Deno.test("junit() makes drift a failure, incomplete an error, inconclusive skipped, and counts them", () => {
  const { testsuite } = parsed(junit(ALL)).testsuites;
  assertEquals([testsuite["@tests"], testsuite["@failures"], testsuite["@errors"], testsuite["@skipped"]], [
    "4",
    "1",
    "1",
    "1",
  ]);
  const [drift, incomplete, inconclusive, reproduced] = testsuite.testcase;
  assertStringIncludes(drift.failure["@message"], "100 % &quot;sure&quot; &lt;&amp;&gt;");
  assert(incomplete.error && inconclusive.skipped);
  assertEquals(Object.keys(reproduced), ["@classname", "@name", "@time"]);
});

/** What Jenkins' junit-10.xsd has: attributes that must be there, those that may, and children in any order. */
const FORM: Record<string, { must: string[]; may: string[]; children: string[] }> = {
  testsuites: { must: [], may: ["name", "time", "tests", "failures", "errors"], children: ["testsuite"] },
  testsuite: {
    must: ["name", "tests", "failures", "errors"],
    may: ["time", "skipped", "timestamp", "hostname", "id", "package", "file"],
    children: ["testcase"],
  },
  testcase: { must: ["name"], may: ["time", "classname"], children: ["failure", "error", "skipped"] },
  failure: { must: [], may: ["type", "message"], children: [] },
  error: { must: [], may: ["type", "message"], children: [] },
  skipped: { must: [], may: ["type", "message"], children: [] },
};
const SECONDS = /^\d+\.\d{3}$/;

function assertForm(name: string, element: Record<string, unknown>): void {
  const { must, may, children } = FORM[name];
  const attributes = Object.keys(element).filter((key) => key.startsWith("@")).map((key) => key.slice(1));
  assertEquals(must.filter((key) => !attributes.includes(key)), [], name);
  assertEquals(attributes.filter((key) => ![...must, ...may].includes(key)), [], name);
  if ("@time" in element) assertMatch(String(element["@time"]), SECONDS);
  for (const [child, found] of Object.entries(element).filter(([key]) => !/^[@#]/.test(key))) {
    assert(children.includes(child), `${child} in ${name}`);
    for (const each of [found].flat()) assertForm(child, each as Record<string, unknown>);
  }
}

Deno.test("junit() has what Jenkins and GitLab read and nothing else, each test under a name of its own", () => {
  const numbers = numbersOf({ seconds: 61.5 });
  const rejected = { tier: "record", subject: "results", quantity: "a record" } as const;
  const all = [
    ...ALL.findings,
    finding("reproduced", { tier: "canary", numbers }),
    ...["one", "another"].map((certainty) => finding("incomplete", { ...rejected, certainty })),
  ];
  const { testsuites } = parsed(junit(judgement(all), new Date("2026-11-27T01:02:03.456Z")));
  assertForm("testsuites", testsuites);
  assertEquals(testsuites["@time"], "61.500");
  const suites = testsuites.testsuite as Record<string, unknown>[];
  assertEquals(new Set(suites.map((suite) => suite["@timestamp"])), new Set(["2026-11-27T01:02:03"]));
  // deno-lint-ignore no-explicit-any -- parsed XML
  const names = suites.flatMap(({ testcase }: any) => [testcase].flat())
    .map((test) => `${test["@classname"]} ${test["@name"]}`);
  assertEquals(new Set(names).size, all.length, names.join("\n"));
});

Deno.test("junit() of nothing is an error, not a pass, and control characters do not break the file", () => {
  assertEquals(parsed(junit(judgement([]))).testsuites.testsuite["@errors"], "1");
  const odd = parsed(junit(judgement([finding("drift", { certainty: "\u0007bell" })])));
  assertStringIncludes(odd.testsuites.testsuite.testcase.failure["@message"], "bell");
});

Deno.test("annotations() escapes what workflow commands would take for their own, worst first", () => {
  const lines = annotations(
    judgement([finding("inconclusive"), finding("drift", { subject: "a: b, c", look: "x\ny" })]),
  );
  assertEquals(lines.length, 2);
  assertMatch(lines[0], /^::error title=drift%3A a%3A b%2C c::/);
  assertStringIncludes(lines[0], "100 %25");
  assertStringIncludes(lines[0], "x%0Ay");
  assertMatch(lines[1], /^::warning /);
  assertEquals(annotations(judgement([finding("reproduced")])), []);
  assertEquals(annotations(judgement(Array.from({ length: 30 }, () => finding("drift")))).length, 10);
});

Deno.test("the table says what moved, from what, to what, how sure, and where to look; worst first", () => {
  const table = gateMarkdown(ALL);
  assertMatch(table, /^## Gate: paper: drift/);
  assertStringIncludes(
    table,
    "1 drift, 1 incomplete, 1 inconclusive, 1 reproduced; 2 runs repeat expected ones bit for bit, 3 are new; all cells together p = 0.0030",
  );
  const order = ["| drift", "| incomplete", "| inconclusive", "| reproduced"].map((line) => table.indexOf(line));
  assertEquals(order, order.toSorted((a, b) => a - b));
  for (const part of ["2,785 (10 runs)", "≥ 75,000 (1 of 5 runs)", "p = 0.001", "0–2, 7", "src/algorithms"]) {
    assertStringIncludes(table, part);
  }
  assertStringIncludes(gateMarkdown(judgement([])), "nothing was there to judge");
});

Deno.test("cells of which nobody expects anything are one line, however many, and no rows", () => {
  const unasked = (sigma: number) =>
    finding("inconclusive", {
      subject: `tiny-add ppm sigma=${sigma}`,
      numbers: numbersOf({ n: { expected: 0, found: 2 } }),
    });
  const all = [1, 2, 3, 5, 8].map(unasked);
  const ratios = all.map((each): Finding => ({ ...each, tier: "speedup", quantity: "speedup over adamw" }));
  const table = gateMarkdown(judgement([finding("reproduced"), ...all, ...ratios]));
  assertEquals(table.match(/^\| (?!verdict|--)/gm)?.length, 1);
  assertStringIncludes(
    table,
    "Nothing is expected of tiny-add ppm sigma=1, tiny-add ppm sigma=2, tiny-add ppm sigma=3 and 2 more",
  );
  assert(!gateMarkdown(ALL).includes("Nothing is expected"));
});

Deno.test("what follows from something else is shown where it is off, and counted once", () => {
  const followers = [
    finding("reproduced", { tier: "digest" }),
    finding("reproduced", { tier: "speedup" }),
    finding("drift", { tier: "speedup" }),
  ];
  const table = gateMarkdown(judgement([finding("drift"), finding("reproduced"), ...followers]));
  assertStringIncludes(table, "engine onnx; 1 drift, 1 reproduced;");
  const moved = gateMarkdown(judgement([finding("reproduced"), finding("inconclusive", { tier: "digest" })]));
  assertStringIncludes(moved, "engine onnx; 1 inconclusive, 1 reproduced;");
});

Deno.test("seeds() writes runs of three and more as ranges", () => {
  assertEquals(text.seeds([4, 0, 1, 2, 9, 8, 4]), "0–2, 4, 8, 9");
  assertEquals(text.seeds([]), "");
});

Deno.test("cells of which nothing is there are one line a case, by their cells and not by their names", () => {
  const absent = (id: string, algorithm: string) =>
    finding("incomplete", {
      subject: `${id} beta=0.8 ${algorithm}`,
      cell: { case: id, key: `${id}/${algorithm}` },
      seeds: [],
      certainty: "0 of 5 runs are there",
    });
  const table = gateMarkdown(judgement([absent("div97", "adamw"), absent("div97", "ppm"), absent("add97", "ppm")]));
  assertStringIncludes(table, "| div97: 2 cells ");
  assertStringIncludes(table, "| add97 beta=0.8 ppm ");
});
