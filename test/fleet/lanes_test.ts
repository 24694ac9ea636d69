import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import type { Values } from "../../src/declare/field.ts";
import { type Outcome, supervise } from "../../src/fleet/supervisor.ts";
import type { RunRecord } from "../../src/run/record/record.ts";
import type { Trial } from "../../src/run/trial.ts";
import { cli, resolved, specOf, storeIn } from "../support/runs.ts";
import { FAILS } from "../support/wide_worker.ts";
import { inFolder, SOURCES } from "./support.ts";

/** Short, and with phases and ends at other epochs for other seeds. */
const SHORT: Values = { memorisedAbove: 0.5, generalisedAbove: 0.35, extraEpochs: 5, maxEpochs: 30 };
const planned = (seed: number, overrides = SHORT): Trial =>
  resolved({ ...specOf("tiny-glyphs", "ppm", overrides), seed });

const silent = { started() {}, begun() {}, progress() {}, ended() {}, note() {} };

/** Carries out a plan with a worker that has lanes. */
function carryOut(plan: readonly Trial[], folder: string, lanes: number, more = {}, watch = {}): Promise<Outcome[]> {
  const options = {
    workers: 1,
    lanes,
    reuse: true,
    signal: new AbortController().signal,
    sources: SOURCES,
    worker: "test/support/wide_worker.ts",
    ...more,
  };
  return supervise(plan, storeIn(folder), options, { ...silent, ...watch });
}

const reached = ({ memorised, generalised, status, epochs }: RunRecord) => ({ memorised, generalised, status, epochs });
const reachedBy = (outcomes: readonly Outcome[]) =>
  outcomes.map((outcome) => {
    assert("record" in outcome, JSON.stringify(outcome));
    return reached(outcome.record);
  });

const lanesOf = (outcomes: readonly Outcome[]) =>
  outcomes.map((outcome) => "record" in outcome && outcome.record.provenance.lanes);

Deno.test("runs in lanes come to what they come to alone, also after their worker was killed", async () => {
  await inFolder(async (folder) => {
    const plan = [0, 1, 2, 3, 4].map((seed) => planned(seed));
    const alone = reachedBy(await carryOut(plan, `${folder}/alone`, 1));
    const beside = await carryOut(plan, `${folder}/lanes`, 3);
    assertEquals(reachedBy(beside), alone);
    assertEquals(lanesOf(beside), Array(plan.length).fill(3));
    // Where there is room for more than there is to do, nobody has been beside it.
    assertEquals(lanesOf(await carryOut([planned(9)], `${folder}/room`, 8)), [undefined]);
    assert(new Set(alone.map(({ memorised }) => memorised?.epoch)).size > 1);

    // Killed as soon as the fourth run has a lane: one has ended by then, at least one is under way, one has not begun.
    const insist = new AbortController();
    const begun: number[] = [];
    const watch = {
      begun({ spec: { seed } }: Trial) {
        begun.push(seed);
        if (begun.length === 4) insist.abort();
      },
    };
    const killed = await carryOut(plan, `${folder}/killed`, 3, { insist: insist.signal }, watch);
    const failures = killed.filter((outcome) => "failure" in outcome);
    assert(failures.length >= 1 && failures.length < 5, JSON.stringify(killed));
    for (const { failure } of failures) assertStringIncludes(failure, "killed by SIGKILL");
    assertEquals(reachedBy(await carryOut(plan, `${folder}/killed`, 3)), alone);
  });
});

Deno.test("a lane whose time is over, or that fails, takes no other with it", async () => {
  await inFolder(async (folder) => {
    // No machine does 30 million steps in two seconds.
    const endless = { maxEpochs: 10_000_000, generalisedAbove: 0.9999 };
    const started: number[] = [];
    const watch = { started: ({ spec: { seed } }: Trial) => void started.push(seed) };
    const plan = [0, 1, 2].map((seed) => planned(seed, endless));
    const late = await carryOut(plan, folder, 2, { timeoutSeconds: 2 }, watch);
    assertEquals(late.map((outcome) => "failure" in outcome && outcome.failure.includes("took longer than 2 s")), [
      true,
      true,
      true,
    ]);
    // The third had the place of one that had gone, and time of its own.
    assertEquals(started, [0, 1, 2]);
    assert(storeIn(folder).checkpoint(plan[2]));
  });
});

Deno.test("a plan in lanes that is interrupted stops what is under way, and begins nothing more", async () => {
  await inFolder(async (folder) => {
    const interrupt = new AbortController();
    const begun = new Set<number>();
    const watch = {
      begun: ({ spec: { seed } }: Trial) => void begun.add(seed),
      progress: () => interrupt.abort(),
    };
    const plan = [0, 1, 2, 3].map((seed) => planned(seed, { maxEpochs: 10_000_000, generalisedAbove: 0.9999 }));
    const outcomes = await carryOut(plan, folder, 2, { signal: interrupt.signal }, watch);
    assert(outcomes.every((outcome) => "stopped" in outcome), JSON.stringify(outcomes));
    assertEquals([...begun].sort(), [0, 1]);
    assert(storeIn(folder).checkpoint(plan[1]));
    assertEquals(storeIn(folder).checkpoint(plan[3]), null);
  });
});

Deno.test("with --no-cache a run keeps its record until its turn comes", async () => {
  await inFolder(async (folder) => {
    const plan = [0, 1, 2, 3].map((seed) => planned(seed));
    reachedBy(await carryOut(plan, folder, 4));
    const interrupt = new AbortController();
    const watch = { begun: () => interrupt.abort() };
    await carryOut(plan, folder, 2, { reuse: false, signal: interrupt.signal }, watch);
    const left = plan.filter((trial) => storeIn(folder).read(trial) !== null);
    assertEquals(left.map(({ spec: { seed } }) => seed), [2, 3]);
  });
});

Deno.test("a device that gives up takes the runs under way with it, and the others have a new worker", async () => {
  await inFolder(async (folder) => {
    Deno.env.set(FAILS, `30 ${folder}/note`);
    try {
      const plan = [0, 1, 2, 3, 4].map((seed) => planned(seed));
      const outcomes = await carryOut(plan, `${folder}/results`, 2);
      const failed = outcomes.filter((outcome) => "failure" in outcome);
      assertEquals(failed.map(({ failure }) => failure), Array(2).fill("EngineFailed: the device was lost"));
      assertEquals(outcomes.filter((outcome) => "record" in outcome).length, 3);
    } finally {
      Deno.env.delete(FAILS);
    }
  });
});

Deno.test("lanes are refused on an engine that has none", async () => {
  const { code, stderr } = await cli(["bench", "-c", "tiny-add", "--lanes", "4", "--dry-run"]);
  assertEquals(code, 2);
  assertStringIncludes(stderr, "--lanes 4: engine 'onnx' has no lanes; leave it out, or choose onnx:webgpu with -e");
  assertStringIncludes((await cli(["tune", "-a", "ppm", "--lanes", "x"])).stderr, "--lanes 'x'");
});
