import * as tf from "@tensorflow/tfjs";
import { assert, assertEquals, assertMatch, assertStringIncludes, assertThrows } from "@std/assert";
import { cases } from "../../bench/cases/mod.ts";
import { plannedCanaries } from "../../tools/canary/plan.ts";
import type { Phase } from "../../src/algorithms/algorithm.ts";
import type { Values } from "../../src/declare/field.ts";
import { DataError } from "../../src/data/data_error.ts";
import { EngineFailed, startEngine } from "../../src/engine/mod.ts";
import { UsageError } from "../../src/errors.ts";
import {
  type CanaryResult,
  judgeTrial,
  loadCanaries,
  parseCanaryFile,
  type Reference,
  runCanaries,
} from "../../src/gate/canary/mod.ts";
import { indexText } from "../../src/gate/canary/folder.ts";
import { canariesOf, judgeCanaries, unfollowed } from "../../src/gate/canary_tier.ts";
import { sealed } from "../../src/run/record/seal.ts";
import type { Trial } from "../../src/run/trial.ts";
import { catalogue, resolved } from "../support/runs.ts";

const FOLDER = "expected/canary";
const references = loadCanaries(FOLDER);
const STARTS = ["add139-norm", "add139-hypercube"];
const SMALL = ["tiny-div", "tiny-add", "tiny-glyphs"];

const referenceOf = (caseId: string, algorithm: string, canary = "first-steps"): Reference =>
  references.find((known) => known.case === caseId && known.algorithm === algorithm && known.canary === canary)!;

const trialOf = ({ case: id, algorithm, seed, overrides }: Reference): Trial =>
  resolved({ case: id, algorithm, seed, overrides, engine: "onnx" });

async function failuresOn(engine: string, chosen: readonly Reference[], overrides = {}): Promise<string[]> {
  const lines: string[] = [];
  for await (const result of runCanaries(await startEngine(engine), chosen, { catalogue, overrides })) {
    const { algorithm, canary, verdict, parted, reason } = result;
    if (verdict !== "passed") lines.push(`${algorithm} ${canary}: ${reason ?? JSON.stringify(parted)}`);
  }
  return lines;
}

Deno.test("an algorithm that no reference follows is named", () => {
  const choice = { cases: ["tiny-div"], algorithms: ["ppm", "mine"] };
  assertEquals(unfollowed(choice, canariesOf(choice)), ["mine"]);
  assertEquals(unfollowed({ ...choice, algorithms: [] }, []), []);
});

for (const id of SMALL) {
  Deno.test(`${id}: every algorithm follows its float64 trajectory`, async () => {
    const chosen = references.filter((known) => known.case === id);
    assert(chosen.length >= catalogue.algorithms.length);
    assertEquals(await failuresOn("onnx", chosen), []);
  });
}

Deno.test("the plain transformer follows the same trajectories as the one with shared prefixes", async () => {
  const chosen = references.filter(({ case: id, algorithm }) =>
    ["tiny-div", "tiny-add"].includes(id) && ["adamw", "ppm-gradpred"].includes(algorithm)
  );
  assert(chosen.length >= 8);
  assertEquals(await failuresOn("onnx", chosen, { sharedPrefix: false }), []);
});

/** The result of a trial that was broken. */
async function broken(
  caseId: string,
  algorithm: string,
  change: (trial: Trial) => Partial<Trial>,
  canary?: string,
): Promise<CanaryResult> {
  const reference = referenceOf(caseId, algorithm, canary);
  const trial = () => {
    const whole = trialOf(reference);
    return { ...whole, ...change(whole) };
  };
  return judgeTrial(await startEngine("onnx"), trial, reference);
}

/** The algorithm computes with other constants than it says it has. */
const computingWith = (change: Values) => ({ algorithm }: Trial): Partial<Trial> => ({
  algorithm: { ...algorithm, phases: (hyper, layout) => algorithm.phases({ ...hyper, ...change }, layout) },
});

