import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { lawClaims } from "../../bench/claims/mod.ts";
import { decideLaws, testAsDecided } from "../../tools/audit/law_nights.ts";
import type { CellSample } from "../../tools/audit/cell_sample.ts";
import { expectationOf } from "../../src/gate/bless.ts";
import { judge } from "../../src/gate/judge.ts";
import { dealingsFor, decideLaw, type LawTest } from "../../src/gate/law_verdict.ts";
import type { Values } from "../../src/declare/field.ts";
import type { Cell } from "../../src/table/cell.ts";
import * as limits from "../../src/gate/limits.ts";
import { lawById, sweepsOf } from "../../src/gate/law_points.ts";
import type { Times } from "../../src/gate/screen.ts";
import { lawDrift } from "../../src/laws/mod.ts";
import { confirmationSeeds, rotatingSeeds } from "../../src/fleet/seeds.ts";
import { betas, falling, sweep as simulated } from "../laws/sweep.ts";
import { madeUp } from "../support/records.ts";
import { catalogue, resolved, specOf } from "../support/runs.ts";

const PLAIN: Values = {};
const law = lawById("exponential");
const truth = { xs: betas, seeds: 5, median: falling(0.1), sigma: 0.3 };
const flatter = { ...truth, median: falling(0.16) };
const reference = simulated({ ...truth, seeds: 10 }, 1);

Deno.test("a law that honest seeds obey awaits nothing", () => {
  const { verdict, awaits } = decideLaw(law, { reference, screen: simulated(truth, 2), confirm: [] });
  assert(verdict !== "drift" && !awaits);
});

Deno.test("a law is reproduced where what two fits predict is shown to be the same, not where it is by luck", () => {
  const tight = { ...truth, sigma: 0.05 };
  const known = simulated({ ...tight, seeds: 10 }, 1);
  assertEquals(decideLaw(law, { reference: known, screen: simulated(tight, 2), confirm: [] }).verdict, "reproduced");
  // The same runs twice: no difference at all between the fits, and scatter that leaves it unknown.
  const wide = simulated({ ...truth, sigma: 0.6 }, 3);
  const twice = wide.map((point) => ({ ...point, seed: point.seed + 100 }));
  assertEquals(decideLaw(law, { reference: wide, screen: twice, confirm: [] }).verdict, "inconclusive");
});

Deno.test("a law that has moved awaits fresh seeds at every setting, and is drift when they say the same", () => {
  const screen = simulated(flatter, 2);
  const alone = decideLaw(law, { reference, screen, confirm: [] });
  assertEquals([alone.verdict, alone.awaits], ["inconclusive", true]);
  const again = simulated(flatter, 3);
  const partly = decideLaw(law, { reference, screen, confirm: again.filter(({ x }) => x < 0.9) });
  assertEquals([partly.verdict, partly.awaits], ["inconclusive", true]);
  assertEquals(decideLaw(law, { reference, screen, confirm: again }).verdict, "drift");
  // A screen that was off by chance.
  const honest = decideLaw(law, { reference, screen, confirm: simulated(truth, 4) });
  assertEquals([honest.verdict, honest.awaits], ["inconclusive", false]);
});

Deno.test("fresh seeds that see the law move the other way confirm nothing", () => {
  const screen = simulated(flatter, 2);
  const steeper = simulated({ ...truth, median: falling(0.07) }, 5);
  const { verdict, awaits } = decideLaw(law, { reference, screen, confirm: steeper });
  assertEquals([verdict, awaits], ["inconclusive", false]);
});

Deno.test("a run that diverged is none of a law's, whatever else was given up at its setting", () => {
  const screen = simulated({ ...truth, budget: 300 }, 2);
  const diverged = { ...screen[0], time: Infinity, censored: true, seed: 99 };
  const sweep = { reference, screen, confirm: [] };
  assertEquals(decideLaw(law, { ...sweep, screen: [...screen, diverged] }), decideLaw(law, sweep));
});

Deno.test("a shorter budget alone does not move a law", () => {
  const screen = simulated({ ...truth, budget: 300 }, 2);
  assert(screen.some(({ censored }) => censored));
  const { verdict, awaits } = decideLaw(law, { reference, screen, confirm: [] });
  assert(verdict !== "drift" && !awaits);
});

const seedsOf = (factor: (beta: number) => number, seeds: readonly number[]) =>
  betas.flatMap((beta) =>
    seeds.map((seed) => {
      const generalised = Math.round(falling(0.1)(beta) * factor(beta) * (1 + 0.15 * Math.sin(7 * seed + 40 * beta)));
      return madeUp({ case: "add139", seed, generalised, memorised: 2, overrides: { beta } });
    })
  );

