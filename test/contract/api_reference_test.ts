import { assertEquals, assertStringIncludes } from "@std/assert";
import { apiReference } from "../../tools/docs/api.ts";
import * as library from "../../mod.ts";

const text = Deno.readTextFileSync("docs/api.md");

Deno.test("docs/api.md is what 'deno task docs:api' writes", async () => {
  assertEquals(text, await apiReference());
});

Deno.test("every export of the library has its signature and says what it is", () => {
  const sections = text.split(/^### /m).slice(1).map((section) => section.split("\n"));
  assertEquals(sections.filter(([, , said]) => said.startsWith("```")).map(([name]) => name), []);
  const named = sections.map(([name]) => name.replaceAll("`", ""));
  assertEquals(Object.keys(library).filter((name) => !named.includes(name)), []);
  assertStringIncludes(text, "function chain(...parts: readonly Transform[]): Transform;");
  assertStringIncludes(text, "function count(value: number, doc: string, min?: number): Field<number>;");
  assertStringIncludes(text, "  readonly search?: { readonly [K in keyof F]?: Range };\n");
});
