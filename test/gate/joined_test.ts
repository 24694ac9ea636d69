import { assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { dirname, join } from "node:path";
import { UsageError } from "../../src/errors.ts";
import { confirmationSeeds, rotatingSeeds } from "../../src/fleet/seeds.ts";
import { expectationOf } from "../../src/gate/bless.ts";
import type { Blessing, Expectation } from "../../src/gate/expectation.ts";
import { joinedFolder, joinedTo, joining, pairsOfNights, withJoined } from "../../src/gate/joined.ts";
import { judge } from "../../src/gate/judge.ts";
import type { RunRecord } from "../../src/run/record/record.ts";
import { catalogue, resolved, specOf } from "../support/runs.ts";
import { madeUp, type MadeUpRun } from "../support/records.ts";

const DAY = "2026-11-23";
const BLESSED = "b1e55ed00000000";
const epochs = (seed: number, factor = 1) => Math.round(factor * (60 + 3 * ((seed * 7) % 5 - 2)));
const runs = (seeds: readonly number[], factor = 1, more: Partial<MadeUpRun> = {}) =>
  seeds.map((seed) => madeUp({ algorithm: "ppm", seed, generalised: epochs(seed, factor), dirty: false, ...more }));

const FIXED = runs([0, 1, 2, 3, 4]);
const blessing = (commit: string): Blessing => ({ date: "2026-11-01", by: "a", commit, reason: "r" });
const expected = expectationOf(catalogue, { profile: "smoke", case: "tiny-div" }, FIXED, [blessing(BLESSED)]);
const asked = { engine: "onnx", catalogue };

const judgedWith = (expectation: Expectation, records: readonly RunRecord[], nights = {}) =>
  judge({
    catalogue,
    profile: "smoke",
    engine: "onnx",
    plan: records.map(({ seed }) => resolved({ ...specOf("tiny-div", "ppm"), seed })),
    expectations: [expectation],
    ...nights,
  }, { records, rejected: [] });

Deno.test("of the expected code joins what it ran on seeds of a day at the blessed commit, of the new one its partners", () => {
  const day = rotatingSeeds(DAY, 2);
  const [one, two] = runs(day, 1, { commit: BLESSED });
  const found = runs(day, 1.1);
  assertEquals(joining(expected, { blessed: [one, two], found }, asked), { blessed: [one, two], found });
  assertEquals(joining(expected, { blessed: [one], found }, asked).found, [found[0]]);
  const others = [
    ...runs([7], 1, { commit: BLESSED }),
    ...runs(confirmationSeeds(DAY, 1), 1, { commit: BLESSED }),
    ...runs(day, 1, { commit: "another000" }),
    ...runs(day, 1, { commit: BLESSED, dirty: true }),
    ...runs(day, 1, { commit: BLESSED, algorithm: "adamw" }),
    { ...one, engine: "wasm" },
  ];
  assertEquals(joining(expected, { blessed: others, found }, asked), { blessed: [], found: [] });
  assertEquals(joining(expected, { blessed: [one, two], found: runs(day, 1, { dirty: true }) }, asked).found, []);
});

Deno.test("what has joined counts as expected: strangers are compared with more of them", () => {
  const blessed = runs(rotatingSeeds(DAY, 10), 1, { commit: BLESSED });
  const grown = withJoined(expected, { blessed, found: [] }, catalogue);
  assertEquals(grown.cells[0].samples.map(({ seed }) => seed), [0, 1, 2, 3, 4, ...rotatingSeeds(DAY, 10)]);
  assertEquals(withJoined(grown, { blessed, found: [] }, catalogue).cells[0].samples.length, 15, "a seed joins once");
  const strangers = runs(rotatingSeeds("2026-11-24", 5), 1.6);
  const look = (expectation: Expectation) =>
    judgedWith(expectation, strangers).findings.find(({ tier }) => tier === "time")!.numbers;
  assertEquals([look(expected).n.expected, look(grown).n.expected], [5, 15]);
  assertEquals(look(grown).p! < look(expected).p!, true);
});

/** Nights of one seed each under both codes, the new one taking `factor` times as long. */
function nightsOf(count: number, factor: number) {
  const seeds = Array.from({ length: count }, (_, i) => rotatingSeeds(DAY, count)[i]);
  const joined = { blessed: runs(seeds, 1, { commit: BLESSED }), found: runs(seeds, factor) };
  return judgedWith(expected, FIXED, { nights: pairsOfNights(joined, catalogue) });
}
const nightly = (count: number, factor: number) =>
  nightsOf(count, factor).findings.find(({ tier }) => tier === "nights")!;

Deno.test("nights that each show little add up: a shift that always has one sign is drift once chance would not do it", () => {
  // One cell, 1/0.01: 2ⁿ/(n+1) ≥ 100 from eleven signs on.
  assertEquals([10, 11].map((count) => nightly(count, 1.2).verdict), ["reproduced", "drift"]);
  assertEquals(nightly(11, 0.8).verdict, "drift", "too fast is drift as well");
  assertEquals(nightly(30, 1).verdict, "reproduced");
  assertEquals(nightly(30, 1.06).verdict, "reproduced", "real, and not worth a broken build");
  assertStringIncludes(nightly(12, 1.2).to, "of 12 seeds 12 later, 0 earlier, 0 the same");
  assertEquals([nightsOf(10, 1.2).verdict, nightsOf(11, 1.2).verdict], ["reproduced", "drift"]);
});

Deno.test("what joined under one blessing does not count beside the next, and a damaged file is refused by name", () => {
  const root = Deno.makeTempDirSync();
  try {
    const path = join(joinedFolder(root, expected, "blessed"), "records.jsonl");
    Deno.mkdirSync(dirname(path), { recursive: true });
    Deno.writeTextFileSync(path, JSON.stringify(runs(rotatingSeeds(DAY, 1))[0]) + "\n");
    assertEquals(joinedTo(expected, root, catalogue).blessed.length, 1);
    const blessedAgain = { ...expected, blessings: [...expected.blessings, blessing("0ther000000000")] };
    assertEquals(joinedTo(blessedAgain, root, catalogue), { blessed: [], found: [] });
    Deno.writeTextFileSync(path, "{}\n");
    const error = assertThrows(() => joinedTo(expected, root, catalogue), UsageError);
    assertStringIncludes(error.message, "records.jsonl");
  } finally {
    Deno.removeSync(root, { recursive: true });
  }
});
