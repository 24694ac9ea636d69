import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import type { Said } from "../../src/fleet/messages.ts";
import { readCheckpoint } from "../../src/run/record/checkpoint.ts";
import {
  fileNames,
  finishWorker,
  outcomeOf,
  readRecord,
  recordNames,
  reportsOf,
  resolved,
  specOf,
  startWorker,
  storeIn,
} from "../support/runs.ts";
import { STANDS } from "../support/standing_worker.ts";

const SPEC = specOf("tiny-div", "ppm", { maxEpochs: 250, memorisedAbove: 0.5 });

async function uninterrupted(results: string): Promise<string> {
  const last = await finishWorker(startWorker(SPEC, results, 30));
  assertEquals(last?.kind, "finished");
  return (last as Extract<Said, { kind: "finished" }>).path;
}

/** A worker that saves whenever it can and stands still in the middle of a save, until `goOn` is there. */
async function standing(results: string, saves: number, goOn = "/nowhere") {
  const worker = startWorker(SPEC, results, 0, {}, ["test/support/standing_worker.ts", String(saves), goOn]);
  for (let said = await worker.reports.next();; said = await worker.reports.next()) {
    if (said.done) throw new Error(`it did not save ${saves} times`);
    if (said.value.kind === "note" && said.value.line === STANDS) return worker;
  }
}

Deno.test("a run killed three times with SIGKILL and resumed equals an uninterrupted one", async () => {
  const folder = Deno.makeTempDirSync();
  const whole = readRecord(await uninterrupted(`${folder}/whole`));
  const path = storeIn(`${folder}/killed`).checkpointPath(resolved(SPEC));
  for (const saves of [3, 20, 60]) {
    const worker = await standing(`${folder}/killed`, saves);
    worker.child.kill("SIGKILL");
    assertEquals(await finishWorker(worker).then((last) => last?.kind === "finished"), false);
  }
  const last = await finishWorker(startWorker(SPEC, `${folder}/killed`, 30));
  assertEquals(last?.kind, "finished");
  const resumed = readRecord((last as Extract<Said, { kind: "finished" }>).path);
  assertEquals(outcomeOf(resumed), outcomeOf(whole));
  assertEquals(resumed.digest, whole.digest);
  // Three phases, the last of them entered in the middle of an epoch.
  assertEquals(new Set(resumed.curve.steps.phase).size, 3);
  // A writer that was killed in the middle leaves a temporary file, which the next bench removes when it is old.
  assertEquals(fileNames(`${folder}/killed`).filter((name) => name.includes(".tmp-")).length, 3);
  const kept = fileNames(`${folder}/killed`).filter((name) => !name.includes(".tmp-"));
  // Its budget has ended it: the checkpoint stays for a larger one.
  assertEquals(resumed.status, "censored");
  assertEquals(kept, [path, ...recordNames(`${folder}/killed`)]);
  assertEquals(readCheckpoint(path)!.progress.epoch, 250);
  Deno.removeSync(folder, { recursive: true });
});

Deno.test("closing a worker's stdin stops it, and the same order goes on to the same result", async () => {
  const folder = Deno.makeTempDirSync();
  const whole = readRecord(await uninterrupted(`${folder}/whole`));
  const worker = await standing(`${folder}/stopped`, 5, `${folder}/go-on`);
  await worker.stdin.close();
  Deno.writeTextFileSync(`${folder}/go-on`, "");
  assertEquals((await finishWorker(worker))?.kind, "stopped");
  const last = await finishWorker(startWorker(SPEC, `${folder}/stopped`, 30));
  assertEquals(outcomeOf(readRecord((last as Extract<Said, { kind: "finished" }>).path)), outcomeOf(whole));
  Deno.removeSync(folder, { recursive: true });
});

for (
  const [damage, change] of [
    ["a flipped byte", (bytes: Uint8Array) => bytes.with(bytes.length - 5, bytes[bytes.length - 5] ^ 1)],
    ["a cut tail", (bytes: Uint8Array) => bytes.slice(0, bytes.length / 2)],
    ["nothing in it", () => new Uint8Array()],
  ] as const
) {
  Deno.test(`a checkpoint with ${damage} is named, and the run starts over to the same result`, async () => {
    const folder = Deno.makeTempDirSync();
    const whole = readRecord(await uninterrupted(`${folder}/whole`));
    const path = storeIn(`${folder}/damaged`).checkpointPath(resolved(SPEC));
    const worker = await standing(`${folder}/damaged`, 5);
    worker.child.kill("SIGKILL");
    await finishWorker(worker);
    Deno.writeFileSync(path, change(Deno.readFileSync(path)));
    const again = startWorker(SPEC, `${folder}/damaged`, 30);
    const said = await reportsOf(again);
    const note = said.find((report) => report.kind === "note");
    assert(note, "the damage was not reported");
    assertStringIncludes(note.line, path);
    const finished = said.find((report) => report.kind === "finished")!;
    assertEquals(outcomeOf(readRecord(finished.path)), outcomeOf(whole));
    Deno.removeSync(folder, { recursive: true });
  });
}
