import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { find } from "../../src/errors.ts";
import type { Values } from "../../src/declare/field.ts";
import { catalogue } from "../support/runs.ts";
import { madeUp } from "../support/records.ts";
import { chosenForm, type Form, formsMarkdown, scannedForms } from "../../tools/docs/form.ts";

const forms = scannedForms();
const text = Deno.readTextFileSync("docs/reproduction.md");
/** A paragraph as one line, however it is wrapped. */
const unwrapped = text.replace(/\s+/g, " ");

Deno.test("docs/reproduction.md has the table that 'deno task docs:form' prints", () => {
  assertStringIncludes(text, formsMarkdown(forms));
});

Deno.test("div97 has the form that the rule chooses, or docs/reproduction.md says what the rule waits for", () => {
  const chosen = chosenForm(forms);
  if (typeof chosen === "string") {
    assertStringIncludes(unwrapped, `The rule does not choose yet: ${chosen}.`);
    return;
  }
  const config: Values = { ...find("case", catalogue.cases, "div97").configure({}) };
  assertEquals(Object.fromEntries(Object.keys(chosen.fields).map((name) => [name, config[name]])), chosen.fields);
  assert(!unwrapped.includes("The rule does not choose yet"));
});

/** A form whose runs generalised at these epochs, seeds from 0 on. */
const form = (name: string, epochs: readonly number[]): Form => ({
  fields: { activation: name },
  records: epochs.map((generalised, seed) => madeUp({ seed, generalised })),
});

Deno.test("the rule: the three nearest of the first seed get more, and the median of those is what counts", () => {
  const far = form("far", [500]);
  const three = [form("a", [4100, 2000, 2100]), form("b", [3000, 3600, 3900]), form("c", [6000, 6100, 5900])];
  // Nearest by its first seed alone is a, by the median b.
  assertEquals(chosenForm([far, ...three]), three[1]);
  assertEquals(
    chosenForm([far, three[0], three[1], form("c", [6000, 6100])]),
    "1 of the 3 nearest have less than 3 seeds",
  );
  assertEquals(chosenForm([...three, form("none", [])]), "1 forms have no run yet");
  // In the logarithm 2,500 is nearer to 4,000 than 6,600 is.
  const near = [form("d", [2500, 2500, 2500]), form("e", [6600, 6600, 6600]), form("f", [900, 900, 900])];
  assertEquals(chosenForm(near), near[0]);
});
