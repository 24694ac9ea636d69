import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { parse } from "@std/csv";
import { existsSync } from "node:fs";
import { ourselves } from "../../src/child.ts";
import { catalogue, cli, fileNames, outcomeOf, readRecord, recordNames } from "../support/runs.ts";

const SHORT = [
  "-c",
  "tiny-div",
  "-a",
  "adamw,adam-l2,ppm",
  "-s",
  "0..1",
  "--max-epochs",
  "20",
  "--set",
  "memorisedAbove=0.1",
];

Deno.test("bench trains, prints the leaderboard, exports it, and reuses what is finished", async () => {
  const folder = Deno.makeTempDirSync();
  const results = `${folder}/results`;
  const exports = ["csv", "json", "markdown"].flatMap((kind) => [`--export-${kind}`, `${folder}/board.${kind}`]);
  const first = await cli(["bench", ...SHORT, "--results", results, ...exports]);
  assertEquals(first.code, 0, first.stderr);
  const board = JSON.parse(Deno.readTextFileSync(`${folder}/board.json`));
  assertEquals(board.rows.map((row: { algorithm: string }) => row.algorithm), ["adamw", "adam-l2", "ppm"]);
  assertEquals(board.rows[2].control, "adam-l2");
  assertEquals(board.rows[0].seeds, [0, 1]);
  const table = parse(Deno.readTextFileSync(`${folder}/board.csv`), { skipFirstRow: true });
  assertEquals(table.map((row) => row.algorithm), ["adamw", "adam-l2", "ppm"]);
  assertEquals(table[2]["memorise.epochs.value"], String(board.rows[2].memorise.epochs.value));
  assertStringIncludes(Deno.readTextFileSync(`${folder}/board.markdown`), "| ppm");
  assertStringIncludes(first.stdout, "## tiny-div");

  const records = recordNames(results);
  assertEquals(records.length, 6);
  const times = records.map((path) => Deno.statSync(path).mtime!.getTime());
  const second = await cli(["bench", ...SHORT, "--results", results]);
  assertEquals(second.stdout, first.stdout);
  assertEquals(second.stderr.match(/kept from before/g)?.length, 6);
  assertEquals(recordNames(results).map((path) => Deno.statSync(path).mtime!.getTime()), times);

  const alone = await cli(["bench", ...SHORT, "--results", `${folder}/alone`, "-j", "1"]);
  assertEquals(alone.code, 0, alone.stderr);
  const outcomes = (where: string) => recordNames(where).map((path) => outcomeOf(readRecord(path)));
  assertEquals(outcomes(`${folder}/alone`), outcomes(results));
  Deno.removeSync(folder, { recursive: true });
});

Deno.test("a damaged record is named and done again", async () => {
  const folder = Deno.makeTempDirSync();
  const args = ["bench", "-c", "tiny-div", "-a", "adamw", "-s", "0", "--max-epochs", "3", "--results", folder];
  assertEquals((await cli(args)).code, 0);
  const [path] = recordNames(folder);
  const good = outcomeOf(readRecord(path));
  Deno.writeTextFileSync(path, Deno.readTextFileSync(path).slice(0, 500));
  const again = await cli(args);
  assertStringIncludes(again.stderr, path);
  assertEquals(outcomeOf(readRecord(path)), good);
  Deno.removeSync(folder, { recursive: true });
});

Deno.test("an override changes a run's identity, --dry-run shows the plan and writes nothing", async () => {
  const folder = Deno.makeTempDirSync();
  const plan = async (...more: string[]) => {
    const { code, stdout } = await cli([
      "bench",
      "-c",
      "tiny-div",
      "-a",
      "adamw",
      "--dry-run",
      "--results",
      `${folder}/r`,
      ...more,
    ]);
    assertEquals(code, 0);
    return stdout.trim().split("\t")[0];
  };
  const ids = [await plan(), await plan("--set", "beta2=0.9"), await plan("-s", "7"), await plan("-e", "cpu")];
  assertEquals(new Set(ids).size, 4);
  assertEquals(await plan("--set", "modulus=23"), ids[0]);
  assertEquals(fileNames(folder), []);
  Deno.removeSync(folder, { recursive: true });
});

Deno.test("Ctrl-C stops cleanly, says how to go on, and the same command does", async () => {
  const folder = Deno.makeTempDirSync();
  const args = ["bench", "-c", "tiny-div", "-a", "adamw", "-s", "0", "--max-epochs", "1200"];
  const child = ourselves({
    module: "main.ts",
    permissions: "bench",
    starts: true,
    args: [...args, "--results", `${folder}/stopped`],
    env: { DRIVEN_HUNT_SAVE_SECONDS: "0" },
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  const output = child.output();
  let ended = false;
  void child.status.then(() => ended = true);
  // A checkpoint says that the run is under way.
  while (!ended && !existsSync(`${folder}/stopped/.checkpoints`)) await new Promise((done) => setTimeout(done, 10));
  if (!ended) child.kill("SIGINT");
  const { code, stderr } = await output;
  assertEquals(code, 2);
  assertStringIncludes(new TextDecoder().decode(stderr), "give the same command again");
  assertEquals(recordNames(`${folder}/stopped`), []);
  const [again, whole] = await Promise.all(
    ["stopped", "whole"].map((where) => cli([...args, "--results", `${folder}/${where}`])),
  );
  assertEquals([again.code, whole.code], [0, 0], again.stderr);
  const begun = [again, whole].map((each) => /seed 0 {2}(started|resumed at epoch \d+)$/m.exec(each.stderr)?.[1]);
  assertMatch(begun.join(), /^resumed at epoch \d+,started$/);
  const outcomes = (where: string) => recordNames(`${folder}/${where}`).map((path) => outcomeOf(readRecord(path)));
  assertEquals(outcomes("stopped"), outcomes("whole"));
  Deno.removeSync(folder, { recursive: true });
});

Deno.test("list shows every case and algorithm, and the fields of a case", async () => {
  const { stdout } = await cli(["list"]);
  for (const { id } of [...catalogue.cases, ...catalogue.algorithms]) assertStringIncludes(stdout, `  ${id} `);
  assertStringIncludes((await cli(["list", "add139"])).stdout, "beta = 1");
});

Deno.test("shards of a plan have no run in common, are the plan together, and leave the gate to the merged results", async () => {
  const plan = async (...more: string[]) => {
    const { stdout } = await cli(["bench", "-p", "paper", "-c", "div97", "--dry-run", ...more]);
    return stdout.trim().split("\n").map((line) => line.split("\t")[0]);
  };
  const [whole, ...parts] = await Promise.all([plan(), ...[1, 2, 3].map((i) => plan("--shard", `${i}/3`))]);
  assert(whole.length > 10);
  assertEquals(parts.flat().sort(), whole.toSorted());
  const folder = Deno.makeTempDirSync();
  const small = ["bench", "-c", "tiny-div", "-a", "adamw", "-s", "0,1", "--max-epochs", "3", "--results", folder];
  const shard = await cli([...small, "--no-canaries", "--shard", "2/2"]);
  assertEquals(shard.code, 0, shard.stderr);
  assertStringIncludes(shard.stdout, "this is a part of the plan");
  assertEquals(recordNames(folder).map((path) => readRecord(path).seed), [1]);
  const none = await cli([...small, "--no-canaries", "--shard", "3/3"]);
  assertEquals([none.code, none.stdout.includes("Nothing to do")], [0, true]);
  Deno.removeSync(folder, { recursive: true });
});
