import { assert, assertEquals, assertMatch, assertNotEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { catalogue } from "../../bench/mod.ts";
import { everyMutant, faulty, judging, type Mutant, mutants } from "../../tools/audit/mutants/mod.ts";
import type { CellSample } from "../../tools/audit/cell_sample.ts";
import { SCHEMES } from "../../tools/audit/deals.ts";
import { CONTROL, outcomesOf, type Scope } from "../../tools/audit/mutant_outcome.ts";
import { falseAlarms, GATE, power, screenAsDecided } from "../../tools/audit/nights.ts";
import { assertApplies, edited, snapshot } from "../../tools/audit/tree.ts";
import { stream } from "../../src/data/stream.ts";
import { defaultsOf } from "../../src/declare/field.ts";
import { UsageError } from "../../src/errors.ts";
import { screenTimes, type Times } from "../../src/gate/screen.ts";
import type { Observation } from "../../src/stats/kaplan_meier.ts";

const mutant = (id: string): Mutant => mutants.find((m) => m.id === id)!;

Deno.test("every mutant applies to the tree, once, and changes it", () => {
  for (const each of everyMutant) assertApplies(each);
  assertEquals(new Set(everyMutant.map(({ id }) => id)).size, everyMutant.length);
  assert(everyMutant.length >= 80 && judging.length >= 25);
  for (const { id, tests } of judging) {
    for (const path of tests) assert(Deno.statSync(path), `${id}: ${path}`);
  }
  assert(mutants.length >= 52 && mutants.filter(({ late }) => late).length >= 4);
});

Deno.test("an edit whose text is gone, is there twice, or has no file is refused with its name", () => {
  const edit = { file: "a.ts", find: "x", replace: "y" };
  assertThrows(() => edited("gone", edit, "z"), UsageError, "mutant 'gone': its text is 0 times in a.ts");
  assertThrows(() => edited("gone", edit, "x x"), UsageError, "2 times");
  assertThrows(() => edited("gone", { ...edit, replace: "x" }, "x"), UsageError, "changes nothing");
  const nowhere = { id: "gone", what: "", edit: { ...edit, file: "no/such.ts" } };
  assertThrows(() => assertApplies(nowhere), UsageError, "mutant 'gone': there is no file");
  assertEquals(edited("gone", { ...edit, replace: "$&" }, "axb"), "a$&b");
});

Deno.test("a fault that finds nothing of what it is about is refused, and says so before anything is run", () => {
  const nothing = { ...catalogue, algorithms: [], cases: [] };
  for (const each of mutants) {
    if ("fault" in each) assertThrows(() => each.fault(nothing), UsageError);
    else assertThrows(() => faulty(catalogue, each.id), UsageError, "not a fault");
  }
});

Deno.test("a fault leaves the catalogue as it is, and is another one: fields, phases or problems", async () => {
  const told = JSON.stringify(catalogue);
  const wrong = faulty(catalogue, "beta2-default");
  const beta2 = ({ algorithms }: typeof catalogue) => algorithms[0].fields.beta2.value;
  assertEquals([beta2(catalogue), beta2(wrong)], [0.999, 0.99]);
  const clockOf = ({ algorithms }: typeof catalogue) =>
    algorithms[0].phases({ ...defaultsOf(algorithms[0].fields) }, [])[0].clock(1);
  assertEquals(clockOf(faulty(catalogue, "correction-off-by-one")), clockOfStep(2));
  const prepared = async ({ cases }: typeof catalogue) => {
    const found = cases.find(({ id }) => id === "tiny-div")!;
    return (await found.prepare(found.configure({}), 0)).dataset.train.targets;
  };
  assertNotEquals(await prepared(catalogue), await prepared(faulty(catalogue, "wrong-inverse")));
  assertEquals(JSON.stringify(catalogue), told);
});

/** What AdamW's phase gets for a step. */
const clockOfStep = (t: number) =>
  catalogue.algorithms[0].phases(defaultsOf(catalogue.algorithms[0].fields), [])[0].clock(t);

/** One canary; one cell of one seed where a mutant gets past it; no fresh seeds, which take a minute. */
const SMALL: Scope = {
  profile: "smoke",
  canaries: { cases: ["tiny-div"], algorithms: ["adamw"] },
  fixed: { cases: ["tiny-div"], algorithms: ["adamw"], seeds: [0] },
  fresh: null,
};

const harmless: Mutant = {
  id: "comment",
  what: "a comment",
  edit: { file: "src/run/schedule.ts", find: "const GROWTH = 1.01;", replace: "const GROWTH = 1.01; // 1 %" },
};
const broken: Mutant = {
  id: "throws",
  what: "a file that does not parse",
  edit: { file: "src/problem/objective.ts", find: "export const losses =", replace: "export const losses ==" },
};

/** Does something, and whatever it starts, on a machine whose processor has another name. */
async function onProcessor<T>(name: string, body: () => Promise<T>): Promise<T> {
  const before = Deno.env.get("DRIVEN_HUNT_CPU");
  Deno.env.set("DRIVEN_HUNT_CPU", name);
  try {
    return await body();
  } finally {
    if (before === undefined) Deno.env.delete("DRIVEN_HUNT_CPU");
    else Deno.env.set("DRIVEN_HUNT_CPU", before);
  }
}

Deno.test("bugs are caught by canary, by digest, or because nothing runs; a comment escapes; copies are removed", async () => {
  const parent = Deno.makeTempDirSync();
  const base = snapshot(undefined, undefined, parent);
  const ids = ["no-second-correction", "correction-frozen"];
  // A processor that no expectation is of: what digests are compared with is the control, made here and now.
  const outcomes = await onProcessor("one that nobody has", async () => {
    const [control] = await outcomesOf(base, [null], 1, () => {}, SMALL);
    assertEquals([control.id, control.caughtBy, control.symptom], [CONTROL, null, ""]);
    return await outcomesOf(base, [...ids.map(mutant), broken, harmless], 2, () => {}, SMALL);
  });
  assertEquals([...Deno.readDirSync(parent)].map(({ name }) => `${parent}/${name}`), [base]);
  Deno.removeSync(parent, { recursive: true });
  assertEquals(outcomes.map(({ caughtBy }) => caughtBy), ["canary", "digest", "crash", null]);
  assertMatch(outcomes[0].symptom, /^tiny-div adamw: stepNorm: .* at step 1 →/);
  assertStringIncludes(outcomes[1].symptom, "1 differ");
  assertEquals(outcomes.map(({ untrained }) => untrained), [true, false, true, false]);
  assert(outcomes.every(({ seconds }) => seconds > 0));
});

Deno.test("what shows only after a hundred steps or thirty epochs is caught by a canary", async () => {
  const base = snapshot();
  const ids = ["order-repeats", "correction-frozen", "decay-ends"];
  const scope = { ...SMALL, canaries: { cases: ["tiny-glyphs"], algorithms: ["adam-l2-scratch"] } };
  const outcomes = await outcomesOf(base, ids.map(mutant), 2, () => {}, scope);
  Deno.removeSync(base, { recursive: true });
  assert(outcomes.every(({ caughtBy }) => caughtBy === "canary"));
  for (const { symptom } of outcomes) assertMatch(symptom, /^tiny-glyphs adam-l2-scratch \(late\): /);
});

/** Cells with ten log-normal times of spread 0.15, of which a night brings five new ones. */
const CELLS: readonly CellSample[] = Array.from({ length: 8 }, (_, i) => {
  const random = stream(7, `cell ${i}`);
  const sample = Array.from({ length: 10 }, () => ({ time: 1000 * Math.exp(0.15 * random.normal()), censored: false }));
  return { name: `cell ${i}`, sample, fresh: 5, budget: Infinity, setting: null };
});

Deno.test("a slip in what judges is caught by the tests of it, and named by the first that fails; a harmless one is not", async () => {
  const base = snapshot();
  const slip = judging.find(({ id }) => id === "clock-modulo")!;
  const edit = { file: "src/run/progress.ts", find: "/** Before the first step", replace: "/** Before any step" };
  const outcomes = await outcomesOf(base, [slip, { ...slip, id: "comment", edit }], 2, () => {}, SMALL);
  Deno.removeSync(base, { recursive: true });
  assertEquals(outcomes.map(({ caughtBy }) => caughtBy), ["test", null]);
  assertMatch(outcomes[0].symptom, /^the clock counts every step/);
});

Deno.test("honest nights raise no alarm, a cell ten times as slow is seen, and a shift of nothing is not", () => {
  for (const scheme of SCHEMES) assertEquals(falseAlarms(CELLS, 20, scheme).hits, 0);
  assertEquals(power(CELLS, 16, 10).rate, 1);
  assertEquals(power(CELLS, 16, 1).rate, 0);
  // A seed that keeps its time shows what strangers hide.
  assertEquals(power(CELLS, 16, 1.25, "paired 0.95").rate, 1);
});

Deno.test("a gate that calls every cell drift would be found out", () => {
  const lax = {
    ...GATE,
    screen: (cells: readonly Times[]) => ({
      omnibus: 0,
      shifts: cells.map(() => ({ p: 1, paired: null, flagged: "always", confirmation: 0, confirmed: true, needs: 5 })),
    }),
    drifts: () => true,
  };
  const { rate, interval } = falseAlarms(CELLS, 20, "redrawn", lax);
  assertEquals(rate, 1);
  assert(interval.low > 0.8);
});

Deno.test("a cell that slows down past its budget is given up there, and seen as such", () => {
  const tight = CELLS.map((cell) => ({ ...cell, budget: 2000 }));
  assertEquals(power(tight, 16, 10).rate, 1);
});

Deno.test("the cheaper screen decides as the gate's own", () => {
  const random = stream(3, "screens");
  const drawn = (n: number, shift: number): Observation[] =>
    Array.from({ length: n }, () => ({ time: shift * Math.exp(0.2 * random.normal()), censored: false }));
  for (let night = 0; night < 12; night++) {
    const cells = Array.from({ length: 6 }, (_, i): Times => {
      const shift = i < night % 4 ? 1.25 : 1;
      return { reference: drawn(5, 1), screen: drawn(5, shift), confirm: i % 2 ? drawn(5, shift) : [] };
    });
    const facts = ({ shifts }: ReturnType<typeof screenTimes>) =>
      shifts.map(({ flagged, confirmed, p }) => [flagged, confirmed, p]);
    assertEquals(facts(screenAsDecided(cells)), facts(screenTimes(cells)));
  }
});
