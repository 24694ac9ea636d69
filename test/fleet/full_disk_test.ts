import { assert, assertEquals } from "@std/assert";
import type { Said } from "../../src/fleet/messages.ts";
import { readCheckpoint } from "../../src/run/record/checkpoint.ts";
import { FULL } from "../support/full_disk_worker.ts";
import { fileNames, outcomeOf, readRecord, recordNames, reportsOf, startWorker, storeIn } from "../support/runs.ts";
import { inFolder, small } from "./support.ts";

const TRIAL = small({ maxEpochs: 8 });

/** What a worker says that saves after each epoch, on a disk that is full at some of its saves. */
const onFullDisk = (folder: string, ...args: string[]): Promise<Said[]> =>
  reportsOf(startWorker(TRIAL.spec, folder, 0, {}, ["test/support/full_disk_worker.ts", ...args]));

const notesOf = (said: readonly Said[]) => said.flatMap((report) => report.kind === "note" ? [report.line] : []);

Deno.test("a disk that is full for a while is said once, and the run comes to the record that it comes to elsewhere", () =>
  inFolder(async (folder) => {
    const whole = await reportsOf(startWorker(TRIAL.spec, `${folder}/whole`, 0));
    const said = await onFullDisk(`${folder}/full`, "3", "5");
    const path = storeIn(`${folder}/full`).checkpointPath(TRIAL);
    const line = `checkpoint ${path} could not be written: ${FULL}; the run trains on, and tries again later`;
    assertEquals(notesOf(said), [line]);
    const records = [whole, said].map((reports) => {
      const last = reports.at(-1);
      assert(last?.kind === "finished");
      return outcomeOf(readRecord(last.path));
    });
    assertEquals(records[1], records[0]);
    // The last one had room again; of the others nothing is left.
    assertEquals(readCheckpoint(path)!.progress.epoch, 8);
    assertEquals(fileNames(`${folder}/full`), [path, ...recordNames(`${folder}/full`)]);
  }));

Deno.test("a record for which there is no room fails the run with the reason, and the run goes on from its checkpoint", () =>
  inFolder(async (folder) => {
    const said = await onFullDisk(folder, "4", "1000", "records");
    const store = storeIn(folder);
    const refused = `record ${store.recordPath(TRIAL)} could not be written: ${FULL}`;
    assertEquals(said.at(-1), {
      kind: "failed",
      line: `${refused}; the same command goes on from what was saved last`,
    });
    assertEquals(fileNames(folder), [store.checkpointPath(TRIAL)]);
    const { epoch } = readCheckpoint(store.checkpointPath(TRIAL))!.progress;
    assert(epoch < 8);
    const again = await reportsOf(startWorker(TRIAL.spec, folder, 30));
    assertEquals([again[0], again.at(-1)?.kind], [{ kind: "begun", from: epoch }, "finished"]);
  }));

Deno.test("a run that is stopped while the disk is full says what it goes on from", () =>
  inFolder(async (folder) => {
    const worker = startWorker(TRIAL.spec, folder, 0, {}, ["test/support/full_disk_worker.ts", "1", "1000"]);
    await worker.stdin.close();
    const path = storeIn(folder).checkpointPath(TRIAL);
    const said = (await reportsOf(worker)).filter(({ kind }) => kind !== "progress" && kind !== "begun");
    assertEquals(said, [{
      kind: "failed",
      line: `checkpoint ${path} could not be written: ${FULL}; the same command goes on from the one before`,
    }]);
  }));
