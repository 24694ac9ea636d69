import { assert, assertEquals, assertRejects } from "@std/assert";
import { objectiveOf } from "../../src/problem/objective.ts";
import * as tf from "@tensorflow/tfjs";
import { type Algorithm, defineAlgorithm, type Phase, type Until } from "../../src/algorithms/algorithm.ts";
import { adamFields } from "../../src/algorithms/fields.ts";
import { end, single } from "../../src/algorithms/single.ts";
import { adamL2, adamw, type Vec } from "../../src/algorithms/transform.ts";
import type { Tree } from "../../src/algorithms/tree.ts";
import type { Values } from "../../src/declare/field.ts";
import type { Problem } from "../../src/problem/case.ts";
import { computationOf } from "../../src/run/computation.ts";
import type { Trial } from "../../src/run/trial.ts";
import { trialOf } from "../support/runs.ts";

/** Small, with three steps an epoch. */
const SMALL = { modulus: 11, batchSize: 16 };
const trial = trialOf("tiny-div", "adamw", SMALL);
const problem = await trial.case.prepare(trial.config, 0);

/** Fingerprint of a trial, or of `tiny-div adamw` with something else in it. */
const of = (change: Partial<Trial> = {}, on: Problem = problem): Promise<string> =>
  computationOf({ ...trial, ...change }, on);
const plain = await of();

const ofAlgorithm = (algorithm: string, overrides: Values = {}, engine = "onnx") =>
  computationOf(trialOf("tiny-div", algorithm, { ...SMALL, ...overrides }, engine), problem);

/** An algorithm of these phases, with the constants of Adam. */
const algorithmOf = (phases: Algorithm["phases"]): Algorithm =>
  defineAlgorithm({ ...trial.algorithm, id: "made-up", fields: adamFields, phases });

/** The one phase of `adamw`, with something else in it. */
const [train] = trial.algorithm.phases(trial.hyper, problem.model.layout);
const changed = (change: Partial<Phase>) => of({ algorithm: algorithmOf(() => [{ ...train, ...change }]) });

Deno.test("the fingerprint is 256 bits, the same each time, and the same for the same maths in an algorithm of another name", async () => {
  assert(/^[0-9a-f]{64}$/.test(plain));
  assertEquals(await of(), plain);
  assertEquals(await changed({}), plain);
  assertEquals(await changed({ id: "trained" }), plain);
  const { algorithm } = trial;
  assertEquals(await of({ algorithm: { ...algorithm, summary: "told otherwise", controlReason: "likewise" } }), plain);
});

/** AdamW written anew, without the transformations, with other names and in another style. */
function rewritten({ learningRate: alpha, weightDecay: lambda, beta1, beta2, epsilon }: Record<string, number>): Phase {
  const lerp = (from: tf.Tensor, to: tf.Tensor, keep: number) => from.mul(keep).add(to.mul(1 - keep));
  return {
    id: "anew",
    until: { kind: "end" },
    restartsClock: true,
    gradientCalls: 1,
    enter: ({ prey: theta }) => {
      const zeros = () => new Float32Array((theta as Float32Array).length);
      return { prey: theta, optimiser: { 0: { firstMoment: zeros(), secondMoment: zeros() } } };
    },
    clock: (step) => ({ firstCorrection: 1 / (1 - beta1 ** step), secondCorrection: 1 / (1 - beta2 ** step) }),
    step(before, lossAndSlope, { firstCorrection: unbias1, secondCorrection: unbias2 }) {
      const theta = before.prey as Vec;
      const moments = (before.optimiser as Tree<tf.Tensor>)[0] as Record<string, tf.Tensor>;
      const here = lossAndSlope(theta);
      const mean = lerp(moments.firstMoment, here.grad, beta1);
      const square = lerp(moments.secondMoment, here.grad.square(), beta2);
      const root = square.mul(unbias2).sqrt().add(epsilon);
      const direction = mean.mul(unbias1).div(root) as Vec;
      const length = direction.square().sum().sqrt() as tf.Scalar;
      const move = direction.add(theta.mul(lambda)).mul(-alpha);
      return {
        loss: here.loss,
        probes: { stepNorm: length },
        state: { prey: theta.add(move), optimiser: { 0: { firstMoment: mean, secondMoment: square } } },
      };
    },
  };
}

Deno.test("renamed variables, another style and another structure of the code do not move it", async () => {
  const algorithm = algorithmOf((h) => [rewritten(h as unknown as Record<string, number>)]);
  assertEquals(await of({ algorithm }), plain);
  const other = algorithmOf((h) => [rewritten({ ...h as unknown as Record<string, number>, epsilon: 1e-7 })]);
  assert(await of({ algorithm: other }) !== plain);
});

