import { assert, assertEquals } from "@std/assert";
import { catalogue } from "../../bench/mod.ts";
import { type AgentName, AGENTS, assertApart, defineProbe, type Probe, tableOf } from "../../src/catalogue/probe.ts";
import { select } from "../../src/data/dataset.ts";
import { startEngine } from "../../src/engine/mod.ts";
import { find } from "../../src/errors.ts";
import { computationOf } from "../../src/run/computation.ts";
import { probeProgram } from "../../src/run/probing.ts";
import { batchArrays } from "../../src/run/session.ts";
import { TrialRun, UNWATCHED } from "../../src/run/trial_run.ts";
import { resolve } from "../../src/run/trial.ts";

const CASES = ["tiny-div", "tiny-glyphs"];
const ROWS = 32;
const onnx = await startEngine("onnx");
const probes = catalogue.probes.map(({ id }) => id);

Deno.test("probes say what they are and have names of their own", () => {
  catalogue.probes.forEach(defineProbe);
  assertApart(catalogue.probes);
});

/** What a probe gives on the first samples of a case. */
async function given(probe: Probe, id: string, agents: readonly AgentName[]) {
  const found = find("case", catalogue.cases, id);
  const problem = await found.prepare(found.configure({}), 0);
  const program = await onnx.compile(probeProgram(probe, problem, agents, ROWS));
  const away = problem.theta0.map((x, i) => x + 0.01 * Math.sin(i));
  program.load({ ...Object.fromEntries(agents.map((name) => [name, away])), origin: problem.theta0 });
  const results = await program.run(
    batchArrays(select(problem.dataset.train, Int32Array.from({ length: ROWS }, (_, i) => i))),
  );
  await program.dispose();
  return results;
}

for (const probe of catalogue.probes) {
  const columns = probe.columns.map(({ name }) => name);
  for (const id of CASES) {
    Deno.test(`${probe.id} on ${id}: a finite number a column where all agents are there, none undeclared elsewhere`, async () => {
      const all = await given(probe, id, AGENTS);
      assertEquals(Object.keys(all).sort(), [...columns].sort());
      for (const [name, values] of Object.entries(all)) assert(Number.isFinite(values[0]), name);
      if (probe.needs.includes("predator")) return;
      const alone = Object.keys(await given(probe, id, ["prey"]));
      assert(alone.length > 0 && alone.every((name) => columns.includes(name)));
    });
  }
}

/** A run to its outcome, measured by some probes. */
async function measured(id: string, probes: readonly string[]) {
  const trial = resolve(catalogue, { case: id, algorithm: "ppm", overrides: {}, seed: 0, engine: "onnx", probes });
  const problem = await trial.case.prepare(trial.config, 0);
  const run = await TrialRun.start(trial, problem, onnx, UNWATCHED, null);
  await run.finish();
  const { curve } = run.trajectory;
  const same = { id: trial.id, digest: await run.digest(), computation: await computationOf(trial, problem) };
  await run.dispose();
  return { curve, same };
}

for (const id of CASES) {
  Deno.test(`${id}: measuring changes neither name, nor digest, nor computation of a run, and fills every column`, async () => {
    const [without, all] = [await measured(id, []), await measured(id, probes)];
    assertEquals(all.same, without.same);
    for (const probe of catalogue.probes) {
      const table = all.curve[tableOf(probe)];
      for (const { name } of probe.columns) {
        assertEquals(table[name].length, Object.values(table)[0].length);
        assert(table[name].at(-1) !== null, name);
        assert(!(name in without.curve[tableOf(probe)]));
      }
    }
  });
}
