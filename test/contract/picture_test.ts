import { assert, assertEquals } from "@std/assert";
import { PICTURE, picture } from "../../tools/docs/picture.ts";

Deno.test("the picture of README is what 'deno task docs:picture' draws from the kept records", async () => {
  assertEquals(Deno.readTextFileSync(PICTURE), await picture());
  assert(Deno.readTextFileSync("README.md").includes("(docs/answers.svg)"));
});