Deno.test("it does not depend on the engine, on the budget, nor on what a run is called", async () => {
  assertEquals(await ofAlgorithm("adamw", {}, "cpu"), plain);
  assertEquals(await ofAlgorithm("adamw", { maxEpochs: 3 }), plain);
  assertEquals(await ofAlgorithm("adamw", { maxEpochs: 100_000 }), plain);
  assertEquals(await of({ id: "another", stem: "another" }), plain);
});

for (
  const [name, value] of Object.entries({
    beta1: 0.8,
    beta2: 0.99,
    epsilon: 1e-7,
    learningRate: 2e-3,
    weightDecay: 0.1,
  })
) {
  Deno.test(`another ${name} moves it`, async () => {
    assert(await ofAlgorithm("adamw", { [name]: value }) !== plain);
  });
}

Deno.test("another order of batches, another start and other data move it, each alone", async () => {
  // On the problem of seed 0, so that nothing but the order of its batches is that of seed 1.
  assert(await of({ spec: { ...trial.spec, seed: 1 } }) !== plain);
  const nudged = problem.theta0.slice();
  nudged[7] += 1e-6;
  assert(await of({}, { ...problem, theta0: nudged }) !== plain);
  const { train, test } = problem.dataset;
  const relabelled = (split: typeof train) => ({
    ...split,
    targets: split.targets.with(0, (split.targets[0] + 1) % 11),
  });
  assert(await of({}, { ...problem, dataset: { train: relabelled(train), test } }) !== plain);
  assert(await of({}, { ...problem, dataset: { train, test: relabelled(test) } }) !== plain);
  assert(await of({ config: { ...trial.config, batchSize: 15 } }) !== plain);
});

Deno.test("another model and another loss move it", async () => {
  const { model } = problem;
  const doubled: Problem = { ...problem, model: { ...model, forward: (p, x) => model.forward(p, x).mul(2) } };
  assert(await of({}, doubled) !== plain);
  assert(await of({}, { ...problem, objective: objectiveOf("mse") }) !== plain);
  // Computed once per residue or once per pair: the same numbers by another graph.
  assert(
    await of({}, await trial.case.prepare({ ...trial.config, sharedPrefix: false } as typeof trial.config, 0)) !==
      plain,
  );
});

Deno.test("tf.sub for tf.add moves it, and so does a state with another leaf or another first value", async () => {
  const away: Phase["step"] = (state, gradAt, clock) => {
    const stepped = train.step(state, gradAt, clock);
    const moved = tf.sub(stepped.state.prey as Vec, state.prey as Vec);
    return { ...stepped, state: { ...stepped.state, prey: tf.sub(state.prey as Vec, moved) } };
  };
  const back: Phase["step"] = (state, gradAt, clock) => {
    const stepped = train.step(state, gradAt, clock);
    const moved = tf.sub(stepped.state.prey as Vec, state.prey as Vec);
    return { ...stepped, state: { ...stepped.state, prey: tf.add(state.prey as Vec, moved) } };
  };
  assert(await changed({ step: away }) !== await changed({ step: back }));
  const leaf = (name: string, value: number): Partial<Phase> => ({
    enter: (previous, random) => ({
      ...train.enter(previous, random),
      [name]: new Float32Array((previous.prey as Float32Array).length).fill(value),
    }),
    step: (state, gradAt, clock) => {
      const stepped = train.step(state, gradAt, clock);
      return { ...stepped, state: { ...stepped.state, [name]: tf.mul(state[name] as Vec, 0.5) } };
    },
  });
  for (const name of ["average", "theta", "weight"]) {
    const one = await changed(leaf(name, 1));
    assert(one !== plain, name);
    assert(await changed(leaf(name, 2)) !== one, `the first value of a leaf '${name}'`);
  }
});

Deno.test("another clock moves it, also one that is another only after many steps, and one of a name that evaluations have too", async () => {
  const clocked = (name: string, of: (t: number) => number): Promise<string> =>
    changed({
      clock: (t) => ({ ...train.clock(t), [name]: of(t) }),
      step: (state, gradAt, clock) => {
        const stepped = train.step(state, gradAt, clock);
        return { ...stepped, state: { ...stepped.state, prey: tf.mul(stepped.state.prey as Vec, clock[name]) } };
      },
    });
  for (const name of ["warmup", "weight"]) {
    const constant = await clocked(name, () => 1);
    assert(constant !== plain);
    assert(await clocked(name, (t) => t === 5 ? 0.5 : 1) !== constant, `${name} at the fifth step`);
    assert(await clocked(name, (t) => t < 3000 ? 1 : 0.5) !== constant, `${name} after three thousand steps`);
    const bends = [200, 201, 900, 77_777].map((at) => clocked(name, (t) => t < at ? 1 : 0.5));
    assertEquals(new Set(await Promise.all(bends)).size, bends.length, `where ${name} bends`);
  }
});

