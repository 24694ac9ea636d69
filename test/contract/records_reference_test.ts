import { assertEquals, assertStringIncludes } from "@std/assert";
import { catalogue } from "../../bench/mod.ts";
import { defineProbe, onBatch } from "../../src/catalogue/probe.ts";
import { RECORDS, withColumns } from "../../tools/docs/records.ts";

const text = Deno.readTextFileSync(RECORDS);

Deno.test("docs/records.md is what 'deno task docs:records' writes", () => {
  assertEquals(text, withColumns(text, catalogue));
});

Deno.test("every column of every probe is in docs/records.md by itself", () => {
  const made = defineProbe({
    ...catalogue.probes[0],
    id: "made-up",
    at: "step",
    columns: [{ name: "made", doc: "one" }, { name: "up", doc: "another", unit: "apples" }],
    program: (problem, agents, rows) => onBatch(problem, agents, rows, () => ({})),
  });
  const written = withColumns(text, { probes: [...catalogue.probes, made] });
  const row = (name: string) => written.split("\n").find((line) => line.startsWith(`| \`${name}\` `))?.split(/ *\| */);
  assertEquals(row("made"), ["", "`made`", "one", "rounded", "`made-up`", ""]);
  assertEquals(row("up"), ["", "`up`", "another (apples)", "rounded", "`made-up`", ""]);
  for (const { name, doc } of catalogue.probes.flatMap(({ columns }) => columns)) {
    assertStringIncludes(text, `| \`${name}\``);
    assertStringIncludes(text, doc);
  }
});