for (
  const [what, caseId, algorithm, change, step, quantity] of [
    // With another β₂ the first step of Adam is the same, g/|g|, and the next ones nearly so.
    ["another β₂", "tiny-glyphs", "adamw", { beta2: 0.99 }, 5, "loss"],
    // 14 steps of memorisation and 5 prey-only steps come first.
    ["another σ", "tiny-glyphs", "ppm", { sigma: 1.01 }, 20, "potential"],
    ["another α_p", "tiny-glyphs", "pp-conn", { alphaP: 12 }, 23, "distance"],
    ["the first moment left out", "tiny-glyphs", "pp-conn", { useM: false }, 15, "stepNorm"],
    ["a learning rate 5 % too large", "tiny-div", "adamw", { learningRate: 1.05e-3 }, 3, "loss"],
    ["one prey-only step less", "tiny-div", "ppm-nochase", { nD: 4 }, 23, "phase"],
  ] as const
) {
  Deno.test(`${what} fails at the step where it exceeds what rounding does, and names the quantity`, async () => {
    const { verdict, parted } = await broken(caseId, algorithm, computingWith(change));
    assertEquals([verdict, parted?.quantity, parted?.step], ["failed", quantity, step]);
  });
}

/** The algorithm with its phases changed. */
const withPhases = (change: (phase: Phase) => Partial<Phase>) => ({ algorithm }: Trial): Partial<Trial> => ({
  algorithm: {
    ...algorithm,
    phases: (...of) => algorithm.phases(...of).map((phase) => ({ ...phase, ...change(phase) })),
  },
});

/** A step that does nothing once its second correction says that the run is old. */
const endsLate = ({ step }: Phase): Partial<Phase> => ({
  step(state, gradAt, clock) {
    const { state: next, ...rest } = step(state, gradAt, clock);
    const old = tf.lessEqual(clock.secondCorrection, 1 + 1e-12);
    return { ...rest, state: { ...next, prey: tf.where(old, state.prey as tf.Tensor, next.prey as tf.Tensor) } };
  },
});

for (
  const [what, algorithm, change, canary] of [
    ["t modulo 1,024", "adamw", ({ clock }: Phase) => ({ clock: (t: number) => clock(t % 1024) }), "after-2500-epochs"],
    [
      "a correction that stops at t = 1,600",
      "pp-conn",
      ({ clock }: Phase) => ({ clock: (t: number) => clock(Math.min(t, 1600)) }),
      "after-2500-epochs",
    ],
    ["an optimiser that stands still after 40,000 steps", "ppm", endsLate, "after-26000-epochs"],
  ] as const
) {
  Deno.test(`${what} is not seen by the first steps, and by those of a run under way`, async () => {
    assertEquals((await broken("tiny-glyphs", algorithm, withPhases(change))).verdict, "passed");
    const { verdict, parted } = await broken("tiny-glyphs", algorithm, withPhases(change), canary);
    assertEquals(verdict, "failed");
    assert(parted!.step > 5_000);
  });
}

Deno.test("a miscounted gradient call fails, though every trajectory agrees", async () => {
  const { verdict, parted } = await broken("tiny-glyphs", "ppm-gradpred", ({ algorithm }) => {
    const phases: typeof algorithm.phases = (...of) => algorithm.phases(...of).map((p) => ({ ...p, gradientCalls: 1 }));
    return { algorithm: { ...algorithm, phases } };
  });
  assertEquals([verdict, parted?.quantity, parted?.found], ["failed", "gradientCalls", 28]);
});

Deno.test("a loss that is no number fails", async () => {
  const result = await broken("tiny-glyphs", "adamw", computingWith({ learningRate: 1e20 }));
  const { verdict, parted, worst } = result;
  assertEquals([verdict, parted?.quantity, parted?.found, worst?.relative], ["failed", "loss", null, Infinity]);
  assertEquals(parted!.step, 2);
});