const steps = (count: number): Until => ({ kind: "steps", count });
const FIRST = { learningRate: 1e-3, weightDecay: 1e-2, beta1: 0.9, beta2: 0.999, epsilon: 1e-8 };

Deno.test("the order of the phases, their number of steps and what is in them move it, within a rehearsal and beyond it", async () => {
  const phased = (...phases: Phase[]) => of({ algorithm: algorithmOf(() => phases) });
  const [w, l2] = [adamw(FIRST), adamL2(FIRST)];
  for (const count of [2, 10_000]) {
    const one = await phased(single("a", w, steps(count)), single("b", l2, end));
    assertEquals(await phased(single("a", w, steps(count)), single("c", l2, end)), one);
    assert(await phased(single("a", l2, steps(count)), single("b", w, end)) !== one, `order, ${count} steps`);
    assert(await phased(single("a", w, steps(count + 1)), single("b", l2, end)) !== one, `${count + 1} steps`);
    assert(await phased(single("a", w, steps(count)), single("b", adamL2({ ...FIRST, beta2: 0.9 }), end)) !== one, "b");
    const kept = { ...single("b", l2, end), restartsClock: false };
    assert(await phased(single("a", w, steps(count)), kept) !== one, `clock that runs on, ${count} steps`);
    const twice = { ...single("b", l2, end), gradientCalls: 2 };
    assert(await phased(single("a", w, steps(count)), twice) !== one, `gradient calls, ${count} steps`);
  }
  assert(
    await phased(single("a", w, { kind: "memorised" }), single("b", l2, end)) !== await phased(single("b", l2, end)),
  );
});

Deno.test("what a later phase makes of the state moves it: moments copied or started anew, the prey as it is or as it began", async () => {
  const w = adamw(FIRST);
  const second = single("b", w, end);
  const entering = (enter: Phase["enter"], count: number) =>
    of({ algorithm: algorithmOf(() => [single("a", w, steps(count)), { ...second, enter }]) });
  for (const count of [2, 10_000]) {
    const found = await Promise.all([
      entering(second.enter, count),
      entering((previous) => previous, count),
      entering((previous, random) => second.enter({ ...previous, prey: problem.theta0 }, random), count),
      entering(
        (previous, random) => second.enter({ ...previous, prey: new Float32Array(problem.theta0.length) }, random),
        count,
      ),
    ]);
    assertEquals(new Set(found).size, found.length, `${count} steps`);
  }
});

Deno.test("masks of late steps, thresholds and their direction are part of it", async () => {
  const found = await Promise.all([
    ofAlgorithm("adamw", { memorisedAbove: 0.98 }),
    ofAlgorithm("adamw", { generalisedAbove: 0.98 }),
    ofAlgorithm("adamw", { crossing: "sustained" }),
  ]);
  assertEquals(new Set([plain, ...found]).size, 4);
});

Deno.test("algorithms differ from each other, and a control from what it controls", async () => {
  const ids = [
    "adamw",
    "adamw-tuned",
    "adam-l2",
    "adam-l2-scratch",
    "ppm",
    "ppm-nopush",
    "ppm-nochase",
    "pp-conn",
    "pp-conn-random",
  ];
  const found = await Promise.all(ids.map((id) => ofAlgorithm(id)));
  assertEquals(new Set(found).size, ids.length);
});

Deno.test("another schedule of evaluations moves it, however rare they are", async () => {
  const every = await Promise.all([0, 1, 2, 7, 8, 500, 501].map((evalEvery) => ofAlgorithm("adamw", { evalEvery })));
  assertEquals(new Set(every).size, every.length);
  assertEquals(every[0], plain);
});

Deno.test("it leaves no tensors behind, nor another backend, also where an algorithm throws", async () => {
  const { numTensors } = tf.memory();
  const backend = tf.getBackend();
  await of();
  const failing = changed({
    step(state, gradAt, clock) {
      train.step(state, gradAt, clock);
      throw new Error("out of luck");
    },
  });
  await assertRejects(() => failing, Error, "out of luck");
  assertEquals([tf.memory().numTensors, tf.getBackend()], [numTensors, backend]);
  // And what failed does not enter what follows.
  assertEquals(await of(), plain);
});

Deno.test("a clock that decays below what a float64 is has one fingerprint, whether its thread takes subnormals for zero or not", async () => {
  const fading = (thread: (x: number) => number) =>
    changed({ clock: (step) => ({ ...train.clock(step), heat: thread(0.99 ** step) }) });
  const flushing = (x: number) => Math.abs(x) < 2 ** -1022 ? -0 : x;
  assertEquals(await fading(flushing), await fading((x) => x));
});
