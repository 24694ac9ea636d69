import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { catalogue } from "../../bench/mod.ts";
import { columnsOf } from "../../src/catalogue/probe.ts";
import type { Column } from "../../src/declare/columns.ts";
import type { Curve, RunRecord } from "../../src/run/record/record.ts";
import { drawPanel, panelsOf } from "../../src/site/figures/curves.ts";
import { scriptJson } from "../../src/site/html.ts";
import { runPage } from "../../src/site/pages/run.tsx";
import "../../src/site/assets/curves.js";
import "../../src/site/assets/run_charts.js";

const curve: Curve = {
  epochs: {
    epoch: [0, 1, 2],
    steps: [0, 1, 2],
    gradientCalls: [0, 5, 10],
    trainAccuracy: [0, 0.5, 1],
    testAccuracy: [0, 0, 1],
    weightNorm: [3, 2, 1],
    fromStart: [0, 1, 2],
    gradientNorm: [9, 4, 1],
    predatorGradientNorm: [1, null, null],
  },
  steps: { step: [1, 2], stepNorm: [1, 1], strange: [5, 6] },
};
const record = { curve } as unknown as RunRecord;
const crossing = { epoch: 2, steps: 2, gradientCalls: 10 };
const run = {
  curve,
  config: { memorisedAbove: 0.9, generalisedAbove: 0.8 },
  epochs: 2,
  steps: 2,
  gradientCalls: 10,
  memorised: crossing,
  generalised: crossing,
};
const said = columnsOf(catalogue.probes);

Deno.test("the figures of a case have a panel for each column of a probe that has something to draw", async () => {
  const panels = panelsOf(record, [], said);
  assertEquals(panels.slice(4).map(({ title, x, y }) => [title, x, y]), [
    ["‖∇L(x)‖ of the prey on the first batch of the training set", "epoch", "gradientNorm"],
    ["strange", "step", "strange"],
  ]);
  const { svg } = await drawPanel(panels[4], "a label");
  assertStringIncludes(svg, "‖∇L(x)‖ of the prey on the first");
  assert(Number(/max-width:(\d+)px/.exec(svg)![1]) < 380, "its title is broken into lines");
});

interface Drawn {
  readonly title: string;
  readonly unit?: string;
  readonly lines: readonly { readonly label: string; readonly values: readonly (number | null)[] }[];
  readonly marks: readonly { readonly at: number; readonly label: string }[];
  readonly levels: readonly { readonly at: number; readonly label: string }[];
}

/** What the scripts put into the global scope of a page. */
const { runCharts: { chartsOf, csvOf } } = globalThis as unknown as {
  runCharts: {
    chartsOf(run: object, unit: "epoch" | "gradientCalls", said: readonly Column[]): Drawn[];
    csvOf(columns: Curve["epochs"]): string;
  };
};

Deno.test("the page of a run draws every column there is, and its downloads have them", () => {
  const drawn = chartsOf(run, "epoch", [...said, { table: "steps", name: "strange", doc: "odd ones", unit: "apples" }]);
  const own = drawn.filter(({ lines }) => lines.some(({ label }) => /radientNorm|strange/.test(label)));
  assertEquals(own.map(({ title, unit, lines: [{ label }] }) => [title, unit, label]), [
    ["‖∇L(x)‖ of the prey on the first batch of the training set", undefined, "gradientNorm"],
    ["odd ones", "apples", "strange"],
  ]);
  assertEquals(csvOf(curve.steps), "step,stepNorm,strange\r\n1,1,5\r\n2,1,6\r\n");
  assertEquals(csvOf({}), "\r\n");
});

Deno.test("every core column has its place in the page of a run: none is drawn as a stranger", () => {
  const full: Curve = { epochs: {}, steps: {} };
  for (const { table, name } of columnsOf([])) full[table][name] = [1, 2];
  const titles = chartsOf({ ...run, curve: full }, "epoch", []).map(({ title }) => title);
  assert(titles.length > 5);
  assertEquals(titles.filter((title) => columnsOf([]).some(({ name }) => name === title)), []);
});

Deno.test("milestones and thresholds are marked, in the unit of time that is asked for", () => {
  const [accuracy, norm] = chartsOf(run, "gradientCalls", said);
  assertEquals(accuracy.levels, [
    { at: 0.9, label: "memorised above 0.9" },
    { at: 0.8, label: "generalised above 0.8" },
  ]);
  assertEquals([norm.title, norm.levels, norm.marks], ["Weight norm", [], [
    { at: 10, label: "memorised" },
    { at: 10, label: "generalised" },
  ]]);
});

Deno.test("the page of a run says what each column of a probe is", () => {
  const [, json] = /<script type="application\/json" id="said">(.*?)<\/script>/.exec(runPage(catalogue, null))!;
  const found = JSON.parse(json).columns as Column[];
  assertEquals(found.map(({ table, name, doc }) => [table, name, doc]).slice(0, 2), [
    ["epochs", "gradientNorm", "‖∇L(x)‖ of the prey on the first batch of the training set"],
    ["epochs", "predatorGradientNorm", "‖∇L(y)‖ of the predator on the first batch of the training set"],
  ]);
  assertEquals(found.length, catalogue.probes.flatMap(({ columns }) => columns).length);
  assertEquals(scriptJson("</script>"), '"\\u003c/script>"');
});
