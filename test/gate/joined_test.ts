import { assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { join } from "node:path";
import { UsageError } from "../../src/errors.ts";
import { confirmationSeeds, rotatingSeeds } from "../../src/fleet/seeds.ts";
import { expectationOf } from "../../src/gate/bless.ts";
import type { Blessing } from "../../src/gate/expectation.ts";
import { joinedFolder, joinedTo, joining, notQuiet, withJoined } from "../../src/gate/joined.ts";
import { judge } from "../../src/gate/judge.ts";
import { catalogue, resolved, specOf } from "../support/runs.ts";
import { madeUp, type MadeUpRun } from "../support/records.ts";

const DAY = "2026-11-23";
const epochs = (seed: number, factor = 1) => Math.round(factor * (60 + 3 * ((seed * 7) % 5 - 2)));
const runs = (seeds: readonly number[], factor = 1, more: Partial<MadeUpRun> = {}) =>
  seeds.map((seed) => madeUp({ algorithm: "ppm", seed, generalised: epochs(seed, factor), dirty: false, ...more }));

const FIXED = runs([0, 1, 2, 3, 4]);
const blessing = (commit: string): Blessing => ({ date: "2026-11-01", by: "a", commit, reason: "r" });
const expected = expectationOf(catalogue, { profile: "smoke", case: "tiny-div" }, FIXED, [blessing("b1e55ed00000000")]);
const judgedBy = { engine: "onnx", commits: ["c0ffee0000"] };
const joiningOf = (...records: ReturnType<typeof madeUp>[]) => joining(judgedBy, expected, records, catalogue);

Deno.test("only what a night that changed nothing ran on seeds of its day joins what is expected", () => {
  const [own] = runs(rotatingSeeds(DAY, 1));
  assertEquals(joiningOf(own), [own]);
  const others = [
    ...runs([7]),
    ...runs(confirmationSeeds(DAY, 1)),
    ...runs(rotatingSeeds(DAY, 1), 1, { commit: "another000" }),
    ...runs(rotatingSeeds(DAY, 1), 1, { dirty: true }),
    ...runs(rotatingSeeds(DAY, 1), 1, { algorithm: "adamw" }),
    { ...own, engine: "wasm" },
  ];
  assertEquals(joiningOf(...others), []);
});

Deno.test("a night with a run that does not repeat an expected one is not quiet, nor one that is not reproduced", () => {
  assertEquals(notQuiet({ verdict: "reproduced", runs: { repeated: 5, fresh: 0 } }), null);
  for (
    const night of [
      { verdict: "reproduced", runs: { repeated: 4, fresh: 1 } },
      { verdict: "incomplete", runs: { repeated: 4, fresh: 0 } },
      { verdict: "drift", runs: { repeated: 4, fresh: 0 } },
      { verdict: "reproduced", runs: { repeated: 0, fresh: 0 } },
    ] as const
  ) assertEquals(typeof notQuiet(night), "string");
});

Deno.test("what has joined counts as expected: strangers are compared with more of them", () => {
  const more = runs(rotatingSeeds(DAY, 10));
  const grown = withJoined(expected, more, catalogue);
  assertEquals(grown.cells[0].samples.map(({ seed }) => seed), [0, 1, 2, 3, 4, ...rotatingSeeds(DAY, 10)]);
  assertEquals(withJoined(grown, more, catalogue).cells[0].samples.length, 15, "a seed joins once");
  const strangers = runs(rotatingSeeds("2026-11-24", 5), 1.6);
  const look = (expectation: typeof expected) =>
    judge({
      catalogue,
      profile: "smoke",
      engine: "onnx",
      plan: strangers.map(({ seed }) => resolved({ ...specOf("tiny-div", "ppm"), seed })),
      expectations: [expectation],
    }, { records: strangers, rejected: [] }).findings.find(({ tier }) => tier === "time")!.numbers;
  assertEquals([look(expected).n.expected, look(grown).n.expected], [5, 15]);
  assertEquals(look(grown).p! < look(expected).p!, true);
});

Deno.test("what joined under one blessing does not count beside the next, and a damaged file is refused by name", () => {
  const root = Deno.makeTempDirSync();
  try {
    const folder = joinedFolder(root, expected);
    Deno.mkdirSync(folder, { recursive: true });
    Deno.writeTextFileSync(join(folder, "records.jsonl"), JSON.stringify(runs(rotatingSeeds(DAY, 1))[0]) + "\n");
    assertEquals(joinedTo(expected, root, catalogue).length, 1);
    const blessedAgain = { ...expected, blessings: [...expected.blessings, blessing("0ther000000000")] };
    assertEquals(joinedTo(blessedAgain, root, catalogue), []);
    Deno.writeTextFileSync(join(folder, "records.jsonl"), "{}\n");
    const error = assertThrows(() => joinedTo(expected, root, catalogue), UsageError);
    assertStringIncludes(error.message, "records.jsonl");
  } finally {
    Deno.removeSync(root, { recursive: true });
  }
});
