import { assert, assertEquals } from "@std/assert";
import type { Values } from "../../src/declare/field.ts";
import type { RunRecord } from "../../src/run/record/record.ts";
import { sealed } from "../../src/run/record/seal.ts";
import { type Cell, cellOf, cellOfTrial, cellText, methodText } from "../../src/table/cell.ts";
import { SampleTable, tableOf } from "../../src/table/table.ts";
import { madeUp, type MadeUpRun } from "../support/records.ts";
import { catalogue, trialOf } from "../support/runs.ts";

const cell = (algorithm: string, overrides: Values = {}, caseId = "tiny-div"): Cell =>
  cellOfTrial(catalogue, trialOf(caseId, algorithm, overrides));

const tableWith = (...cells: readonly Cell[]) => new SampleTable(cells.map((each) => ({ cell: each })));

/** Who stands beside a cell in a table of others, by its text; null for nobody. */
function beside(own: Cell, algorithm: string | null, ...others: readonly Cell[]): string | null {
  const found = tableWith(own, ...others).beside({ cell: own }, algorithm);
  return found && cellText(found.cell);
}

const FAST = { learningRate: 3e-3 };

Deno.test("the baseline beside a row has the constants that were set for the row, whatever order they stand in", () => {
  const both = [cell("adamw"), cell("adamw", FAST)];
  for (const baselines of [both, both.toReversed()]) {
    assertEquals(beside(cell("ppm", FAST), "adamw", ...baselines), "tiny-div adamw learningRate=0.003");
    assertEquals(beside(cell("ppm"), "adamw", ...baselines), "tiny-div adamw");
  }
  assertEquals(beside(cell("ppm", FAST), "adamw", cell("adamw")), null);
  assertEquals(beside(cell("ppm"), "adamw", cell("adamw", FAST)), null);
  assertEquals(beside(cell("ppm", { ...FAST, beta2: 0.99 }), "adamw", ...both), null);
});

Deno.test("settings that the other algorithm has no field for are ignored; those that only the other has are not", () => {
  assertEquals(beside(cell("ppm", { sigma: 3, A: 30 }), "adamw", cell("adamw")), "tiny-div adamw");
  assertEquals(
    beside(cell("ppm", { sigma: 3, ...FAST }), "adamw", cell("adamw"), cell("adamw", FAST)),
    "tiny-div adamw learningRate=0.003",
  );
  // A row of a sweep of σ does not stand for its algorithm where it was not asked for.
  assertEquals(beside(cell("adamw"), "ppm", cell("ppm", { sigma: 3 }), cell("ppm")), "tiny-div ppm");
  assertEquals(beside(cell("adamw"), "ppm", cell("ppm", { sigma: 3 })), null);
});

Deno.test("constants that an algorithm sets itself are not compared, others of it are", () => {
  // A and α_p are 0 in the control of Algorithm 2, whatever they are in Algorithm 2.
  assertEquals(beside(cell("pp-conn", { A: 30 }), "pp-conn-alone", cell("pp-conn-alone")), "tiny-div pp-conn-alone");
  const slower = { beta2: 0.99 };
  assertEquals(beside(cell("pp-conn", { A: 30, ...slower }), "pp-conn-alone", cell("pp-conn-alone")), null);
  assertEquals(
    beside(cell("pp-conn", { A: 30, ...slower }), "pp-conn-alone", cell("pp-conn-alone", slower)),
    "tiny-div pp-conn-alone beta2=0.99",
  );
  // A learning rate that was found by a search is beside every other.
  assertEquals(beside(cell("ppm", FAST), "adamw-tuned", cell("adamw-tuned")), "tiny-div adamw-tuned");
  assertEquals(beside(cell("adamw-tuned"), "adamw", cell("adamw", FAST), cell("adamw")), "tiny-div adamw");
});

Deno.test("presets of a case are no settings: each algorithm with its own, beside each other", () => {
  const own = cell("pp-conn", {}, "tiny-glyphs");
  assertEquals([own.hyper.A, own.hyper.useM, own.settings], [15, true, {}]);
  assertEquals(beside(own, "adam-l2", cell("adam-l2", {}, "tiny-glyphs")), "tiny-glyphs adam-l2");
  assertEquals(beside(cell("pp-conn-fast"), "pp-conn", cell("pp-conn")), "tiny-div pp-conn");
  // What is set for one has to be so for the other, also where it is the other's own.
  assertEquals(beside(cell("pp-conn-fast", { A: 150 }), "pp-conn", cell("pp-conn")), "tiny-div pp-conn");
  assertEquals(beside(cell("pp-conn-fast", { A: 120 }), "pp-conn", cell("pp-conn")), null);
});

