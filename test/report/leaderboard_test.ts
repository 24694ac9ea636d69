import { assertAlmostEquals, assertEquals, assertStringIncludes } from "@std/assert";
import { askedOf, leaderboardOf, type Row } from "../../src/report/leaderboard.ts";
import { markdown } from "../../src/report/markdown.ts";
import * as format from "../../src/text.ts";
import type { Milestone, RunRecord, Status } from "../../src/run/record/record.ts";
import { nextEvaluation } from "../../src/run/schedule.ts";
import type { Outcome } from "../../src/fleet/supervisor.ts";
import { catalogue, resolved, specOf, trialOf } from "../support/runs.ts";

const NONE = { interval: null, p: null, withinOneEvaluation: false };
const CALLS = 10; // gradient calls an epoch, of these made-up runs

const milestone = (epoch: number): Milestone => ({ epoch, steps: CALLS * epoch, gradientCalls: CALLS * epoch });

/** A finished run that memorised and generalised at these epochs, or stopped without at `epochs`. */
function run(
  algorithm: string,
  seed: number,
  memorised: number | null,
  generalised: number | null,
  epochs = 1000,
  status: Status = generalised === null ? "censored" : "grokked",
): Outcome {
  const trial = resolved({ ...specOf("tiny-div", algorithm, { evalEvery: 0 }), seed });
  const record = {
    algorithm,
    seed,
    status,
    epochs,
    gradientCalls: CALLS * epochs,
    memorised: memorised === null ? null : milestone(memorised),
    generalised: generalised === null ? null : milestone(generalised),
    config: trial.config,
    steadiness: generalised === null ? null : { epochs: 4, shareAbove: 0.5, lowestAccuracy: 0.3 + seed / 10 },
    timing: { wallSeconds: epochs, secondsMemorised: memorised, secondsGeneralised: generalised, finishedAt: "" },
  } as unknown as RunRecord;
  return { trial, record, reused: false };
}

const leaderboard = (outcomes: readonly Outcome[]) => leaderboardOf(askedOf(catalogue, outcomes));
const rowOf = (rows: readonly Row[], algorithm: string) => rows.find((row) => row.algorithm === algorithm)!;

Deno.test("speedup is against adamw and attribution against the declared control, paired by seed", () => {
  const rows = leaderboard([
    run("adamw", 0, 10, 800),
    run("adamw", 1, 10, 400),
    run("adam-l2", 0, 10, 100),
    run("adam-l2", 1, 10, 200),
    // Listed in another order of seeds: pairing must not go by position.
    run("ppm", 1, 10, 100),
    run("ppm", 0, 10, 50),
  ]);
  const ppm = rowOf(rows, "ppm");
  assertAlmostEquals(ppm.speedup!.low, 8, 1e-12); // √(800/50 · 400/100)
  assertAlmostEquals(ppm.attribution!.low, 2, 1e-12);
  assertAlmostEquals(ppm.speedupFromMemorisation!.low, Math.sqrt((790 / 40) * (390 / 90)), 1e-12);
  assertEquals([ppm.generalise.epochs, ppm.generalise.gradientCalls], [
    { value: 75, relation: "=", interval: null },
    { value: 750, relation: "=", interval: null },
  ]);
  assertEquals(ppm.generaliseFromMemorisation.epochs, { value: 65, relation: "=", interval: null });
  assertEquals([rowOf(rows, "adamw").speedup, rowOf(rows, "adamw").attribution], [null, null]);
  assertEquals([ppm.shareAbove, ppm.lowestAccuracy], [0.5, 0.3]);
});

Deno.test("seeds that only one side has are not paired, and one pair gives no ratio", () => {
  const runs = [
    run("adamw", 0, 10, 800),
    run("adamw", 1, 10, 100),
    run("ppm", 1, 10, 50),
    run("ppm", 2, 10, 20),
  ];
  assertEquals(rowOf(leaderboard(runs), "ppm").speedup, null);
  const two = leaderboard([...runs, run("adamw", 2, 10, 40)]);
  assertAlmostEquals(rowOf(two, "ppm").speedup!.low, 2, 1e-12);
  assertEquals(rowOf(two, "ppm").speedup!.pairs, 2);
});

Deno.test("a row's times are of the seeds that all rows have, and the heading says which", () => {
  const seeds = [0, 1, 2, 3, 4];
  const rows = leaderboard([
    ...seeds.slice(0, 3).map((seed) => run("adamw", seed, 10, 800)),
    ...seeds.map((seed) => run("adam-l2", seed, 10, 100 * (seed + 1))),
    ...seeds.map((seed) => run("ppm", seed, 10, 50 * (seed + 1))),
    // One seed alone is set apart: the others are not timed on it.
    run("pp-conn", 7, 10, 30),
  ]);
  assertEquals(rows.map(({ timedOn }) => timedOn), [[0, 1, 2], [0, 1, 2], [0, 1, 2], [7]]);
  assertEquals(rowOf(rows, "ppm").generalise.epochs!.value, 100);
  // Ratios are of all the seeds that both have.
  assertEquals([rowOf(rows, "ppm").speedup!.pairs, rowOf(rows, "ppm").attribution!.pairs], [3, 5]);
  assertStringIncludes(markdown(rows), "(seeds 0–4, 7; times of 0–2)");
});

