import { linesOf } from "../../src/run/record/lines.ts";
import { assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { dirname, join } from "node:path";
import { UsageError } from "../../src/errors.ts";
import { confirmationSeeds, rotatingSeeds } from "../../src/fleet/seeds.ts";
import { expectationOf } from "../../src/gate/bless.ts";
import type { Blessing, Expectation } from "../../src/gate/expectation.ts";
import { type Joined, joinedFolder, joinedTo, joining, pairsOfNights, withJoined } from "../../src/gate/joined.ts";
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

/** Later by a factor, earlier, or the same: one seed a night, `later` of which the last ones are the newest code's. */
interface Nights {
  readonly factor: number;
  readonly count: number;
  readonly sources?: string;
}

let drawn = 0;

/** Runs of nights one after another, each on seeds of its own. */
function nightsOf(...nights: readonly Nights[]): Joined {
  const made = nights.map(({ factor, count, sources = "one code" }) => {
    const seeds = Array.from({ length: count }, () => 20_000 + drawn++);
    const later = new Date(Date.UTC(2026, 10, 1) + 1000 * drawn).toISOString();
    const found = runs(seeds, factor, { sources }).map((run) => ({
      ...run,
      timing: { ...run.timing, finishedAt: later },
    }));
    return { blessed: runs(seeds, 1, { commit: BLESSED }), found };
  });
  return { blessed: made.flatMap(({ blessed }) => blessed), found: made.flatMap(({ found }) => found) };
}

const judgedNights = (joined: Joined) => judgedWith(expected, FIXED, { nights: pairsOfNights(joined, catalogue) });
const verdictOf = (...nights: readonly Nights[]) => judgedNights(nightsOf(...nights)).verdict;

Deno.test("nights that each show little add up: a shift that always has one sign is drift once chance would not do it", () => {
  // One cell, 1/0.01: 2ⁿ/(n+1) ≥ 100 from eleven signs on.
  assertEquals([10, 11].map((count) => verdictOf({ factor: 1.2, count })), ["reproduced", "drift"]);
  assertEquals(verdictOf({ factor: 0.8, count: 11 }), "drift", "too fast is drift as well");
  assertEquals(verdictOf({ factor: 1, count: 30 }), "reproduced");
  assertEquals(verdictOf({ factor: 1.06, count: 30 }), "reproduced", "real, and not worth a broken build");
  const { findings, nights } = judgedNights(nightsOf({ factor: 1.2, count: 12 }));
  assertStringIncludes(
    findings.find(({ tier }) => tier === "nights")!.to,
    "of 12 seeds 12 later, 0 earlier, 0 the same",
  );
  assertEquals([nights[0].later, nights[0].needed, nights[0].drifts], [12, 100, true]);
});

Deno.test("of more cells each needs more, however few are asked for", () => {
  const needed = (promised: number) =>
    judgedWith(expected, FIXED, {
      nights: pairsOfNights(nightsOf({ factor: 1.2, count: 12 }), catalogue),
      promised: new Set(Array.from({ length: promised }, (_, i) => `${i}`)),
    }).nights[0].needed;
  assertEquals([needed(0), needed(84)], [100, 8400]);
});

Deno.test("nights on which nothing differs hide no later slip, and what was taken back clears it", () => {
  const [quiet, slow] = [{ factor: 1, count: 40 }, { factor: 1.3, count: 12, sources: "a slip" }];
  assertEquals(verdictOf(quiet, slow), "drift");
  assertEquals(verdictOf(quiet, slow, { factor: 1, count: 2, sources: "taken back" }), "reproduced");
  assertEquals(verdictOf(quiet, slow, { factor: 1.3, count: 2, sources: "something else" }), "drift");
});

Deno.test("a run that got nowhere is later than one that got there, and makes no verdict greener", () => {
  const slow = nightsOf({ factor: 1.3, count: 12 });
  const with_ = (more: Partial<MadeUpRun>) => {
    const seed = 20_000 + drawn++;
    const [blessed] = runs([seed], 1, { commit: BLESSED });
    const found = { ...runs([seed], 1, { sources: "one code", ...more })[0] };
    return judgedNights({ blessed: [...slow.blessed, blessed], found: [...slow.found, found] });
  };
  for (const more of [{ generalised: null }, { generalised: null, status: "diverged" as const }]) {
    const { verdict, nights } = with_(more);
    assertEquals([verdict, nights[0].later], ["drift", 13]);
  }
});

Deno.test("runs that were given fewer epochs than the expected ones took do not join: all would be cut to their length", () => {
  const seeds = rotatingSeeds(DAY, 3);
  const short = runs(seeds, 1, { commit: BLESSED, generalised: null, overrides: { maxEpochs: 20 } });
  const long = runs(seeds, 1, { commit: BLESSED, generalised: null });
  assertEquals(joining(expected, { blessed: short, found: [] }, asked).blessed, []);
  assertEquals(joining(expected, { blessed: long, found: [] }, asked).blessed, long);
});

Deno.test("what joined under one blessing does not count beside the next, and a damaged file is refused by name", () => {
  const root = Deno.makeTempDirSync();
  try {
    const of = { ...asked, root };
    const path = join(joinedFolder(of, expected, "blessed"), "records.jsonl");
    Deno.mkdirSync(dirname(path), { recursive: true });
    Deno.writeTextFileSync(path, linesOf(runs(rotatingSeeds(DAY, 1)).slice(0, 1)));
    assertEquals(joinedTo(expected, of).blessed.length, 1);
    const blessedAgain = { ...expected, blessings: [...expected.blessings, blessing("0ther000000000")] };
    assertEquals(joinedTo(blessedAgain, of), { blessed: [], found: [] });
    assertEquals(joinedTo(expected, { ...of, engine: "wasm" }), { blessed: [], found: [] });
    Deno.writeTextFileSync(path, "{}\n");
    const error = assertThrows(() => joinedTo(expected, of), UsageError);
    assertStringIncludes(error.message, "records.jsonl");
  } finally {
    Deno.removeSync(root, { recursive: true });
  }
});
