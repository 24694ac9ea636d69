import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { algorithmText, writePlugin } from "../support/plugins.ts";
import { cli } from "../support/runs.ts";
import { filesOf } from "../support/site.ts";

Deno.test("a method of somebody's own is published with its records, by its file, and beside those of others", async () => {
  const folder = Deno.makeTempDirSync();
  const [results, out] = [`${folder}/results`, `${folder}/site`];
  const mine = writePlugin(folder, "mine.ts", algorithmText("mine"));
  const short = ["-c", "tiny-div", "-s", "0,1", "--max-epochs", "3", "--results", results];
  assertEquals((await cli(["bench", ...short, "-a", mine, "--set", "scale=1,2", "--no-gate"])).code, 0);

  const published = async (...args: string[]) => {
    const { code, stderr } = await cli(["publish", "-c", "tiny-div", "--results", results, "--out", out, ...args]);
    if (code !== 0) return { code, stderr, rows: [] };
    const { problems: [{ rows }], verdict } = JSON.parse(Deno.readTextFileSync(`${out}/leaderboard.json`));
    // deno-lint-ignore no-explicit-any -- as its schema says
    return { code, stderr, verdict, rows: rows.map((row: any) => [row.method, row.runs.length, row.verdict]).sort() };
  };
  const all = await published("-a", mine);
  assertEquals([all.verdict, all.rows], ["inconclusive", [["mine scale=1", 2, null], ["mine scale=2", 2, null]]]);
  assertStringIncludes(Deno.readTextFileSync(`${out}/index.html`), "the gate has no question");
  const runs = [...filesOf(out)].filter((path) => /^runs\/[0-9a-f]{16}\.js$/.test(path));
  const commands = runs.map((path) => /"command":"([^"]*)"/.exec(Deno.readTextFileSync(`${out}/${path}`))![1]);
  assert(
    commands.includes("deno task bench -c tiny-div -a ./mine.ts -s 1 --set maxEpochs=3 --set scale=2"),
    `${commands}`,
  );

  assertEquals((await published("-a", mine, "-s", "1", "--set", "scale=2")).rows, [["mine scale=2", 1, null]]);
  assertStringIncludes((await published("-a", mine, "--set", "scale=3")).stderr, "publish: no records of profile");
  assertStringIncludes((await published("-a", "adamw", "--set", "scale=2")).stderr, "has no field 'scale'");
  const beside = await published("-a", mine, "--set", "scale=2", "--with", "expected/smoke/records");
  assert(beside.rows.some(([method, n, verdict]: unknown[]) => `${method} ${n} ${verdict}` === "ppm 10 reproduced"));
  const board = await cli(["leaderboard", ...["-c", "tiny-div", "-a", mine, "--set", "scale=2", "--results", results]]);
  assertEquals(board.stdout.match(/^\| mine scale=\d/gm), ["| mine scale=2"]);
  Deno.removeSync(folder, { recursive: true });
});
