import { assertEquals, assertMatch } from "@std/assert";
import { command } from "../../src/child.ts";

/** A program of one command whose `run` does this. */
const program = (body: string) => `
  import { catalogue } from "${import.meta.resolve("../../bench/mod.ts")}";
  import { mainOfOne } from "${import.meta.resolve("../../src/commands/shell.ts")}";
  import { UsageError } from "${import.meta.resolve("../../src/errors.ts")}";
  const run = async () => { ${body} };
  await mainOfOne({ name: "it", summary: "", help: "", run }, [], catalogue);
`;

async function ended(body: string) {
  const { code, stderr } = await command(Deno.execPath(), {
    args: ["eval", "--config", "deno.json", program(body)],
    stdout: "null",
    stderr: "piped",
  }).output();
  return { code, said: new TextDecoder().decode(stderr).trim().split("\n").filter((line) => line.startsWith("error")) };
}

for (
  const [what, body, line] of [
    ["a wrong use", "throw new UsageError('no such flag')", /^error: no such flag$/],
    [
      "a file that is not there",
      "Deno.readTextFileSync('no/such')",
      /^error: No such file or directory \(os error 2\)/,
    ],
    [
      "a full disk",
      "throw new Error('No space left on device (os error 28)')",
      /^error: No space left on device [^;]*$/,
    ],
    ["a defect", "null.x", /^error: unexpected TypeError: .* at .*; a defect of this program/],
    [
      "a promise that nobody awaits",
      "Promise.reject(new RangeError('far')); await new Promise(() => {})",
      /RangeError: far/,
    ],
    ["an error in a timer", "setTimeout(() => { throw 7 }); await new Promise((r) => setTimeout(r, 5000))", /: 7/],
  ] as const
) {
  Deno.test(`${what} ends a command with one line and exit code 2: 1 is drift and nothing else`, async () => {
    const { code, said } = await ended(body);
    assertEquals([code, said.length], [2, 1], said.join("\n"));
    assertMatch(said[0], line);
  });
}
