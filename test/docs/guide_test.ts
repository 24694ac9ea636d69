import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { cpSync } from "node:fs";
import { deno } from "../../src/child.ts";
import { snapshot } from "../../tools/audit/tree.ts";
import { cli, fileNames, readRecord } from "../support/runs.ts";
import { applyExample, exampleOf, textOf } from "./guide.ts";

const example = exampleOf("Add an algorithm in ten minutes");

/** Runs a command of the guide as it stands there, in a copy of the project. */
async function follow(line: string, cwd: string): Promise<string> {
  const [program, ...args] = line.split(" ");
  assertEquals(program, "deno");
  const output = await deno({ args, cwd, env: { NO_COLOR: "1" } }).output();
  const said = new TextDecoder().decode(output.stdout) + new TextDecoder().decode(output.stderr);
  assert(output.success, `${line}\n${said}`);
  return said;
}

/** Works in a copy of the project in which the example's changes are made. */
async function inExample(work: (folder: string) => Promise<void>): Promise<void> {
  const folder = snapshot();
  try {
    cpSync("test", `${folder}/test`, { recursive: true });
    applyExample(example, folder);
    await work(folder);
  } finally {
    Deno.removeSync(folder, { recursive: true });
  }
}

const commandIn = (start: string): string => {
  const found = example.commands.filter((line) => line.startsWith(start));
  assertEquals(found.length, 1, start);
  return found[0];
};

Deno.test("the guide's algorithm passes the tests that it names, and its bench trains it beside AdamW", () =>
  inExample(async (folder) => {
    await follow("deno fmt --check src test", folder);
    await follow("deno lint src test", folder);
    await follow("deno check main.ts test/algorithms", folder);
    const tested = await follow(commandIn("deno test"), folder);
    for (const name of ["grokfast: control, phases", "grokfast: hands its state on", "amplifySlow()"]) {
      assertStringIncludes(tested, name);
    }
    const board = await follow(commandIn("deno task bench -c tiny-div"), folder);
    assertStringIncludes(board, "| grokfast ");
    assertStringIncludes(board, "there is no expectation");
    const [adamw, grokfast] = fileNames(`${folder}/results`).filter((path) => path.endsWith(".json")).map(readRecord);
    assertEquals([adamw.algorithm, grokfast.algorithm], ["adamw", "grokfast"]);
    assert(grokfast.digest !== adamw.digest);
  }));

Deno.test("the table that the guide reads is what its command prints", async () => {
  const text = textOf("Read the results");
  const [, command] = /`deno task (leaderboard .+?)`/s.exec(text)!;
  const { code, stdout } = await cli(command.split(/\s+/));
  assertEquals(code, 0);
  const cells = (row: string) => row.split("|").map((cell) => cell.trim()).join("|");
  const rows = (table: string) => table.split("\n").filter((line) => /^\| [a-z]/.test(line)).map(cells);
  assertEquals(rows(text), rows(stdout));
  assert(rows(text).length > 3);
});

/** The float64 half of the example needs PyTorch, which tests have only where PEER_PYTHON names one. */
const python = Deno.env.get("PEER_PYTHON");
Deno.test({
  name: "the guide's canary: PyTorch follows the method, and the suite follows PyTorch",
  ignore: !python,
  fn: () =>
    inExample(async (folder) => {
      // The commands that the guide has for tiny-div, on a case with one canary in place of four.
      const reference = commandIn("PEER_PYTHON=").replace("PEER_PYTHON=python3 ", "");
      await follow(reference.replace("tiny-div", "tiny-glyphs"), folder);
      const said = await follow(commandIn("deno task canary -c").replace("tiny-div", "tiny-glyphs"), folder);
      assertStringIncludes(said, "tiny-glyphs grokfast: reproduced");
    }),
});