Deno.test("half of the seeds within one evaluation are no median, and a run that never got there is far off", () => {
  const at = (epochs: readonly (number | null)[]) => epochs.map((epoch, seed) => run("ppm", seed, 10, epoch));
  const base = [0, 1, 2, 3].map((seed) => run("adamw", seed, 10, 50));
  const within = (epochs: readonly (number | null)[]) =>
    rowOf(leaderboard([...base, ...at(epochs)]), "ppm").speedup!.withinOneEvaluation;
  assertEquals([within([50, 50, 90, 90]), within([50, 50, 51, 90]), within([50, 50, null, null])], [
    false,
    true,
    false,
  ]);
});

Deno.test("the heading names the seeds that most rows are timed on, and a row with fewer says so", () => {
  const seeds = [0, 1, 2, 3, 4];
  const lost = (seed: number): Outcome => ({
    trial: resolved({ ...specOf("tiny-div", "adamw", { evalEvery: 0 }), seed }),
    failure: "",
  });
  const rows = leaderboard([
    ...seeds.map((seed) => seed < 2 ? run("adamw", seed, 10, 800) : lost(seed)),
    ...["adam-l2", "ppm"].flatMap((id) => seeds.map((seed) => run(id, seed, 10, 100))),
  ]);
  assertStringIncludes(markdown(rows), "(seeds 0–4)");
  assertStringIncludes(markdown(rows), "800 / 8,000 (n = 2)");
});

Deno.test("nothing is compared with constants that were found on another problem", () => {
  const both = (id: string) =>
    leaderboard(["adamw-tuned", "ppm"].flatMap((algorithm) =>
      [0, 1].map((seed) => {
        const trial = resolved({ ...specOf(id, algorithm), seed });
        const { record } = run(algorithm, seed, 10, algorithm === "ppm" ? 50 : 20) as { record: RunRecord };
        return { trial, record: { ...record, case: id }, reused: false };
      })
    ));
  assertEquals(rowOf(both("tiny-div"), "ppm").speedupOverTuned, null);
  assertAlmostEquals(rowOf(both("div113"), "ppm").speedupOverTuned!.low, 0.4, 1e-12);
});

Deno.test("what is no further apart than one evaluation is said to be so, and nothing else is", () => {
  // Three evaluations in a row, eight epochs or so apart: evaluations are a per cent of growth apart there, one epoch at 50.
  const evaluated = Array.from({ length: 300 }).reduce<number[]>((all) => [...all, nextEvaluation(all.at(-1)!, 0)], [
    0,
  ]);
  const [before, at, after] = evaluated.slice(evaluated.findIndex((epoch) => epoch > 700));
  const rows = leaderboard([
    ...[0, 1, 2].map((seed) => run("adamw", seed, 10, at)),
    ...[0, 1, 2].map((seed) => run("ppm-adamw", seed, 10, seed === 0 ? after : before)),
    ...[0, 1, 2].map((seed) => run("adam-l2", seed, 10, 50)),
    ...[0, 1, 2].map((seed) => run("ppm", seed, 10, seed === 2 ? 40 : 49)),
    ...[0, 1, 2].map((seed) => run("ppm-nopush", seed, 10, seed === 2 ? 49 : 48)),
  ]);
  const within = (algorithm: string, of: "speedup" | "attribution") => rowOf(rows, algorithm)[of]!.withinOneEvaluation;
  assertEquals([within("ppm-adamw", "speedup"), within("adam-l2", "speedup")], [true, false]);
  assertEquals([within("ppm", "attribution"), within("ppm-nopush", "attribution")], [true, false]);
  assertStringIncludes(markdown(rows), "within one evaluation");
});

Deno.test("a cell of which half did not generalise has no bare median and no bare ratio", () => {
  const rows = leaderboard([
    run("adamw", 0, 10, 100),
    run("adamw", 1, 10, null),
    run("adam-l2", 0, 10, 10),
    run("adam-l2", 1, 10, 10),
  ]);
  const [baseline, l2] = [rowOf(rows, "adamw"), rowOf(rows, "adam-l2")];
  assertEquals(baseline.generalise.epochs, { value: 550, relation: ">=", interval: null });
  assertEquals([baseline.grokked, baseline.censored], [1, 1]);
  assertEquals(l2.speedup!.high, Infinity);
  assertAlmostEquals(l2.speedup!.low, Math.sqrt(10 * 100), 1e-9);
});

