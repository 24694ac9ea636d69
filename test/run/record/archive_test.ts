import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { dirname } from "node:path";
import { readArchive } from "../../../src/run/record/archive.ts";
import { Store } from "../../../src/run/record/store.ts";
import { cellOf } from "../../../src/table/cell.ts";
import { linesOf } from "../../../src/run/record/lines.ts";
import { compact } from "../../../src/run/record/compact.ts";
import { rejectionOf } from "../../../src/run/record/verify.ts";
import type { Milestone, RunRecord } from "../../../src/run/record/record.ts";
import { sealed } from "../../../src/run/record/seal.ts";
import { confirmationSeeds, confirms, rotatingSeeds } from "../../../src/fleet/seeds.ts";
import { catalogue, finishWorker, readRecord, resolved, specOf, startWorker, trialOf } from "../../support/runs.ts";
import { madeUp } from "../../support/records.ts";

/** One real run, made once for the tests of this file. */
async function realRecord(folder: string): Promise<RunRecord> {
  const last = await finishWorker(startWorker(specOf("tiny-glyphs", "ppm"), folder, 30));
  assert(last?.kind === "finished");
  return readRecord(last.path);
}

const later = (milestone: Milestone | null, by: Partial<Milestone>) => ({ ...milestone!, ...by });

