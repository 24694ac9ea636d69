import { assert, assertEquals, assertMatch, assertRejects, assertStringIncludes, assertThrows } from "@std/assert";
import { createHash } from "node:crypto";
import { join } from "node:path";
import { merge } from "../../src/commands/merge.ts";
import { UsageError } from "../../src/errors.ts";
import { MAGIC, readCheckpoint, writeCheckpoint } from "../../src/run/record/checkpoint.ts";
import { carryOut, planMerge } from "../../src/run/record/merge.ts";
import type { RunRecord } from "../../src/run/record/record.ts";
import type { Trial } from "../../src/run/trial.ts";
import { inFolder, small, stopped } from "../fleet/support.ts";
import { madeUp, type MadeUpRun } from "../support/records.ts";
import { catalogue, cli, fileNames, resolved, specOf, storeIn } from "../support/runs.ts";

const placeOf = ({ case: id, algorithm, seed, id: run }: RunRecord) => `${id}/${algorithm}/s${seed}-${run}.json`;

/** Puts a made-up record into a results folder; returns where. */
function put(folder: string, wanted: MadeUpRun): string {
  const path = join(folder, placeOf(madeUp(wanted)));
  Deno.mkdirSync(join(path, ".."), { recursive: true });
  Deno.writeTextFileSync(path, JSON.stringify(madeUp(wanted)) + "\n");
  return path;
}

/** Every file of a folder with its contents. */
const contents = (folder: string) =>
  fileNames(folder).map((path) => [path.slice(folder.length), Deno.readTextFileSync(path)] as const);

/** What `merge` says and exits with. */
async function merged(args: readonly string[]) {
  const said: string[] = [];
  const { log, error } = console;
  console.log = console.error = (line: string) => void said.push(line);
  try {
    return { code: await merge.run(args, catalogue), said };
  } finally {
    Object.assign(console, { log, error });
  }
}

const RUNS = [0, 1, 2, 3, 4, 5].map((seed): MadeUpRun => ({
  seed,
  generalised: seed === 5 ? null : 30 + seed,
  algorithm: seed % 2 ? "ppm" : "adamw",
}));

Deno.test("parts that are merged are the whole, byte for byte, and merging them again changes nothing", () =>
  inFolder(async (folder) => {
    RUNS.forEach((run, i) => {
      put(`${folder}/whole`, run);
      put(`${folder}/0${i % 3}`, run);
    });
    // Numbers are names of folders as they stand, and a run that two parts have is one.
    put(`${folder}/02`, RUNS[0]);
    put(`${folder}/00/.blessed/runs`, RUNS[1]);
    put(`${folder}/whole/.blessed/runs`, RUNS[1]);
    const parts = ["00", "01", "02"].map((name) => `${folder}/${name}`);
    const before = parts.map(contents);
    const first = await cli(["merge", ...parts, "--into", `${folder}/merged`], {}, "merge");
    assertEquals([first.code, first.stdout], [0, `${folder}/merged: 7 records and 0 checkpoints came, 0 were there\n`]);
    assertEquals(contents(`${folder}/merged`), contents(`${folder}/whole`));
    assertEquals(parts.map(contents), before);
    const times = () => fileNames(`${folder}/merged`).map((path) => Deno.statSync(path).mtime!.getTime());
    const written = times();
    const again = await merged([...parts, "--into", `${folder}/merged`]);
    assertEquals(again, { code: 0, said: [`${folder}/merged: 0 records and 0 checkpoints came, 7 were there`] });
    assertEquals(times(), written);
  }));

Deno.test("the same outcome with another time and machine is no conflict: what is there stays", () =>
  inFolder(async (folder) => {
    const kept = put(`${folder}/into`, RUNS[0]);
    const before = Deno.readTextFileSync(kept);
    put(`${folder}/a`, { ...RUNS[0], cpu: "another processor" });
    put(`${folder}/b`, { ...RUNS[0], commit: "deadbeef" });
    assertEquals((await merged([`${folder}/a`, `${folder}/b`, "--into", `${folder}/into`])).code, 0);
    assertEquals(Deno.readTextFileSync(kept), before);
  }));

