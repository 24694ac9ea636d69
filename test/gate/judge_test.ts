import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { expectationOf } from "../../src/gate/bless.ts";
import type { Expectation } from "../../src/gate/expectation.ts";
import { type GateInput, gateInputOf, judge } from "../../src/gate/judge.ts";
import type { RunRecord } from "../../src/run/record/record.ts";
import { confirmationSeeds, rotatingSeeds } from "../../src/fleet/seeds.ts";
import { catalogue, resolved, specOf } from "../support/runs.ts";
import { madeUp, type MadeUpRun } from "../support/records.ts";

const DAY = "2026-11-23";
const range = (n: number) => Array.from({ length: n }, (_, i) => i);

/** Epochs to generalise of seed i: scattered by some 10 % about 60. */
const epochs = (seed: number, factor = 1) => Math.round(factor * (60 + 3 * ((seed * 7) % 5 - 2)));

const runs = (algorithm: string, seeds: readonly number[], factor = 1, more: Partial<MadeUpRun> = {}): RunRecord[] =>
  seeds.map((seed) => madeUp({ algorithm, seed, generalised: epochs(seed, factor), ...more }));

const REFERENCE = [...runs("adamw", range(10), 3), ...runs("adam-l2", range(10)), ...runs("ppm", range(10))];
const SMOKE = { profile: "smoke", case: "tiny-div" };
const expected: Expectation = expectationOf(catalogue, SMOKE, REFERENCE, []);

const input = (algorithms: string[], perCell = 5, expectations = [expected]): GateInput => ({
  catalogue,
  profile: "smoke",
  engine: "onnx",
  plan: algorithms.flatMap((algorithm) =>
    range(perCell).map((seed) => resolved({ ...specOf("tiny-div", algorithm), seed }))
  ),
  expectations,
});

const ALL = ["adamw", "adam-l2", "ppm"];
const judged = (records: RunRecord[], algorithms = ALL) => judge(input(algorithms), { records, rejected: [] });
const times = (records: RunRecord[]) =>
  Object.fromEntries(
    judged(records).findings.filter((f) => f.tier === "time").map((f) => [f.subject.split(" ").at(-1)!, f]),
  );

Deno.test("the reference itself is reproduced bit for bit", () => {
  const { verdict, findings, flagged, omnibus, runs: judgedRuns } = judged(REFERENCE);
  assertEquals(judgedRuns, { repeated: 30, fresh: 0 });
  assertEquals([verdict, flagged.length, omnibus], ["reproduced", 0, null]);
  assertEquals(new Set(findings.map(({ tier }) => tier)), new Set(["digest", "time", "speedup"]));
});

Deno.test("an empty and a partial results folder are incomplete, never a pass", () => {
  assertEquals(judged([]).verdict, "incomplete");
  const without = REFERENCE.filter(({ algorithm, seed }) => !(algorithm === "ppm" && seed > 3));
  const { verdict, findings } = judged(without);
  assertEquals(verdict, "incomplete");
  const finding = findings.find(({ tier, verdict }) => tier === "time" && verdict === "incomplete")!;
  assertStringIncludes(finding.subject, "ppm");
  assertStringIncludes(finding.certainty, "4 of 5");
  assertEquals(judge(input([], 5), { records: REFERENCE, rejected: [] }).verdict, "incomplete");
});

Deno.test("a rejected record is incomplete and says why", () => {
  const { verdict, findings } = judge(input(ALL), { records: REFERENCE, rejected: ["record x: edited"] });
  assertEquals(verdict, "incomplete");
  assertStringIncludes(findings[0].certainty, "record x: edited");
});

Deno.test("honest fresh seeds are reproduced", () => {
  const fresh = ALL.flatMap((algorithm) => runs(algorithm, rotatingSeeds(DAY, 5), algorithm === "adamw" ? 3 : 1));
  assertEquals([judged(fresh).verdict, judged(fresh).runs], ["reproduced", { repeated: 0, fresh: 15 }]);
});