Deno.test("another start, other data and another field are named before what follows from them", async () => {
  const started = (change: (x: number) => number) => ({ case: found }: Trial): Partial<Trial> => {
    const prepare: typeof found.prepare = async (config, seed) => {
      const problem = await found.prepare(config, seed);
      return { ...problem, theta0: problem.theta0.map(change) };
    };
    return { case: { ...found, prepare } };
  };
  const scaled = await broken("tiny-glyphs", "adamw", started((x) => 1.001 * x));
  assertEquals([scaled.verdict, scaled.parted?.quantity], ["failed", "initial vector (SHA-256)"]);
  // The last bit is another one, and that is no failure.
  assertEquals((await broken("tiny-glyphs", "adamw", started((x) => x * (1 + 1e-7)))).verdict, "passed");
  const swapped = await broken("tiny-div", "adamw", ({ case: found }) => {
    const prepare: typeof found.prepare = async (config, seed) => {
      const problem = await found.prepare(config, seed);
      const { train, test } = problem.dataset;
      return { ...problem, dataset: { train, test: { ...test, targets: test.targets.map((c) => (c + 1) % 23) } } };
    };
    return { case: { ...found, prepare } };
  });
  assertEquals([swapped.verdict, swapped.parted?.quantity], ["failed", "test data (SHA-256)"]);
  const field = await broken("tiny-div", "adamw", ({ config }) => ({ config: { ...config, batchSize: 63 } }));
  assertEquals([field.parted?.quantity, field.parted?.found], ["field batchSize", "63"]);
  const own = await broken("tiny-div", "adamw", ({ hyper }) => ({ hyper: { ...hyper, beta2: 0.99 } }));
  assertEquals([own.parted?.quantity, own.parted?.found], ["field beta2", "0.99"]);
});

Deno.test("a canary whose data are absent or whose device gave up is not run, one that throws or names nothing known has failed", async () => {
  const throwing = (error: Error) => ({ case: found }: Trial) => ({
    case: { ...found, prepare: () => Promise.reject(error) },
  });
  const absent = await broken("tiny-glyphs", "adamw", throwing(new DataError("loading MNIST: not found")));
  assertEquals(absent.verdict, "not run");
  assertStringIncludes(absent.reason!, "no MNIST");
  const lost = await broken("tiny-glyphs", "adamw", throwing(new EngineFailed("engine 'webgpu': device lost")));
  assertEquals([lost.verdict, lost.reason], ["not run", "engine 'webgpu': device lost"]);
  assertEquals((await broken("tiny-glyphs", "adamw", throwing(new Error("out of luck")))).verdict, "failed");
  const engine = await startEngine("onnx");
  const strange = { ...referenceOf("tiny-glyphs", "adamw"), algorithm: "adamx" };
  for await (const result of runCanaries(engine, [strange], { catalogue })) {
    assertEquals(result.verdict, "failed");
    assertStringIncludes(result.reason!, "adamx");
  }
});

Deno.test("every planned canary has its file, and every algorithm its trajectory", () => {
  const planned = plannedCanaries.flatMap(({ case: id, canary, seed, overrides, algorithms }) =>
    algorithms.map((algorithm) => JSON.stringify([id, canary, algorithm, seed, overrides]))
  );
  const kept = references.map(({ case: id, canary, algorithm, seed, overrides }) =>
    JSON.stringify([id, canary, algorithm, seed, overrides])
  );
  assertEquals(kept.sort(), planned.sort());
  // They are `add139` from another start, which `tiny-add scaled` and `tiny-add hypercube` stand for.
  const covered = new Set(references.map((known) => known.case));
  assertEquals(cases.map(({ id }) => id).filter((id) => !covered.has(id)), STARTS);
});

Deno.test("cheap canaries come first, the baseline first of each", () => {
  assert(SMALL.includes(references[0].case));
  assert(references.at(-1)!.case.startsWith("div97"));
  for (const { id } of cases.filter(({ id }) => !STARTS.includes(id))) {
    const own = references.filter((known) => known.case === id && known.canary === "first-steps");
    assertEquals(own[0].algorithm, "adamw");
  }
});