Deno.test("divergence gives bounds and never NaN or an infinite bound", () => {
  const rows = leaderboard([
    run("adamw", 0, 10, null),
    run("adamw", 1, 10, null, 40, "diverged"),
    run("ppm", 0, 10, 50),
    run("ppm", 1, 10, null, 60, "diverged"),
    run("adam-l2", 0, 10, 20),
    run("adam-l2", 1, 10, 20),
  ]);
  assertEquals(rowOf(rows, "ppm").speedup, {
    ...{ low: 0, high: Infinity, pairs: 2, ...NONE },
    signs: { wins: 1, losses: 0, undecided: 1, p: null },
  });
  const l2 = rowOf(rows, "adam-l2").speedup!;
  // One of the two baselines never gets there: the median is no less than the other ratio.
  assertEquals(l2.low, 50);
  assertEquals(l2.high, Infinity);
  assertEquals(rowOf(rows, "ppm").diverged, 1);
  // A diverged run stays in the count: with one of two gone, the median is not reached.
  assertEquals(rowOf(rows, "ppm").generalise.epochs!.relation, ">=");
});

Deno.test("an algorithm that diverges counts as never, however soon it does", () => {
  const seeds = [0, 1, 2, 3, 4, 5, 6, 7];
  const rows = leaderboard([
    ...seeds.map((seed) => run("adamw", seed, 10, 900)),
    ...seeds.map((seed) => run("ppm", seed, null, null, 3, "diverged")),
  ]);
  const { low, high, p } = rowOf(rows, "ppm").speedup!;
  assertEquals([low, high, p], [0, 0, 2 / 2 ** 8]);
});

Deno.test("after memorising: who never did is a bound, who generalised without it is left out and said so", () => {
  const base = [0, 1, 2].map((seed) => run("adamw", seed, 10, 900));
  const failing = leaderboard([...base, run("ppm", 0, 10, 20), run("ppm", 1, null, null), run("ppm", 2, null, null)]);
  assertEquals([
    rowOf(failing, "ppm").speedupFromMemorisation!.low,
    rowOf(failing, "ppm").speedupFromMemorisation!.pairs,
  ], [
    0,
    3,
  ]);
  const early = leaderboard([...base, run("ppm", 0, 10, 20), run("ppm", 1, null, 15), run("ppm", 2, 10, 20)]);
  const row = rowOf(early, "ppm");
  assertEquals([row.generalise.runs, row.generaliseFromMemorisation.runs, row.speedupFromMemorisation!.pairs], [
    3,
    2,
    2,
  ]);
  assertStringIncludes(markdown(early), "89.0× (n = 2)");
});

Deno.test("a run that generalises in the epoch that memorises it counts as one epoch, not as none", () => {
  const rows = leaderboard([0, 1].flatMap((seed) => [
    run("adamw", seed, 10, 40),
    run("ppm", seed, 10, 10),
    run("ppm-adamw", seed, 10, 5),
  ]));
  assertEquals(rowOf(rows, "ppm").generaliseFromMemorisation.gradientCalls, {
    value: CALLS,
    relation: "=",
    interval: null,
  });
  assertAlmostEquals(rowOf(rows, "ppm").speedupFromMemorisation!.low, 30, 1e-12);
  // Generalised five epochs before it memorised: there is no time between the two.
  assertEquals(rowOf(rows, "ppm-adamw").generaliseFromMemorisation.epochs, null);
});

Deno.test("failed and stopped runs are counted as missing", () => {
  const lost = { trial: trialOf("tiny-div", "ppm"), failure: "gone" };
  const rows = leaderboard([run("adamw", 0, 10, 20), lost]);
  assertEquals([rowOf(rows, "ppm").missing, rowOf(rows, "ppm").generalise.epochs], [1, null]);
  assertStringIncludes(markdown(rows), "1/1 missing");
});

Deno.test("bounds are printed as bounds", () => {
  assertEquals(format.ratio({ low: 4.2, high: Infinity }), "≥ 4.20×");
  assertEquals(format.ratio({ low: 0, high: 0.8 }), "≤ 0.800×");
  assertEquals(format.ratio({ low: 0, high: Infinity }), format.NOTHING);
  assertEquals(format.ratio({ low: 2, high: 4 }), "2.00× – 4.00×");
  assertEquals(format.ratio({ low: 120.4, high: 120.4 }), "120×");
  assertEquals(format.estimate({ value: 15_000, relation: ">=" }), "≥ 15,000");
  assertEquals([12, 200, 3723].map(format.duration), ["12 s", "3:20", "1:02:03"]);
});
