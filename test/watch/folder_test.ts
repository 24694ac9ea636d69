import { assert, assertEquals, assertMatch, assertThrows } from "@std/assert";
import { ourselves } from "../../src/child.ts";
import { CheckpointError, readCheckpoint } from "../../src/run/record/checkpoint.ts";
import { STILL_SECONDS, WatchedFolder } from "../../src/watch/folder.ts";
import { lastOf } from "../../src/run/trajectory.ts";
import { madeUp } from "../support/records.ts";
import { catalogue, cli, fileNames, resolved, specOf, storeIn } from "../support/runs.ts";
import { eventually, inFolder, madeUpCheckpoint, save } from "./support.ts";

const ALL = { cases: [], algorithms: [] };

/** A bench that goes on until it is stopped. */
function startBench(results: string): Deno.ChildProcess {
  const fields = ["memorisedAbove=0.1", "extraEpochs=1000000"].flatMap((pair) => ["--set", pair]);
  const plan = ["-c", "tiny-div", "-a", "ppm", "-s", "3", "--max-epochs", "1000000", ...fields];
  return ourselves({
    module: "main.ts",
    permissions: "bench",
    starts: true,
    args: ["bench", ...plan, "--no-canaries", "--results", results],
    env: { DRIVEN_HUNT_SAVE_SECONDS: "0" },
    stdout: "null",
    stderr: "null",
  }).spawn();
}

Deno.test("a bench that runs is shown, goes on, and is left as it was", () =>
  inFolder(async (results) => {
    const child = startBench(results);
    try {
      const folder = new WatchedFolder(results, ALL, catalogue);
      const look = () => folder.snapshot(Date.now()).underWay[0];
      const first = await eventually(() => look()?.distances ? look() : null);
      const { name, phase, maxEpochs, memorised, epochs, distances } = first;
      assertEquals([name?.case, name?.algorithm, name?.seed], ["tiny-div", "ppm", 3]);
      assertEquals(name?.variant, "extraEpochs=1000000 memorisedAbove=0.1");
      assertEquals([phase, maxEpochs], ["hunt", 1_000_000]);
      assert(memorised !== null && lastOf(epochs.weightNorm)! > 0 && lastOf(distances!.distance)! >= 0);
      assert(Math.max(...epochs.trainAccuracy as number[]) > 0.1);
      await eventually(() => look()?.epoch > first.epoch);
      for (const args of [[], ["--once", "-c", "tiny-div", "-a", "ppm"]]) {
        const { code, stdout, stderr } = await cli(["watch", "--results", results, ...args], {}, "watch");
        assertEquals([code, stderr], [0, ""]);
        assertMatch(stdout, /^1 run under way in .*\ntiny-div .* ppm seed 3\n {2}epoch [\d,]+\/1,000,000 {2}hunt /);
      }
    } finally {
      child.kill("SIGINT");
      await child.status;
    }
    assertEquals(fileNames(results).map((path) => path.replace(/[0-9a-f]{16}-1000000$/, "id")), [
      `${results}/.checkpoints/id`,
    ]);
  }));

Deno.test("a damaged checkpoint is passed over, read again next time, and never touched", () =>
  inFolder((results) => {
    const path = save(results, madeUpCheckpoint(5));
    const folder = new WatchedFolder(results, ALL, catalogue);
    const look = () => {
      const { underWay, passedOver } = folder.snapshot(Date.now());
      return [underWay.map(({ epoch }) => epoch), passedOver];
    };
    assertEquals(look(), [[5], []]);
    const whole = Deno.readFileSync(path);
    for (const damaged of [whole.slice(0, 200), new Uint8Array(), whole.with(150, whole[150] ^ 1)]) {
      Deno.writeFileSync(path, damaged);
      // As a new file has another time than the one before, however fast the test.
      Deno.utimeSync(path, new Date(), new Date(Date.now() + 10_000));
      assertEquals(look(), [[], [path]]);
      assertEquals(Deno.readFileSync(path), damaged);
      Deno.writeFileSync(path, whole);
      assertEquals(look(), [[5], []]);
    }
    Deno.removeSync(path);
    assertEquals(look(), [[], []]);
  }));

