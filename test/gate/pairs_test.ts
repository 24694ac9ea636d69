import { assert, assertAlmostEquals, assertEquals, assertStringIncludes } from "@std/assert";
import { expectationOf } from "../../src/gate/bless.ts";
import { judge } from "../../src/gate/judge.ts";
import { logRatios, lookAt, omnibusOfPairs, type TimePair } from "../../src/gate/pairs.ts";
import { confirmationSeeds } from "../../src/fleet/seeds.ts";
import { stream } from "../../src/data/stream.ts";
import type { RunRecord } from "../../src/run/record/record.ts";
import { madeUp, type MadeUpRun } from "../support/records.ts";
import { catalogue, resolved, specOf } from "../support/runs.ts";

const DAY = "2026-11-27";
const METHODS = ["adamw", "adam-l2", "ppm"];
const range = (n: number) => [...Array(n).keys()];

/** Epochs of a seed: from 150 to 600, whatever runs it. */
const epochsOf = (algorithm: string, seed: number) => {
  const random = stream(3, `${algorithm} ${seed % 1000}`);
  return 300 * Math.exp(0.4 * Math.max(-1.7, Math.min(1.7, random.normal())));
};

/** Runs by other arithmetic: about 2 % off, and `factor` times as long. */
const runs = (
  algorithm: string,
  seeds: readonly number[],
  factor: number,
  more: Partial<MadeUpRun> = {},
): RunRecord[] =>
  seeds.map((seed) => {
    const noise = 0.02 * stream(4, `${algorithm} ${seed} ${factor}`).normal();
    const generalised = Math.round(epochsOf(algorithm, seed) * factor * Math.exp(noise));
    return madeUp({
      algorithm,
      seed,
      generalised,
      trajectory: `by ${factor}`,
      overrides: { maxEpochs: 5000 },
      ...more,
    });
  });

const reference = METHODS.flatMap((algorithm) => runs(algorithm, range(5), 1, { trajectory: "expected" }));
const blessing = { date: DAY, by: "x", commit: "c0ffee0000", reason: "first" };
const expectations = [expectationOf(catalogue, { profile: "smoke", case: "tiny-div" }, reference, [blessing])];
const planOf = (count: number) =>
  METHODS.flatMap((algorithm) =>
    range(count).map((seed) => resolved({ ...specOf("tiny-div", algorithm), overrides: { maxEpochs: 5000 }, seed }))
  );
const judged = (records: RunRecord[], blessed: RunRecord[] = [], count = 5) =>
  judge({ catalogue, profile: "smoke", engine: "onnx", plan: planOf(count), expectations }, {
    records,
    rejected: [],
    blessed,
  });
const timeOf = (judgement: ReturnType<typeof judged>, algorithm: string) =>
  judgement.findings.find(({ tier, subject }) => tier === "time" && subject.endsWith(algorithm))!;

const honest = (factor = 1, count = 5) =>
  METHODS.flatMap((algorithm) => runs(algorithm, range(count), algorithm === "ppm" ? factor : 1.0001));

Deno.test("the same seeds by other arithmetic are reproduced from two pairs on, however far seeds lie apart", () => {
  for (const count of [5, 2]) {
    const judgement = judged(honest(1, count), [], count);
    for (const algorithm of METHODS) {
      const { verdict, certainty, numbers } = timeOf(judgement, algorithm);
      assertEquals(verdict, "reproduced", certainty);
      assertStringIncludes(certainty, "(same seeds)");
      assertAlmostEquals(numbers.ratio!.low, 1, 0.05);
    }
  }
});

Deno.test("half as long again is seen by the same seeds, and is drift when both codes say so on fresh ones", () => {
  const slow = honest(1.5);
  const first = judged(slow);
  assertEquals(first.flagged.map(({ cell, paired }) => [cell.algorithm, paired]), [["ppm", true]]);
  assertEquals(timeOf(first, "ppm").verdict, "inconclusive");
  const seeds = confirmationSeeds(DAY, first.flagged[0].seeds);
  const again = [...slow, ...runs("ppm", seeds, 1.5)];
  const said = judged(again, runs("ppm", seeds, 1, { trajectory: "expected" }));
  assertEquals(timeOf(said, "ppm").verdict, "drift", timeOf(said, "ppm").certainty);
  // What the expected code takes as long for is no shift.
  const denied = judged(again, runs("ppm", seeds, 1.5, { trajectory: "expected" }));
  assert(timeOf(denied, "ppm").verdict !== "drift", timeOf(denied, "ppm").certainty);
});

