import { assert, assertEquals, assertThrows } from "@std/assert";
import { UsageError } from "../../src/errors.ts";
import { gateInputOf, judge } from "../../src/gate/judge.ts";
import { readArchive } from "../../src/run/record/archive.ts";
import { compact } from "../../src/run/record/compact.ts";
import { outlining } from "../../src/run/record/outline.ts";
import { rejectionOf } from "../../src/run/record/verify.ts";
import { type Places, placesIn, writeAll } from "../../tools/scale/folder.ts";
import { growthOf, type Point } from "../../tools/scale/growth.ts";
import { madeUp } from "../../tools/scale/made_up.ts";
import { parseOptions } from "../../tools/scale/options.ts";
import { cellsFor, SCALE, SEEDS, seedsFrom, trialsOf, withCells } from "../../tools/scale/plan.ts";

const MAKER = { sources: "some", commit: "c0ffee", trajectory: 0 };

Deno.test("made-up runs are records that are believed, full and compact, of every end, and the same each time", () => {
  const trials = trialsOf(withCells(cellsFor(1000)), seedsFrom(0));
  const records = trials.map((trial) => madeUp(trial, MAKER));
  assertEquals(new Set(records.map(({ id }) => id)).size, 1000);
  assertEquals(new Set(records.map((record) => rejectionOf(record))), new Set([null]));
  assertEquals(new Set(records.map((record) => rejectionOf(compact(record)))), new Set([null]));
  assertEquals(new Set(records.map(({ status }) => status)), new Set(["grokked", "censored", "diverged"]));
  assertEquals(madeUp(trials[7], MAKER), records[7]);
  const times = (trajectory: number) =>
    trials.map((trial) => madeUp(trial, { ...MAKER, trajectory }).generalised?.epoch);
  assert(times(1).some((epoch, i) => epoch !== records[i].generalised?.epoch));
});

/** A folder of runs of so many cells, judged in each way. */
function judged(cells: number) {
  const root = Deno.makeTempDirSync();
  try {
    const [scaled, places] = [withCells(cells), placesIn(root)];
    writeAll(scaled, places);
    const plan = trialsOf(scaled, seedsFrom(0));
    const input = gateInputOf({ catalogue: scaled, profile: SCALE, engine: "onnx", plan }, places.expected);
    return (["full", "kept", "again", "fresh"] as const satisfies readonly (keyof Places)[]).map((name) => {
      const whole = readArchive(places[name], scaled);
      const outlined = readArchive(places[name], scaled, outlining());
      assertEquals([whole.rejected, whole.records.length], [[], SEEDS * cells]);
      const judgement = judge(input, whole);
      assertEquals(judge(input, outlined), judgement, "what is judged is the same without the curves");
      return judgement;
    });
  } finally {
    Deno.removeSync(root, { recursive: true });
  }
}

Deno.test("four times the records have a verdict of the same kind, and every run counts", () => {
  for (const cells of [5, 20]) {
    const [full, kept, again, fresh] = judged(cells);
    const runs = SEEDS * cells;
    assertEquals([full.verdict, full.runs], ["reproduced", { repeated: runs, fresh: 0 }]);
    assertEquals(kept, full, "a compact record is judged as the full one");
    assertEquals(again.runs, { repeated: 0, fresh: runs });
    assertEquals(fresh.runs, { repeated: 0, fresh: runs });
    for (const { findings, verdict } of [again, fresh]) {
      assertEquals(findings.filter(({ tier }) => tier === "time").length, cells);
      assert(["reproduced", "inconclusive"].includes(verdict), verdict);
    }
  }
});

Deno.test("growth is told with what is paid once taken out, and of two numbers as it is", () => {
  const point = (stage: string, records: number, seconds: number, own: number): Point => (
    { stage, records, seconds, processorSeconds: seconds, startKiB: 1000, peakKiB: 1000 + own }
  );
  const found = growthOf([
    ...[100, 1000, 10_000].map((n) => point("even", n, 7 + n / 50, n * 3)),
    ...[10_000, 100, 3000].map((n) => point("steep", n, 40 + (n / 1000) ** 2, n)),
    ...[100, 200].map((n) => point("two", n, n ** 1.5, n ** 0.5)),
    point("alone", 100, 1, 1),
  ]);
  const rows = found.map(({ stage, seconds, memory, grows }) => [stage, seconds.toFixed(6), memory.toFixed(6), grows]);
  assertEquals(rows, [
    ["even", "1.000000", "1.000000", false],
    ["steep", "2.000000", "1.000000", true],
    ["two", "1.500000", "0.500000", true],
  ]);
});

Deno.test("numbers of records are whole cells", () => {
  assertEquals(parseOptions(["--records", "400,40"]), { records: [40, 400], json: null });
  for (const wrong of ["0", "30", "x", "40,40", "40,", "-20"]) {
    assertThrows(() => parseOptions([`--records=${wrong}`]), UsageError, "multiples of 20");
  }
});
