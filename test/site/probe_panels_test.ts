import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { catalogue } from "../../bench/mod.ts";
import { columnsOf } from "../../src/catalogue/probe.ts";
import type { Column } from "../../src/declare/columns.ts";
import type { Curve, RunRecord } from "../../src/run/record/record.ts";
import { drawPanel, panelsOf } from "../../src/site/figures/curves.ts";
import { scriptJson } from "../../src/site/html.ts";
import { runPage } from "../../src/site/pages/run.tsx";
import type { SiteData } from "../../src/site/site_data.ts";

const curve: Curve = {
  epochs: {
    epoch: [0, 1, 2],
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

/** The script of a run's page, with nothing around it. */
function script() {
  const source = Deno.readTextFileSync(new URL("../../src/site/assets/run.js", import.meta.url));
  const make = new Function("document", "location", "addEventListener", `${source}; return { chartsOf, csvOf };`);
  return make({ getElementById: () => null }, { hash: "" }, () => {}) as {
    chartsOf(curve: Curve, said: readonly Column[]): { title: string; table: string; ys: string[]; unit?: string }[];
    csvOf(columns: Curve["epochs"]): string;
  };
}

Deno.test("the page of a run draws every column there is, and its downloads have them", () => {
  const { chartsOf, csvOf } = script();
  const drawn = chartsOf(curve, [...said, { table: "steps", name: "strange", doc: "odd ones", unit: "apples" }]);
  const own = drawn.filter(({ ys }) => ys.some((name) => /radientNorm|strange/.test(name)));
  assertEquals(own.map(({ title, table, ys, unit }) => [title, table, ys.join(), unit]), [
    ["‖∇L(x)‖ of the prey on the first batch of the training set", "epochs", "gradientNorm", undefined],
    ["‖∇L(y)‖ of the predator on the first batch of the training set", "epochs", "predatorGradientNorm", undefined],
    ["odd ones", "steps", "strange", "apples"],
  ]);
  assertEquals(csvOf(curve.steps), "step,stepNorm,strange\r\n1,1,5\r\n2,1,6\r\n");
  // Core columns have their places: each in a chart of a group, or the position of a row.
  const core = columnsOf([]);
  const full: Curve = { epochs: {}, steps: {} };
  for (const { table, name } of core) full[table][name] = [];
  assertEquals(chartsOf(full, core).length, chartsOf({ epochs: {}, steps: {} }, core).length);
});

Deno.test("the page of a run says what each column is", () => {
  const page = runPage({ catalogue, problems: [], updated: "" } as unknown as SiteData);
  const [, json] = /<script type="application\/json" id="columns">(.*?)<\/script>/.exec(page)!;
  const found = JSON.parse(json) as Column[];
  assertEquals(found.map(({ table, name, doc }) => [table, name, doc]), said.map((c) => [c.table, c.name, c.doc]));
  assertEquals(scriptJson("</script>"), '"\\u003c/script>"');
});