Deno.test("fresh pairs that say the other way confirm nothing, however sure they are", () => {
  const seeds = confirmationSeeds(DAY, 24);
  const turned = judged([...honest(1.1), ...runs("ppm", seeds, 0.5)], runs("ppm", seeds, 1));
  const { verdict, certainty, numbers } = timeOf(turned, "ppm");
  assert(numbers.p! < 0.02 && numbers.confirmation! < 0.01, certainty);
  assert(verdict !== "drift", certainty);
});

Deno.test("what all pairs say together is corrected for the number of cells", () => {
  const pairs = { screen: [0.3, 0.1, 0.2], confirm: [0.35, 0.2, 0.15, 0.25], exact: true };
  const prior = { degrees: 8, variance: 0.01, known: 40 };
  const of = (cells: number) => lookAt(pairs, prior, cells)!.confirmation!;
  const own = of(1);
  assert(own > 0 && own < 0.01);
  assertEquals(of(1e9), 1);
  assertAlmostEquals(of(1e4) / of(1e3), 10, 1e-9);
});

Deno.test("runs of other code than the one that was blessed are nobody's partners", () => {
  const seeds = confirmationSeeds(DAY, 8);
  const of = (commit: string) => {
    const blessed = runs("ppm", seeds, 1, { trajectory: "expected", commit });
    return timeOf(judged([...honest(1.5), ...runs("ppm", seeds, 1.5)], blessed), "ppm").certainty;
  };
  assertStringIncludes(of(blessing.commit), "(both codes)");
  assert(!of("another").includes("both codes"));
});

Deno.test("twice as fast is drift as well", () => {
  const seeds = confirmationSeeds(DAY, 8);
  const fast = [...honest(0.5), ...runs("ppm", seeds, 0.5)];
  assertEquals(timeOf(judged(fast, runs("ppm", seeds, 1)), "ppm").verdict, "drift");
});

Deno.test("where the expected code could not be run, fresh seeds are compared with the reference", () => {
  const seeds = confirmationSeeds(DAY, 20);
  const { verdict, certainty } = timeOf(judged([...honest(4), ...runs("ppm", seeds, 4)]), "ppm");
  assertEquals(verdict, "drift", certainty);
  const one = timeOf(judged([...honest(1.5), ...runs("ppm", seeds, 1)]), "ppm");
  assert(one.verdict !== "drift", one.certainty);
});

Deno.test("a seed without a partner makes strangers of all", () => {
  const { certainty } = timeOf(judged([...honest(), ...runs("ppm", [77], 1)]), "ppm");
  assertStringIncludes(certainty, "(Holm)");
});

Deno.test("a run that diverged makes strangers of its cell, and blinds the gate for no other", () => {
  const diverged = (seeds: readonly number[]) =>
    runs("pp-conn", seeds, 1, { generalised: null, status: "diverged" } as Partial<MadeUpRun>);
  const methods = [...METHODS, "pp-conn"];
  const whole = methods.flatMap((algorithm) => runs(algorithm, range(5), 1, { trajectory: "expected" }));
  const input = {
    catalogue,
    profile: "smoke",
    engine: "onnx",
    plan: methods.flatMap((algorithm) => range(5).map((seed) => resolved({ ...specOf("tiny-div", algorithm), seed }))),
    expectations: [expectationOf(catalogue, { profile: "smoke", case: "tiny-div" }, whole, [])],
  };
  const one = [...honest(3), ...runs("pp-conn", range(4), 1.0001), ...diverged([4])];
  const first = judge(input, { records: one, rejected: [] });
  assertEquals(first.flagged.map(({ cell }) => cell.algorithm), ["ppm"]);
  assertEquals(timeOf(first, "pp-conn").verdict, "inconclusive", timeOf(first, "pp-conn").certainty);
  const all = [...honest(), ...diverged(range(5)), ...diverged(confirmationSeeds(DAY, 8))];
  assertEquals(timeOf(judge(input, { records: all, rejected: [] }), "pp-conn").verdict, "drift");
});

