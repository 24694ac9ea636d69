import { assert, assertEquals } from "@std/assert";
import { draw, logTicks } from "../../src/site/chart.ts";
import { drawAnswers } from "../../src/site/figures/answers.ts";
import { drawPanel } from "../../src/site/figures/curves.ts";
import type { Answer } from "../../src/report/answer.ts";
import { overallOf } from "../../src/site/performance_profile.ts";
import type { BoardProblem, RankedRow } from "../../src/site/site_data.ts";

Deno.test("a drawing keeps the numbers that it shows, and escapes its label", async () => {
  const values = [0.75, 0.8, 0.85].map((x) => ({ x: `${x}`, y: x }));
  const encoding = { x: { field: "x", type: "nominal" }, y: { field: "y", type: "quantitative" } };
  const { svg } = await draw({ data: { values }, mark: "bar", encoding }, 'T > "1" & more');
  for (const { x } of values) assert(svg.includes(`>${x}</text>`), x);
  assert(svg.includes('aria-label="T &gt; &quot;1&quot; &amp; more"'));
  assertEquals(svg.match(/ class=/g), null);
});

Deno.test("ticks of a logarithmic axis are powers of ten, and round numbers where those are too few", () => {
  assertEquals(logTicks(1, 10_000), [1, 10, 100, 1000, 10_000]);
  assertEquals(logTicks(30, 450), [50, 100, 200]);
  assertEquals(logTicks(28, 90), [30, 40, 50, 60, 80]);
  assertEquals(logTicks(1, 1), [1]);
});

Deno.test("a panel draws positive times only, and leaves out what is a millionth of the largest on a logarithmic axis", async () => {
  const series = [{ name: "P(d)", x: [0, 1, 2, 3], y: [5, 4, null, 1e-30] }];
  const { svg } = await drawPanel({ title: "P", x: "step", y: "norm", log: true, series }, "P(d)");
  assert(!/NaN|Infinity|e-3/.test(svg), svg);
});

Deno.test("speedups are points: a bound is a triangle, and what no logarithmic axis has is left out", async () => {
  const ratio = (low: number, high: number) => ({ low, high, pairs: 5, interval: null, withinOneEvaluation: false });
  const answer = (method: string, low: number, high: number) =>
    ({
      row: { method, speedup: ratio(low, high), attribution: null },
      control: null,
      claimed: null,
    }) as unknown as Answer;
  const { wide, narrow } = (await drawAnswers([
    {
      title: "one",
      answers: [answer("quick", 20, 20), answer("lost", 0, 5), answer("gone", 0, 0), answer("unknown", 0, Infinity)],
    },
    { title: "two", answers: [] },
  ]))!;
  assert(wide.svg.includes(">20.0×</text>") && wide.svg.includes(">≤ 5.00×</text>"), wide.svg);
  for (const { svg } of [wide, narrow]) {
    assert(svg.includes(">quick</text>") && !svg.includes(">gone</text>") && !/NaN|Infinity/.test(svg), svg);
  }
  assertEquals(await drawAnswers([{ title: "two", answers: [] }]), null);
});

/** A problem with medians; a negative one was not reached in as many calls, and rows in `few` have two seeds. */
function problem(title: string, times: Record<string, number>, few: readonly string[] = []): BoardProblem {
  const rows = Object.entries(times).map(([method, time]) => {
    const commonCalls = { value: Math.abs(time), relation: time > 0 ? "=" : ">=" };
    return { method, commonCalls, runs: new Array(few.includes(method) ? 2 : 3) } as unknown as RankedRow;
  });
  return { title, rows } as unknown as BoardProblem;
}

Deno.test("performance profiles are of ratios to the fastest; a median that was not reached is no solution", () => {
  const { problems, limits, standings, profiles } = overallOf([
    problem("one", { quick: 10, slow: 100, lost: -300, once: 5 }),
    problem("two", { quick: 20, slow: 20, lost: 2000 }),
  ])!;
  assertEquals([problems, limits], [["one", "two"], [300, Infinity]]);
  assertEquals(standings.map(({ algorithm, ratios, rank }) => [algorithm, ratios, rank]), [
    ["quick", [2, 1], 1],
    ["slow", [20, 1], 2],
    ["lost", [Infinity, 100], 3],
  ]);
  const score = standings.map((standing) => Number(standing.score.toFixed(3)));
  assertEquals(score, [0.925, 0.675, 0]);
  const shareOf = (id: string, tau: number) =>
    profiles.findLast((step) => step.algorithm === id && step.tau <= tau)!.share;
  assertEquals([shareOf("quick", 1), shareOf("quick", 2), shareOf("slow", 19), shareOf("slow", 20)], [0.5, 1, 0.5, 1]);
  assertEquals(shareOf("lost", 100), 0.5);
});

Deno.test("what was given up early is not beaten by what was given longer", () => {
  const { standings } = overallOf([
    problem("one", { quick: 10, patient: 5000, poor: -700 }),
    problem("two", { quick: 10, patient: 10, poor: 10 }),
  ])!;
  assertEquals(standings.map(({ algorithm, rank }) => [algorithm, rank]), [["quick", 1], ["patient", 2], ["poor", 2]]);
});

Deno.test("a row with less than three seeds has no standing, and is nobody's measure", () => {
  const { limits, standings } = overallOf([
    problem("one", { quick: 10, slow: 100, lucky: 1, poor: -3 }, ["lucky", "poor"]),
    problem("two", { quick: 10, slow: 20, lucky: 1, poor: 4 }),
  ])!;
  assertEquals(limits, [Infinity, Infinity]);
  assertEquals(standings.map(({ algorithm, ratios }) => [algorithm, ratios]), [["quick", [1, 10]], ["slow", [10, 20]]]);
});

Deno.test("one problem has no overall standing", () => {
  assertEquals(overallOf([problem("one", { a: 1, b: 2 })]), null);
});
