import { assertEquals } from "@std/assert";
import { cliReference } from "../../tools/docs/cli.ts";
import config from "../../deno.json" with { type: "json" };
import { commands } from "../../main.ts";

Deno.test("docs/cli.md is what 'deno task docs:cli' writes", () => {
  assertEquals(Deno.readTextFileSync("docs/cli.md"), cliReference());
});

Deno.test("every command is a task, and every permission set that a task names is there", () => {
  const tasks: Record<string, { command: string }> = config.tasks;
  for (const { name } of commands) assertEquals([name, name in tasks], [name, true]);
  for (const [name, { command }] of Object.entries(tasks)) {
    for (const [, set] of command.matchAll(/ -P=(\S+)/g)) {
      assertEquals([name, set in config.permissions], [name, true]);
    }
  }
});
