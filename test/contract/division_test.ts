import { assert, assertStringIncludes } from "@std/assert";
import { divisionForms, divisionTables } from "../../tools/docs/division.ts";

const forms = divisionForms();

Deno.test("docs/findings.md has the tables that 'deno task docs:division' prints", () => {
  const text = Deno.readTextFileSync("docs/findings.md");
  for (const [, table] of divisionTables(forms)) assertStringIncludes(text, table);
});

Deno.test("forms stand side by side only where their baseline generalises, each with what was run in it", () => {
  assert(forms.length >= 2 && forms.some(({ title }) => title === "div97-smallinit"));
  for (const { rows } of forms) assert(rows.find(({ algorithm }) => algorithm === "adamw")!.grokked > 0);
});