for (const against of ["the target", "another part"]) {
  Deno.test(`one run with two outcomes, of a part and ${against}, is refused by name and nothing is written`, () =>
    inFolder(async (folder) => {
      const one = put(`${folder}/${against === "the target" ? "into" : "a"}`, RUNS[0]);
      const other = put(`${folder}/b`, { ...RUNS[0], trajectory: "another" });
      put(`${folder}/a`, RUNS[1]);
      put(`${folder}/b`, RUNS[2]);
      const before = contents(folder);
      const { code, stdout, stderr } = await cli(
        ["merge", `${folder}/a`, `${folder}/b`, "--into", `${folder}/into`],
        {},
        "merge",
      );
      assertEquals([code, stdout], [2, ""]);
      for (const path of [one, other]) {
        const { id, digest }: RunRecord = JSON.parse(Deno.readTextFileSync(path));
        assertStringIncludes(stderr, `run ${id} has two outcomes`);
        assertStringIncludes(stderr, `${path} (digest ${digest.slice(0, 16)})`);
      }
      assertStringIncludes(stderr, "move one of them away");
      assertMatch(stderr, /error: merge: 1 runs have two outcomes, see above; nothing was written/);
      assertEquals(contents(folder), before);
    }));
}

Deno.test("a conflict among runs of the expected code is one as well", () =>
  inFolder(async (folder) => {
    put(`${folder}/a/.blessed/runs`, RUNS[0]);
    put(`${folder}/b/.blessed/runs`, { ...RUNS[0], trajectory: "another" });
    // What the new code makes of the same run may be something else.
    put(`${folder}/a`, { ...RUNS[0], trajectory: "of the new code" });
    await assertRejects(() => merged([`${folder}/a`, `${folder}/b`, "--into", `${folder}/into`]), UsageError, "1 runs");
    Deno.removeSync(`${folder}/b`, { recursive: true });
    assertEquals((await merged([`${folder}/a`, "--into", `${folder}/into`])).code, 0);
    assertEquals(fileNames(`${folder}/into`).length, 2);
  }));

Deno.test("damaged records, records under another's name and what lies elsewhere are named and left out, the rest comes", () =>
  inFolder(async (folder) => {
    put(`${folder}/a`, RUNS[0]);
    const damaged = put(`${folder}/a`, RUNS[2]);
    Deno.writeTextFileSync(damaged, Deno.readTextFileSync(damaged).replace('"seed":2', '"seed":4'));
    const renamed = `${folder}/a/tiny-div/adamw/s7-0123456789abcdef.json`;
    Deno.writeTextFileSync(renamed, JSON.stringify(madeUp(RUNS[4])));
    Deno.writeTextFileSync(`${folder}/a/board.json`, "{}");
    Deno.writeTextFileSync(`${folder}/a/part.log`, "of no concern");
    Deno.mkdirSync(`${folder}/a/.checkpoints`);
    const checkpoint = `${folder}/a/.checkpoints/0123456789abcdef-40`;
    Deno.writeTextFileSync(checkpoint, `${MAGIC}\n`);
    const strangers = ["{}", "no JSON"].map((header, i) => {
      const path = `${folder}/a/.checkpoints/123456789abcdef${i}-40`;
      const digest = createHash("sha256").update(header + "\n").digest("hex");
      Deno.writeTextFileSync(path, `${MAGIC}\n${digest}\n${header}\n`);
      return path;
    });
    const { code, said } = await merged([`${folder}/a`, "--into", `${folder}/into`]);
    assertEquals(code, 2);
    const left = said.filter((line) => line.endsWith("it is left out"));
    assertEquals(left.map((line) => line.split(": ")[0]), [
      `${folder}/a/board.json`,
      damaged,
      renamed,
      checkpoint,
      ...strangers,
    ]);
    assertStringIncludes(left[1], "seal");
    assertStringIncludes(left[2], "its name is not that of its contents");
    assertStringIncludes(left[3], "damaged");
    assertEquals(fileNames(`${folder}/into`), [`${folder}/into/${placeOf(madeUp(RUNS[0]))}`]);
  }));

Deno.test("no link is followed out of a folder, no device is read, and what is no record in the target is set aside", () =>
  inFolder(async (folder) => {
    const outside = put(`${folder}/outside`, RUNS[0]);
    put(`${folder}/outside/.blessed/runs`, RUNS[0]);
    Deno.writeTextFileSync(`${folder}/outside/0123456789abcdef-40`, "of someone else");
    const real = put(`${folder}/a`, RUNS[1]);
    Deno.symlinkSync(`${folder}/outside/tiny-div`, `${folder}/a/linked-case`);
    Deno.symlinkSync(`${folder}/outside`, `${folder}/a/.checkpoints`);
    Deno.symlinkSync(`${folder}/outside/.blessed`, `${folder}/a/.blessed`);
    Deno.mkdirSync(`${folder}/a/tiny-div/adamw`);
    Deno.symlinkSync(outside, `${folder}/a/${placeOf(madeUp(RUNS[0]))}`);
    Deno.symlinkSync("/dev/zero", `${folder}/a/tiny-div/adamw/s3-0123456789abcdef.json`);
    const target = `${folder}/into/${placeOf(madeUp(RUNS[1]))}`;
    Deno.mkdirSync(join(target, ".."), { recursive: true });
    Deno.writeTextFileSync(`${folder}/precious`, "not a record");
    Deno.symlinkSync(`${folder}/precious`, target);
    const { code, said } = await merged([`${folder}/a`, "--into", `${folder}/into`]);
    assertEquals(code, 2);
    assertEquals(said.filter((line) => line.includes("it is a link, which is not followed")).length, 5);
    assert(said.includes(`${target}: is none that can be trusted, and is set aside`));
    assertEquals(Deno.readTextFileSync(target), Deno.readTextFileSync(real));
    assertEquals(Deno.readTextFileSync(`${folder}/precious`), "not a record");
    assertEquals(fileNames(`${folder}/into`).filter((path) => !path.includes("/.aside/")), [target]);
  }));