Deno.test("a damaged canary file is refused with its name and what is wrong", () => {
  const text = Deno.readTextFileSync(`${FOLDER}/tiny-glyphs.json`);
  // deno-lint-ignore no-explicit-any -- damaged on purpose
  const changed = (change: (file: any) => void) => {
    const { seal: _, ...file } = JSON.parse(text);
    change(file);
    return file;
  };
  // Under a seal that fits, so that what lies behind it is looked at.
  // deno-lint-ignore no-explicit-any -- likewise
  const damaged = (change: (file: any) => void) => JSON.stringify(sealed(changed(change)));
  // deno-lint-ignore no-explicit-any -- likewise
  const hunt = (file: any) => file.canaries[0].entries.find((entry: Reference) => entry.algorithm === "ppm");
  for (
    const [wrong, said] of [
      [text.slice(0, -10), "JSON"],
      ["null", "schema"],
      [text.replace("0.001", "0.002"), "its seal does not fit"],
      [damaged((file) => file.schema = 1), "schema"],
      [damaged((file) => file.canaries = []), "canaries must NOT have fewer than 1 items"],
      [damaged((file) => file.canaries[0].entries = []), "entries must NOT have fewer than 1 items"],
      [damaged((file) => hunt(file).steps.t.pop()), "differ in length"],
      [damaged((file) => hunt(file).steps.loss[7] = null), "lacks a loss"],
      [damaged((file) => hunt(file).steps.loss[7] = "1"), "steps.loss.7 must be number"],
      [damaged((file) => delete hunt(file).rounding.loss), "rounding must have required property 'loss'"],
      [damaged((file) => hunt(file).rounding.distance[2] = -1), "rounding.distance.2 must be >= 0"],
    ] as const
  ) {
    const error = assertThrows(() => parseCanaryFile(wrong, "some/file.json"), UsageError);
    assertStringIncludes(error.message, "some/file.json");
    assertStringIncludes(error.message, said);
  }
});

Deno.test("a canary file that is missing, of another folder or not in the index is noticed", () => {
  const folder = Deno.makeTempDirSync();
  const [one, other, index] = ["tiny-div", "tiny-add", "index"].map((name) => `${folder}/${name}.json`);
  const whole = () => {
    for (const { name } of Deno.readDirSync(FOLDER)) Deno.copyFileSync(`${FOLDER}/${name}`, `${folder}/${name}`);
  };
  try {
    whole();
    assertEquals(loadCanaries(folder).length, references.length);
    assertEquals(indexText(folder), Deno.readTextFileSync(index));
    for (
      const [damage, said] of [
        [() => Deno.removeSync(one), `${one} is missing`],
        [() => Deno.copyFileSync(other, one), `${one} is another file than index.json says`],
        [() => Deno.removeSync(index), `${index} is missing`],
        [() => Deno.writeTextFileSync(index, '{"files":{}}'), `${index} is damaged`],
        [() => Deno.writeTextFileSync(index, ""), `${index} is damaged`],
      ] as const
    ) {
      whole();
      damage();
      assertThrows(() => loadCanaries(folder), UsageError, said);
    }
  } finally {
    Deno.removeSync(folder, { recursive: true });
  }
});

Deno.test("a failed canary is drift and says what, where, and how far off", async () => {
  const [reference] = canariesOf({ cases: ["tiny-add"], algorithms: ["adamw"] });
  const wrong = { ...reference, steps: { ...reference.steps, loss: reference.steps.loss.map((x) => x! * 1.1) } };
  for await (const finding of judgeCanaries(catalogue, await startEngine("onnx"), [wrong])) {
    assertEquals([finding.tier, finding.verdict, finding.quantity], ["canary", "drift", "loss"]);
    assertEquals(finding.seeds, [reference.seed]);
    assertMatch(finding.certainty, /loss off by 9\.1e-2, tolerance/);
    assertMatch(finding.from, /at step 1$/);
  }
});

Deno.test("what the last canary starts from is checked before the first one makes a step", async () => {
  const [first, last] = [referenceOf("tiny-div", "adamw"), referenceOf("div97", "adamw")];
  const wrong = { ...last, config: { ...last.config, batchSize: 500 } };
  const order = [];
  for await (const result of runCanaries(await startEngine("onnx"), [first, wrong], { catalogue })) order.push(result);
  assertEquals(order.map(({ case: id, verdict }) => [id, verdict]), [["div97", "failed"], ["tiny-div", "passed"]]);
  assertEquals(order[0].parted?.quantity, "field batchSize");
});
