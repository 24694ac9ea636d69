import { assertStringIncludes } from "@std/assert";
import { ranksTable } from "../../tools/docs/ranks.ts";

Deno.test("README.md has the ranks that 'deno task docs:ranks' prints", () => {
  assertStringIncludes(Deno.readTextFileSync("README.md"), `\n\n${ranksTable()}\n\n`);
});