/** A copy of a checkpoint that says that it is further. */
function further(path: string, to: string, steps: number): void {
  const found = readCheckpoint(path)!;
  writeCheckpoint(to, { ...found, progress: { ...found.progress, steps } });
}

Deno.test("of unfinished runs the furthest checkpoint comes, that of a run at its end does not", () =>
  inFolder(async (folder) => {
    const trial: Trial = small({ maxEpochs: 60 });
    const near = await stopped(trial, `${folder}/a`);
    const place = near.slice(`${folder}/a`.length);
    further(near, `${folder}/b${place}`, 99);
    further(near, `${folder}/c${place}`, 50);
    const parts = ["a", "b", "c"].map((name) => `${folder}/${name}`);
    const { said } = await merged([...parts, "--into", `${folder}/into`]);
    assertEquals(said, [`${folder}/into: 0 records and 1 checkpoints came, 0 were there`]);
    assertEquals(storeIn(`${folder}/into`).checkpoint(trial)?.checkpoint.progress.steps, 99);
    // Of one that is there too, and one that cannot be read does not stand in the way.
    for (const [there, then] of [[7, 99], [99, 99], [200, 200]]) {
      further(near, `${folder}/into${place}`, there);
      await merged([...parts, "--into", `${folder}/into`]);
      assertEquals(readCheckpoint(`${folder}/into${place}`)?.progress.steps, then);
    }
    Deno.writeTextFileSync(`${folder}/into${place}`, "cut");
    await merged([...parts, "--into", `${folder}/into`]);
    assertEquals(readCheckpoint(`${folder}/into${place}`)?.progress.steps, 99);
    // The run has come to its end in the target, or in another part.
    const ended = resolved({ ...specOf("tiny-div", "adamw"), seed: 0 });
    const found = readCheckpoint(near)!;
    const left = `.checkpoints/${ended.stem}-${ended.config.maxEpochs}`;
    writeCheckpoint(`${folder}/d/${left}`, { ...found, id: ended.id, stem: ended.stem, spec: ended.spec });
    put(`${folder}/e`, RUNS[0]);
    for (const args of [[`${folder}/d`, `${folder}/e`], [`${folder}/d`]]) {
      assertStringIncludes((await merged([...args, "--into", `${folder}/f`])).said[0], "0 checkpoints came");
    }
  }));

Deno.test("a file that changes between the check and the copy is refused", () =>
  inFolder((folder) => {
    const path = put(`${folder}/a`, RUNS[0]);
    const plan = planMerge([`${folder}/a`], storeIn(`${folder}/into`));
    Deno.writeTextFileSync(path, JSON.stringify(madeUp({ ...RUNS[0], trajectory: "another" })));
    assertThrows(() => carryOut(plan), UsageError, "changed while it was merged");
    assertEquals(fileNames(folder), [path]);
    return Promise.resolve();
  }));

for (
  const [what, args, message] of [
    ["nothing to bring", ["--into", "x"], "merge needs results folders and --into DIR"],
    ["no target", ["test"], "merge needs results folders and --into DIR"],
    ["a folder that is not there", ["/nowhere", "--into", "x"], "'/nowhere' is no folder"],
    ["a file", ["main.ts", "--into", "x"], "'main.ts' is no folder"],
    ["itself", ["test", "--into", "test/../test"], "is one of the folders to bring"],
    ["a flag of a plan", ["test", "--into", "x", "-p", "smoke"], "unknown flag '-p'"],
  ] as const
) {
  Deno.test(`merge refuses ${what} in one line`, () => {
    const error = assertThrows(() => merge.run(args, catalogue), UsageError);
    assertStringIncludes(error.message, message);
    assertEquals(error.message.split("\n").length, 1);
  });
}