Deno.test("one seed of ten that no longer gets there reproduces nothing, though no median moves", () => {
  const seeds = range(10);
  const known = METHODS.flatMap((algorithm) => runs(algorithm, seeds, 1, { trajectory: "expected" }));
  const input = {
    catalogue,
    profile: "smoke",
    engine: "onnx",
    plan: planOf(10),
    expectations: [expectationOf(catalogue, { profile: "smoke", case: "tiny-div" }, known, [])],
  };
  const fresh = METHODS.flatMap((algorithm) => runs(algorithm, seeds, 1.0001));
  const without = fresh.map((record) =>
    record.algorithm === "ppm" && record.seed === 7 ? runs("ppm", [7], 1, { generalised: null })[0] : record
  );
  assertEquals(timeOf(judge(input, { records: fresh, rejected: [] }), "ppm").verdict, "reproduced");
  const { verdict, certainty } = timeOf(judge(input, { records: without, rejected: [] }), "ppm");
  assertEquals(verdict, "inconclusive", certainty);
  assertStringIncludes(certainty, "with seeds 7 the expected run got there, and the new one did not");
});

Deno.test("fresh runs without a partner count, whatever the same seeds say", () => {
  const lost = runs("ppm", confirmationSeeds(DAY, 8), 1, { generalised: null });
  const { verdict, certainty } = timeOf(judged([...honest(), ...lost]), "ppm");
  assert(verdict !== "reproduced", certainty);
});

Deno.test("a shift of many cells in one direction, too small for each of them, is said", () => {
  const looks = (shift: number) =>
    range(40).map((i) => {
      const random = stream(6, `${i}`);
      const screen = range(3).map(() => shift + 0.1 * random.normal());
      return lookAt({ screen, confirm: [], exact: true }, { degrees: 50, variance: 0.01, known: 80 }, 40)!;
    });
  assert(omnibusOfPairs(looks(0.08))! < 1e-4, `${omnibusOfPairs(looks(0.08))}`);
  assert(omnibusOfPairs(looks(0))! > 0.05);
  assertEquals(omnibusOfPairs([]), null);
});

Deno.test("a run that did not get there is a bound: it shows a shift, and never that there is none", () => {
  const at = (time: number) => ({ time, censored: false });
  const over = (time: number) => ({ time, censored: true });
  const pairs: TimePair[] = [[at(100), over(800)], [over(800), at(100)], [over(800), over(800)], [at(100), at(200)]];
  assertEquals(logRatios(pairs)!.map((x) => Math.round(100 * x) / 100), [2.08, -2.08, 0.69]);
  // A budget that ends before the other's time says nothing of which is longer.
  assertEquals(logRatios([[at(900), over(800)], [at(100), at(100)]]), [0, 0]);
  assertEquals(logRatios([[over(8), over(8)], [over(8), over(8)], [at(1), at(1)]]), null);
  assertEquals(logRatios([]), null);
  const given = honest().map((record, i) =>
    i === 14 ? madeUp({ algorithm: "ppm", seed: 4, generalised: null, overrides: { maxEpochs: 5000 } }) : record
  );
  const { verdict, certainty } = timeOf(judged(given), "ppm");
  assert(verdict === "inconclusive", certainty);
  // An expected run that had not got there by 5,000, and a new one that has by 4,900: nobody knows by how much that is sooner.
  const late = (generalised: number | null, trajectory: string) =>
    madeUp({ algorithm: "ppm", seed: 4, generalised, trajectory, overrides: { maxEpochs: 5000 } });
  const known = [...reference.filter((_, i) => i !== 14), late(null, "expected")];
  const bounded = judge(
    {
      catalogue,
      profile: "smoke",
      engine: "onnx",
      plan: planOf(5),
      expectations: [expectationOf(catalogue, { profile: "smoke", case: "tiny-div" }, known, [])],
    },
    { records: [...honest().filter((_, i) => i !== 14), late(4900, "by 1")], rejected: [] },
  );
  assertEquals(timeOf(bounded, "ppm").verdict, "inconclusive", timeOf(bounded, "ppm").certainty);
});
