import { assertEquals } from "@std/assert";
import { cliReference } from "../../tools/docs/cli.ts";
import config from "../../deno.json" with { type: "json" };
import { commands } from "../../src/commands/mod.ts";
import { deno, ourselves } from "../../src/child.ts";

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

Deno.test("a task says nothing but what it has to say: no warnings of Deno's about its own settings", async () => {
  const loud = Object.entries<{ command: string }>(config.tasks).filter(([, { command }]) =>
    /^deno run (?!-q )/.test(command)
  );
  assertEquals(loud, []);
  const { stderr } = await deno({ args: ["task", "list"], env: { NO_COLOR: "1" } }).output();
  assertEquals(new TextDecoder().decode(stderr).trim().split("\n").filter((line) => !line.startsWith("Task ")), []);
});

Deno.test("no permission set lets a process fetch code: an empty list would stand for Deno's default hosts", async () => {
  const sets = Object.keys(config.permissions).filter((name) => name !== "browser");
  const said = await Promise.all(sets.map(async (permissions) => {
    const { stdout } = await ourselves({ module: "test/support/fetches_code.ts", permissions }).output();
    return [permissions, new TextDecoder().decode(stdout).split(",")[0].trim()];
  }));
  assertEquals(said, sets.map((name) => [name, 'Requires import access to "jsr.io:443"']));
});