Deno.test("the gate has every cell of a sweep run again when its law has moved, though not every cell has", () => {
  const range = Array.from({ length: 10 }, (_, i) => i);
  const expected = expectationOf(catalogue, { profile: "paper", case: "add139" }, seedsOf(() => 1, range), []);
  const plan = betas.flatMap((beta) =>
    range.slice(0, 3).map((seed) => resolved({ ...specOf("add139", "adamw", { beta }), seed }))
  );
  const input = { catalogue, profile: "paper", engine: "onnx", plan, expectations: [expected] };
  const bent = (beta: number) => 0.82 + 1.6 * (1 - beta);
  const fresh = seedsOf(bent, rotatingSeeds("2026-11-24", 3));
  const first = judge(input, { records: fresh, rejected: [] });
  const finding = first.findings.find(({ tier }) => tier === "law")!;
  assertStringIncludes(finding.certainty, "fresh seeds at every setting must confirm it");
  const suspected = first.findings.filter(({ tier, certainty }) =>
    tier === "time" && certainty.includes("must confirm")
  );
  assert(suspected.length < betas.length);
  assertEquals(first.flagged.length, betas.length);
  const confirm = seedsOf(bent, confirmationSeeds("2026-11-24", first.flagged[0].seeds));
  const second = judge(input, { records: [...fresh, ...confirm], rejected: [] });
  assertEquals(second.findings.find(({ tier }) => tier === "law")!.verdict, "drift");
  assertEquals(second.flagged.filter(({ cell }) => cell.case !== "add139"), []);
});

Deno.test("the cheaper test of the audit decides as the gate's own, on honest sweeps and on others", () => {
  const decided = (p: number | undefined) => p !== undefined && p <= limits.LAW;
  for (let seed = 10; seed < 20; seed++) {
    const screen = simulated(seed % 2 ? truth : flatter, seed);
    const full = lawDrift(law, reference, screen, { permutations: limits.LAW_PERMUTATIONS, seed: 0 });
    assertEquals(decided(testAsDecided(law, [reference, screen], limits.LAW)?.p), decided(full?.p), `seed ${seed}`);
  }
});

Deno.test("what fresh seeds show of a law is corrected for the number of laws that are judged with it", () => {
  const screen = simulated(flatter, 2);
  // As a test that says p = 0.004 on new runs and on fresh seeds.
  const test: LawTest = (...given) => ({ ...lawDrift(given[0], ...given[1], { permutations: 9, seed: 0 })!, p: 0.004 });
  const sweep = { reference, screen, confirm: simulated(flatter, 3) };
  const [alone, among] = [1, 3].map((laws) => decideLaw(law, sweep, { laws, test }));
  assertEquals([alone.verdict, alone.confirmation], ["drift", 0.004]);
  assertEquals([among.verdict, among.confirmation], ["inconclusive", 0.012]);
  assertStringIncludes(among.reason, "on fresh seeds p = 0.012");
  // So many dealings that a p below the level can come of them.
  for (const laws of [1, 7, 40]) assert(1 / (dealingsFor(limits.LAW / laws) + 1) < limits.LAW / laws);
});

Deno.test("the audit sees the laws of a night's cells, in epochs, and not those of other cells", () => {
  const callsPerEpoch = 10;
  const setting = (x: number) => ({ sweep: "data-fraction adamw", law, x, callsPerEpoch });
  const plain: CellSample = { name: "alone", sample: [], fresh: 5, budget: Infinity, setting: null };
  const cells = [plain, ...betas.map((x) => ({ ...plain, name: `${x}`, setting: setting(x) }))];
  const inCalls = (points: readonly { readonly x: number; readonly time: number }[], x: number) =>
    points.filter((p) => p.x === x).map(({ time }) => ({ time: callsPerEpoch * time, censored: false }));
  const nothing: Times = { reference: [], screen: [], confirm: [] };
  const screen = simulated(flatter, 2);
  const times = [
    nothing,
    ...betas.map((x): Times => ({ ...nothing, reference: inCalls(reference, x), screen: inCalls(screen, x) })),
  ];
  const [decision, ...others] = decideLaws(cells, times);
  assertEquals(others, []);
  assertEquals([decision.awaits, decision.cells], [true, betas.map((_, i) => i + 1)]);
  assertEquals(decision.reason, decideLaw(law, { reference, screen, confirm: [] }).reason);
});

Deno.test("a sweep is of cells that differ in nothing but what the law is of, at three settings or more", () => {
  const cell = (algorithm: string, variant: Values, settings: Values = {}, id = "add139") => ({
    cell: { key: "", problem: "", case: id, variant, algorithm, hyper: settings, settings, fixed: [] } satisfies Cell,
  });
  const cells = [
    ...[PLAIN, { beta: 0.9 }, { beta: 0.8 }].map((variant) => cell("adamw", variant)),
    ...[PLAIN, { beta: 0.9 }].map((variant) => cell("ppm", variant)),
    // A search of constants has many cells at one or two values of β: no law is in them.
    ...[PLAIN, { beta: 0.7 }].flatMap((variant) =>
      [1, 2, 3].map((learningRate) => cell("adam-l2", variant, { learningRate }))
    ),
    cell("adamw", { beta: 0.7 }, { learningRate: 0.01 }),
    cell("adamw", { beta: 0.7, layers: 2 }),
    cell("adamw", {}, {}, "add97"),
  ];
  const [fraction, norm] = lawClaims;
  assertEquals([...sweepsOf(fraction, cells)], [["adamw", cells.slice(0, 3)]]);
  const scaled = [PLAIN, { initScale: 2 }, { initScale: 3 }].map((variant) =>
    cell("adamw", variant, {}, "add139-norm")
  );
  assertEquals([...sweepsOf(norm, [...cells, ...scaled])], [["adamw", scaled]]);
});