Deno.test("a worker's leftovers and a folder that is not there are nothing", () =>
  inFolder((results) => {
    const folder = new WatchedFolder(`${results}/later`, ALL, catalogue);
    const nothing = { results: `${results}/later`, underWay: [], still: [], finished: [], passedOver: [] };
    assertEquals(folder.snapshot(0), nothing);
    Deno.mkdirSync(`${results}/later/.checkpoints`, { recursive: true });
    Deno.writeTextFileSync(`${results}/later/.checkpoints/.0123456789abcdef.tmp-1`, "half");
    assertEquals(folder.snapshot(0), nothing);
  }));

Deno.test("a checkpoint that nobody renews is of a run that is not under way", () =>
  inFolder((results) => {
    save(results, madeUpCheckpoint(5));
    const folder = new WatchedFolder(results, ALL, catalogue);
    const later = folder.snapshot(Date.now() + 1000 * (STILL_SECONDS + 1));
    assertEquals([later.underWay.length, later.still.length], [0, 1]);
    assertEquals(folder.snapshot(Date.now()).underWay.length, 1);
  }));

Deno.test("finished runs are shown, newest first, contradictory records passed over", () =>
  inFolder((results) => {
    const store = storeIn(results);
    for (const seed of [0, 1]) {
      const record = madeUp({ seed, generalised: 81 });
      store.save(resolved({ ...specOf("tiny-div", "adamw"), seed }), record);
    }
    Deno.writeTextFileSync(`${results}/tiny-div/adamw/s9-x.json`, JSON.stringify({ schema: 2 }));
    const { finished, passedOver } = new WatchedFolder(results, ALL, catalogue).snapshot(Date.now());
    assertEquals(finished.map(({ seed, generalised }) => [seed, generalised]).sort(), [[0, 81], [1, 81]]);
    assertEquals(passedOver, [`${results}/tiny-div/adamw/s9-x.json`]);
  }));

Deno.test("chosen cases and algorithms are what is followed", () =>
  inFolder((results) => {
    save(results, madeUpCheckpoint(5));
    const other = specOf("tiny-add", "adamw");
    save(results, madeUpCheckpoint(7, other), other);
    const epochs = (cases: string[], algorithms: string[]) =>
      new WatchedFolder(results, { cases, algorithms }, catalogue).snapshot(Date.now()).underWay.map(({ epoch }) =>
        epoch
      );
    assertEquals(epochs([], []), [7, 5]);
    assertEquals(epochs(["tiny-div"], []), [5]);
    assertEquals(epochs([], ["adamw"]), [7]);
    assertEquals(epochs(["tiny-div"], ["adamw"]), []);
  }));

Deno.test("a checkpoint says what was asked for, and all of it is read as it was written", () =>
  inFolder((results) => {
    const written = madeUpCheckpoint(5);
    assertEquals(readCheckpoint(save(results, written)), written);
    assertEquals(written.spec, specOf("tiny-div", "ppm"));
  }));

Deno.test("a checkpoint of another version is passed over, not shown as a run and not called damaged", () =>
  inFolder((results) => {
    const path = save(results, madeUpCheckpoint(5));
    const older = new TextDecoder("latin1").decode(Deno.readFileSync(path)).replace("checkpoint 4", "checkpoint 3");
    Deno.writeFileSync(path, Uint8Array.from(older, (letter) => letter.charCodeAt(0)));
    assertThrows(() => readCheckpoint(path), CheckpointError, "it is of another version of this program");
    const { underWay, passedOver } = new WatchedFolder(results, ALL, catalogue).snapshot(Date.now());
    assertEquals([underWay, passedOver], [[], [path]]);
  }));

Deno.test("a run that its budget has ended is not under way, though a larger budget would go on from it", () =>
  inFolder((results) => {
    const spec = specOf("tiny-div", "ppm", { maxEpochs: 5 });
    save(results, madeUpCheckpoint(5, spec), spec);
    const { underWay, still } = new WatchedFolder(results, ALL, catalogue).snapshot(Date.now());
    assertEquals([underWay, still], [[], []]);
  }));