Deno.test("an algorithm that became slower is flagged, waits for fresh seeds, and is drift when they confirm it", () => {
  const honest = [...runs("adamw", rotatingSeeds(DAY, 5), 3), ...runs("adam-l2", rotatingSeeds(DAY, 5))];
  const slow = [...honest, ...runs("ppm", rotatingSeeds(DAY, 5), 1.6)];
  const first = judged(slow);
  assertEquals(first.verdict, "inconclusive");
  assertEquals(first.flagged.map(({ cell }) => cell.algorithm), ["ppm"]);
  const again = runs("ppm", confirmationSeeds(DAY, first.flagged[0].seeds), 1.6);
  const { verdict, findings } = judged([...slow, ...again]);
  assertEquals(verdict, "drift");
  const time = findings.find(({ tier, verdict }) => tier === "time" && verdict === "drift")!;
  assertMatch(time.certainty, /ratio 1\.6\d?×, 90 % \[.*p = .*on fresh seeds p = /);
  assert(time.look.includes("src/algorithms"));
  const speedups = findings.filter(({ tier, verdict }) => tier === "speedup" && verdict === "drift");
  assertEquals(speedups.map(({ quantity }) => quantity).sort(), ["attribution over adam-l2", "speedup over adamw"]);
});

Deno.test("fixed seeds with other trajectories are told by their digests and judged by their times", () => {
  const other = ALL.flatMap((a) =>
    runs(a, range(5), a === "adamw" ? 3 : 1, { trajectory: "another order of summation" })
  );
  const { findings, verdict } = judged(other);
  const digests = findings.filter(({ tier }) => tier === "digest");
  assertEquals(digests.map(({ verdict }) => verdict), ["inconclusive", "inconclusive", "inconclusive"]);
  assertStringIncludes(digests[0].look, "git diff c0ffee000");
  assertEquals(
    findings.filter(({ tier }) => tier === "time").map(({ verdict }) => verdict),
    range(3).map(() => "reproduced"),
  );
  // A run of the same name is no repetition: its times are compared, and not said to be equal.
  for (const { certainty } of findings.filter(({ tier }) => tier === "time")) assertStringIncludes(certainty, "ratio");
  assertEquals(verdict, "inconclusive");
});

Deno.test("digests of another kind of processor are not compared", () => {
  const elsewhere = runs("ppm", range(5), 1, { trajectory: "fused multiply-add", cpu: "another processor" });
  assertEquals(judged(elsewhere, ["ppm"]).findings.filter(({ tier }) => tier === "digest"), []);
});

Deno.test("records of another engine do not count", () => {
  const foreign = REFERENCE.map((record) => ({ ...record, engine: "wasm" }));
  assertEquals(judged(foreign).verdict, "incomplete");
});

Deno.test("censored baselines never give a bare speedup", () => {
  const never = runs("adamw", range(10), 1).map(({ seed }) => madeUp({ algorithm: "adamw", seed, generalised: null }));
  const reference = [...never, ...runs("ppm", range(10))];
  const findings = judge(
    input(["adamw", "ppm"], 5, [expectationOf(catalogue, SMOKE, reference, [])]),
    { records: reference, rejected: [] },
  ).findings;
  const speedup = findings.find(({ quantity }) => quantity === "speedup over adamw")!;
  assertMatch(speedup.to, /^≥ \d/);
  const time = findings.find(({ tier, subject }) => tier === "time" && subject.endsWith("adamw"))!;
  assertMatch(time.to, /^≥ .*0 of 10 runs/);
});

Deno.test("a cell without an expectation is inconclusive", () => {
  assertEquals(
    judge(input(["pp-conn"]), { records: runs("pp-conn", range(5)), rejected: [] }).verdict,
    "inconclusive",
  );
});

Deno.test("times are compared where both were followed: a shorter budget alone is no drift", () => {
  const short = range(5).map((seed) =>
    madeUp({ algorithm: "adamw", seed: 100 + seed, generalised: null, overrides: { maxEpochs: 90 } })
  );
  assert(times([...short, ...REFERENCE.filter(({ algorithm }) => algorithm !== "adamw")]).adamw.verdict !== "drift");
});

Deno.test("that nothing is expected of a cell of the profile is incomplete; of anything else it is inconclusive", () => {
  const folder = Deno.makeTempDirSync();
  try {
    const verdictOf = (algorithm: string, overrides = {}) => {
      const plan = range(5).map((seed) => resolved({ ...specOf("tiny-div", algorithm), overrides, seed }));
      const records = plan.map(({ spec: { seed } }) =>
        madeUp({ algorithm, seed, generalised: epochs(seed), overrides })
      );
      const whole = gateInputOf({ catalogue, profile: "smoke", engine: "onnx", plan }, folder);
      return judge(whole, { records, rejected: [] }).findings.map(({ verdict, certainty }) => [verdict, certainty]);
    };
    assertEquals(verdictOf("adamw"), [["incomplete", "there is no expectation, and the profile should have one"]]);
    assertEquals(verdictOf("adamw", { dModel: 16 }), [["inconclusive", "there is no expectation"]]);
  } finally {
    Deno.removeSync(folder, { recursive: true });
  }
});