Deno.test("nobody is beside a row of another problem, nor the row itself; a budget makes no other problem", () => {
  const sparse = { beta: 0.9 };
  assertEquals(beside(cell("ppm", sparse), "adamw", cell("adamw")), null);
  assertEquals(beside(cell("ppm", sparse), "adamw", cell("adamw", sparse)), "tiny-div beta=0.9 adamw");
  assertEquals(beside(cell("ppm"), "adamw", cell("adamw", {}, "tiny-add")), null);
  assertEquals(beside(cell("ppm", { maxEpochs: 9 }), "adamw", cell("adamw", { maxEpochs: 500 })), "tiny-div adamw");
  assertEquals(beside(cell("ppm"), "ppm", cell("ppm", FAST)), null);
  assertEquals(beside(cell("ppm"), null, cell("adamw")), null);
});

Deno.test("who belongs together is found by keys: what is shown of a cell has no part in it", () => {
  const own = cell("ppm", { beta: 0.9, ...FAST });
  const baseline = cell("adamw", { beta: 0.9, ...FAST });
  const masked = { ...baseline, variant: { shown: "otherwise" } };
  assertEquals(tableWith(own, masked).beside({ cell: own }, "adamw")?.cell, masked);
  const alike = { ...baseline, problem: "another" };
  assertEquals(tableWith(own, alike).beside({ cell: own }, "adamw"), null);
  // Two cells of one text are two.
  const twin = { ...baseline, key: "another" };
  assertEquals(tableWith(baseline, twin).rows.length, 2);
  assertEquals(tableWith(baseline, twin).problems().map((rows) => rows.length), [2]);
});

Deno.test("the key of a cell is of what it is: not of budget, seed, engine or a default that is named, and of all else", () => {
  const { key, problem } = cell("ppm");
  assertEquals(cell("ppm", { maxEpochs: 3, sigma: 10, modulus: 23 }).key, key);
  assertEquals(cellOf(catalogue, { ...madeUp({ algorithm: "ppm", seed: 7, generalised: 9 }) }).key, key);
  assertEquals(cell("adamw").problem, problem);
  const others = [
    cell("ppm", { sigma: 3 }),
    cell("ppm-gradpred"),
    cell("ppm", { beta: 0.9 }),
    cell("ppm", {}, "tiny-add"),
  ];
  assertEquals(new Set([key, ...others.map((other) => other.key)]).size, 5);
  assertEquals(others.map((other) => other.problem === problem), [true, true, false, false]);
  // Of an algorithm that is not known here everything is shown, and its key is still its own.
  const foreign = cellOf(catalogue, { ...madeUp({ seed: 0, generalised: 9 }), algorithm: "mine", hyper: { rate: 2 } });
  assertEquals([methodText(foreign), foreign.problem, foreign.fixed], ["mine rate=2", problem, []]);
});

const at = (record: RunRecord, finishedAt: string): RunRecord => {
  const { seal: _, ...rest } = record;
  return sealed({ ...rest, timing: { ...record.timing, finishedAt } });
};

Deno.test("a table has one record a seed, the one that was given more, or the newer, and seeds ascend", () => {
  const run = (seed: number, more: Partial<MadeUpRun> = {}) => madeUp({ seed, generalised: null, ...more });
  const [old, young] = ["2026-11-23", "2026-11-24"].map((day) => at(run(3, { trajectory: day }), `${day}T00:00:00Z`));
  const more = at(run(1, { overrides: { maxEpochs: 500 } }), "2026-11-01T00:00:00Z");
  const records = [young, run(1), run(2), more, old];
  for (const given of [records, records.toReversed()]) {
    const table = tableOf(catalogue, given);
    assertEquals(table.rows.length, 1);
    assertEquals(table.rows[0].records.map(({ digest }) => digest), [more, run(2), young].map(({ digest }) => digest));
    assertEquals(table.rows[0].control, null);
  }
});

Deno.test("rows are found by their keys, some of them in the order that is asked for, and problems in that of the rows", () => {
  const cells = [cell("ppm"), cell("adamw", { beta: 0.9 }), cell("adamw")];
  const table = tableWith(...cells);
  assertEquals(table.at(cells[1].key)?.cell, cells[1]);
  assertEquals(table.at("nothing"), null);
  assertEquals(table.only([cells[2].key, "nothing", cells[0].key, cells[2].key]).rows.map((row) => row.cell), [
    cells[2],
    cells[0],
  ]);
  assertEquals(table.problems().map((rows) => rows.map((row) => cellText(row.cell))), [
    ["tiny-div ppm", "tiny-div adamw"],
    ["tiny-div beta=0.9 adamw"],
  ]);
  assert(table.problems().every(([first, ...rest]) => rest.every(({ cell }) => cell.problem === first.cell.problem)));
});