/** What a run that counts wrongly would write: sealed, and wrong. */
const SLIPS: readonly (readonly [RegExp, (record: RunRecord) => Partial<RunRecord>])[] = [
  [/memorised at epoch 1 /, ({ memorised }) => ({ memorised: later(memorised, { epoch: 1 }) })],
  [/memorised .*\(1 steps/, ({ memorised }) => ({ memorised: later(memorised, { steps: 1 }) })],
  [/generalised .* 7 gradient calls/, ({ generalised }) => ({ generalised: later(generalised, { gradientCalls: 7 }) })],
  [/generalised never, its curve says at/, () => ({ generalised: null, status: "censored", steadiness: null })],
  [/above the threshold to the end at epoch 3 /, ({ generalised }) => ({ above: later(generalised, { epoch: 3 }) })],
  [/steady in 1 of/, ({ steadiness: s }) => ({ steadiness: { ...s!, shareAbove: 1, lowestAccuracy: 1 } })],
  [/steady in .* of 1 epochs/, ({ steadiness: s }) => ({ steadiness: { ...s!, epochs: 1 } })],
  [/says diverged, its last loss is \d/, () => ({ status: "diverged" })],
  [/censored at epoch/, () => ({ status: "censored" })],
  [/it is no record: id must match/, () => ({ id: "../../x" })],
  [/it is no record: id must match/, ({ id }) => ({ id: `${id}\n` })],
  [/it is no record: case must match/, () => ({ case: "<script>" })],
  [/it is no record: algorithm must match/, () => ({ algorithm: "=cmd()" })],
  [/it is no record: engine must match/, () => ({ engine: "onnx\u001b[2J" })],
  [/its curve ends otherwise/, ({ gradientCalls }) => ({ gradientCalls: gradientCalls + 1 })],
  [/its curve ends otherwise/, ({ config }) => ({ config: { ...config, extraEpochs: config.extraEpochs + 1 } })],
];

Deno.test("a real record passes, its compact form too, and that is a fraction of the size and its own compact form", async () => {
  const folder = Deno.makeTempDirSync();
  const record = await realRecord(folder);
  assertEquals(record.status, "grokked");
  assertEquals(rejectionOf(record), null);
  const small = compact(record);
  assertEquals(rejectionOf(small), null);
  for (const [what, damage] of SLIPS) {
    const { seal: _, ...slipped } = { ...record, ...damage(record) };
    assertMatch(rejectionOf(sealed(slipped) as RunRecord) ?? "", what);
  }
  assertEquals(compact(JSON.parse(JSON.stringify(small))), small);
  assert(JSON.stringify(small).length < JSON.stringify(record).length / 4);
  assertEquals(small.generalised, record.generalised);
  assert(small.curve.steps.distance.some((d) => d !== null));
  // Both forms lie side by side as one run.
  Deno.writeTextFileSync(`${folder}/more.jsonl`, linesOf([small]));
  const { records, rejected } = readArchive(folder, catalogue);
  assertEquals([records.length, rejected.length], [1, 0]);
  Deno.removeSync(folder, { recursive: true });
});

Deno.test("a run that generalises before its first step is a record, and its compact form has a compact form", () => {
  const { seal: _, curve, ...rest } = madeUp({ seed: 0, generalised: 40 });
  const steps = Object.fromEntries(Object.keys(curve.steps).map((name) => [name, []]));
  const record = sealed({ ...rest, curve: { ...curve, steps } }) as RunRecord;
  assertEquals([record, compact(record), compact(compact(record))].map((each) => rejectionOf(each)), [
    null,
    null,
    null,
  ]);
});

Deno.test("hand-edited records are noticed: by their seal, and a resealed one by its curve", () => {
  const record = madeUp({ seed: 0, generalised: 40 });
  assertEquals(rejectionOf(record), null);
  const faster = { ...record, generalised: { epoch: 20, steps: 80, gradientCalls: 80 } };
  assertStringIncludes(rejectionOf(faster)!, "seal");
  const { seal: _, ...open } = faster;
  assertStringIncludes(
    rejectionOf(sealed(open) as RunRecord)!,
    "generalised at epoch 20 (80 steps, 80 gradient calls), its curve says at epoch 40",
  );
  assertStringIncludes(rejectionOf({ ...record, schema: 0 } as unknown as RunRecord)!, "schema");
});

Deno.test("damaged files in an archive are rejected one by one, with their place", () => {
  const folder = Deno.makeTempDirSync();
  const good = JSON.stringify(madeUp({ seed: 1, generalised: 30 }));
  Deno.writeTextFileSync(`${folder}/a.json`, good.slice(0, -20));
  Deno.writeTextFileSync(`${folder}/b.jsonl`, `${good}\n{"schema":2}\n{"records":2}\n`);
  const { records, rejected } = readArchive(folder, catalogue);
  assertEquals(records.map(({ seed }) => seed), [1]);
  assertEquals(rejected.length, 2);
  assertStringIncludes(rejected[0], "a.json");
  assertStringIncludes(rejected[1], "b.jsonl:2");
  assertEquals(readArchive(`${folder}/nothing`, catalogue), { records: [], rejected: [] });
  Deno.removeSync(folder, { recursive: true });
});

Deno.test("a device by the name of a record is not read, and a byte order mark and CRLF are no damage", () => {
  const folder = Deno.makeTempDirSync();
  const text = JSON.stringify(madeUp({ seed: 0, generalised: 40 }));
  Deno.writeTextFileSync(`${folder}/a.json`, `\uFEFF${text}\r\n`);
  Deno.writeTextFileSync(
    `${folder}/b.jsonl`,
    `\uFEFF${JSON.stringify(madeUp({ seed: 1, generalised: 40 }))}\r\n{"records":1}\r\n`,
  );
  Deno.symlinkSync("/dev/zero", `${folder}/c.json`);
  const { records, rejected } = readArchive(folder, catalogue);
  assertEquals([records.length, rejected.length], [2, 1]);
  assertStringIncludes(rejected[0], "it is no regular file");
  Deno.removeSync(folder, { recursive: true });
});

Deno.test("what a file is called is shown and not obeyed", () => {
  const folder = Deno.makeTempDirSync();
  Deno.writeTextFileSync(`${folder}/a\n::error::b\u001b[2J.json`, "{}");
  const [line] = readArchive(folder, catalogue).rejected;
  assertStringIncludes(line, "a\\u000a::error::b\\u001b[2J.json");
  Deno.removeSync(folder, { recursive: true });
});

Deno.test("a cell does not depend on the budget, on the seed or on naming a default, but on every other field", () => {
  const keyOf = (overrides: Record<string, number | string>) =>
    cellOf(catalogue, madeUp({ seed: 0, generalised: 9, overrides })).key;
  assertEquals(keyOf({ maxEpochs: 99 }), keyOf({}));
  assertEquals(keyOf({ modulus: 23 }), keyOf({}));
  assert(keyOf({ beta: 0.9 }) !== keyOf({}));
  assert(keyOf({ evalEvery: 2 }) !== keyOf({}));
  const { config } = trialOf("tiny-div", "adamw", { layers: 2, maxEpochs: 7, beta: 0.5 });
  assertEquals(cellOf(catalogue, { ...madeUp({ seed: 0, generalised: 9 }), config }).variant, { beta: 0.5, layers: 2 });
});

Deno.test("seeds of a day are new every day, and those that confirm are told apart from those of the screen", () => {
  const days = ["2026-11-23", "2026-11-24", "2027-03-01"];
  const all = days.flatMap((day) => [...rotatingSeeds(day, 50), ...confirmationSeeds(day, 50)]);
  assertEquals(new Set(all).size, 300);
  assertEquals(rotatingSeeds("2026-11-23", 3).map(confirms), [false, false, false]);
  assertEquals(confirmationSeeds("2026-11-23", 3).map(confirms), [true, true, true]);
  assertEquals([0, 60, 9999].map(confirms), [false, false, false]);
});

Deno.test("a broken link hides no record, a linked folder is read, and of two of one run the newer counts", () => {
  const folder = Deno.makeTempDirSync();
  const put = (path: string, record: RunRecord) => {
    Deno.mkdirSync(`${folder}/${path}`, { recursive: true });
    Deno.writeTextFileSync(`${folder}/${path}/s${record.seed}.json`, JSON.stringify(record));
  };
  const at = (record: RunRecord, finishedAt: string) => {
    const { seal: _, ...rest } = record;
    return sealed({ ...rest, timing: { ...record.timing, finishedAt } }) as RunRecord;
  };
  const [first, second] = [0, 1].map((seed) => madeUp({ seed, generalised: 40 }));
  put("results/b", at(first, "2026-11-26T10:00:00Z"));
  put("results/z-backup", at(first, "2026-11-25T10:00:00Z"));
  put("elsewhere", second);
  Deno.symlinkSync(`${folder}/elsewhere`, `${folder}/results/linked`);
  Deno.symlinkSync("/nowhere", `${folder}/results/a.json`);
  const { records, rejected } = readArchive(`${folder}/results`, catalogue);
  assertEquals(records.map(({ seed }) => seed).sort(), [0, 1]);
  assertEquals(records.find(({ seed }) => seed === 0)!.timing.finishedAt, "2026-11-26T10:00:00Z");
  assertEquals(rejected.length, 1);
  assertStringIncludes(rejected[0], "a.json: cannot be read");
  Deno.removeSync(folder, { recursive: true });
});

Deno.test("of one run with two outcomes neither counts, and both are named, also where one form of it is compact", () => {
  const folder = Deno.makeTempDirSync();
  const [first, second, third] = [0, 1, 2].map((seed) => madeUp({ seed, generalised: 40 }));
  const other = madeUp({ seed: 0, generalised: 40, trajectory: "another" });
  const put = (name: string, ...records: RunRecord[]) =>
    Deno.writeTextFileSync(`${folder}/${name}`, name.endsWith("l") ? linesOf(records) : JSON.stringify(records[0]));
  put("a.json", first);
  put("b.jsonl", compact(other), compact(second));
  put("c.json", third);
  // A second copy of one of the two decides nothing.
  put("d.json", first);
  const { records, rejected } = readArchive(folder, catalogue);
  assertEquals(records.map(({ seed }) => seed), [1, 2]);
  const said = ([["a.json", first], ["b.jsonl", other]] as const).map(([name, { digest }]) =>
    `${folder}/${name} (digest ${digest.slice(0, 16)})`
  );
  assertEquals(rejected.length, 1);
  assertStringIncludes(rejected[0], `run ${first.id} has two outcomes, ${said[0]} and ${said[1]}: `);
  assertStringIncludes(rejected[0], "move one of them away; none of them counts");
  Deno.removeSync(folder, { recursive: true });
});

Deno.test("a record is not written through a link that leads to something else: what lies in its place is set aside", () => {
  const folder = Deno.makeTempDirSync();
  const trial = resolved({ ...specOf("tiny-div", "adamw"), seed: 3 });
  const record = madeUp({ seed: 3, generalised: 40 });
  const store = new Store(`${folder}/results`, catalogue);
  const path = store.recordPath(trial);
  Deno.mkdirSync(dirname(path), { recursive: true });
  Deno.writeTextFileSync(`${folder}/precious`, "not a record");
  Deno.symlinkSync(`${folder}/precious`, path);
  store.save(trial, record);
  assertEquals(Deno.readTextFileSync(`${folder}/precious`), "not a record");
  assertEquals(readArchive(`${folder}/results`, catalogue).records, [record]);
  Deno.removeSync(folder, { recursive: true });
});
