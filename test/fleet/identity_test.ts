import { assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import type { Said } from "../../src/fleet/messages.ts";
import { readCheckpoint } from "../../src/run/record/checkpoint.ts";
import type { RunRecord } from "../../src/run/record/record.ts";
import { sealed } from "../../src/run/record/seal.ts";
import { fileNames, outcomeOf, readRecord, recordNames, reportsOf, specOf, startWorker } from "../support/runs.ts";
import { bench, inFolder, setAside, small, SOURCES, stopped } from "./support.ts";

/** The record of a run, as other code would have left it. */
function remade(folder: string, { sources, computation }: { sources: string | null; computation: string | null }) {
  const [path] = recordNames(folder);
  const { seal: _, ...record } = readRecord(path);
  const other = sealed({ ...record, computation, provenance: { ...record.provenance, sources } }) as RunRecord;
  Deno.writeTextFileSync(path, JSON.stringify(other));
  return other;
}

Deno.test("a record of other sources that computes the same is taken; one that does not, or does not say, is done again", () =>
  inFolder(async (folder) => {
    const trial = small({ maxEpochs: 3 });
    const { record } = await bench(trial, folder);
    assertEquals(record.provenance.sources, SOURCES);
    assertMatch(record.computation!, /^[0-9a-f]{64}$/);

    const same = remade(folder, { sources: "other", computation: record.computation });
    const taken = await bench(trial, folder);
    assertEquals([taken.reused, taken.record.seal, taken.notes], [true, same.seal, []]);

    const unsaid = remade(folder, { sources: SOURCES, computation: null });
    assertEquals((await bench(trial, folder)).record.seal, unsaid.seal);

    const cases = [
      { made: { sources: "other", computation: "0".repeat(64) }, why: "the code computes something else by now" },
      { made: { sources: "other", computation: null }, why: "it does not say what it computed" },
      { made: { sources: null, computation: null }, why: "it does not say what it computed" },
    ];
    for (const [i, { made, why }] of cases.entries()) {
      const old = remade(folder, made);
      const path = recordNames(folder)[0];
      const again = await bench(trial, folder);
      assertEquals(again.reused, false);
      assertEquals(again.notes.length >= 1, true);
      for (const part of [path, why, "the run is done again"]) assertStringIncludes(again.notes[0], part);
      assertEquals(setAside(folder).length, i + 1);
      const kept = setAside(folder).find((file) => again.notes[0].includes(file))!;
      assertEquals(readRecord(kept), old);
      assertEquals(outcomeOf(again.record), outcomeOf(record));
      assertEquals(again.record.provenance.sources, SOURCES);
    }
    // Nobody takes what was set aside for a result.
    assertEquals(recordNames(folder).length, 1);
  }));

Deno.test("a checkpoint of other sources that computes the same is gone on from, one of another computation is set aside", () =>
  inFolder(async (folder) => {
    const trial = small({ maxEpochs: 12 });
    const { record: whole } = await bench(trial, `${folder}/whole`);
    await stopped(trial, `${folder}/same`, { sources: "other" });
    const same = await bench(trial, `${folder}/same`);
    assertEquals([same.notes, same.from !== null], [[], true]);
    assertEquals([outcomeOf(same.record), setAside(`${folder}/same`)], [outcomeOf(whole), []]);

    const change = { sources: "other", computation: "0".repeat(64) };
    const path = await stopped(trial, `${folder}/other`, change);
    const before = Deno.readFileSync(path);
    const other = await bench(trial, `${folder}/other`);
    assertEquals([other.notes.length, other.from], [1, null]);
    assertStringIncludes(other.notes[0], `checkpoint ${path}: the code computes something else by now`);
    const [aside] = setAside(`${folder}/other`);
    assertStringIncludes(other.notes[0], aside);
    assertEquals(Deno.readFileSync(aside), before);
    assertEquals(outcomeOf(other.record), outcomeOf(whole));
  }));

Deno.test("a worker whose code is not that of its order says so in one line and does nothing", () =>
  inFolder(async (folder) => {
    const said = await reportsOf(
      startWorker(specOf("tiny-div", "adamw", { maxEpochs: 3 }), folder, 30, { sources: "x" }),
    );
    assertEquals(said, [{
      kind: "failed",
      line: "UsageError: the code has changed since the run was planned; give the same command again",
    }]);
    assertEquals(fileNames(folder), []);
  }));

Deno.test("--no-cache starts over, whatever records and checkpoints there are, and finds the same", () =>
  inFolder(async (folder) => {
    const trial = small({ maxEpochs: 20 });
    await bench(small({ maxEpochs: 10 }), folder);
    const first = await bench(trial, folder);
    assertEquals(first.from, 10);
    const over = await bench(trial, folder, false);
    assertEquals([over.reused, over.notes], [false, []]);
    assertEquals(outcomeOf(over.record), outcomeOf(first.record));
    // What was there is kept, seconds and probes and all.
    const [record, checkpoint] = setAside(folder).toSorted((a, b) =>
      Number(b.includes("/s0-")) - Number(a.includes("/s0-"))
    );
    assertEquals(readRecord(record), first.record);
    assertEquals(readCheckpoint(checkpoint)!.progress.epoch, 20);
    const said: Said[] = await reportsOf(startWorker(trial.spec, folder, 30, { fromStart: true }));
    assertEquals(said.filter(({ kind }) => kind === "note"), []);
    assertEquals(said.at(-1)?.kind, "finished");
  }));
