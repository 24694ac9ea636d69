import { assert, assertEquals, assertRejects } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { Lanes, seatsOn, type WideEngine } from "../../src/engine/lanes.ts";
import { compile } from "../../src/jit/compile/program.ts";
import { type Engine, engines, type Program, startEngine } from "../../src/engine/mod.ts";
import type { Values } from "../../src/declare/field.ts";
import type { Curve } from "../../src/run/record/record.ts";
import { resolve } from "../../src/run/trial.ts";
import { TrialRun, UNWATCHED } from "../../src/run/trial_run.ts";
import { forEveryEngine } from "../support/engines.ts";
import { catalogue } from "../support/runs.ts";

const onnx = await startEngine("onnx");
/** The wide programs of a device on the processor, where everything else of a lane can be tested. */
const wide: WideEngine = { ...onnx, compileWide: (spec, count) => compile(spec, { count }) };

/** Short, and with phases that end at other epochs for other seeds. */
const SHORT: Values = { memorisedAbove: 0.5, generalisedAbove: 0.35, extraEpochs: 5, maxEpochs: 30 };

async function train(engine: Engine, seed: number, algorithm: string, overrides: Values, of = "tiny-glyphs") {
  const trial = resolve(catalogue, { case: of, algorithm, overrides, seed, engine: "onnx" });
  const problem = await trial.case.prepare(trial.config, seed);
  const run = await TrialRun.start(trial, problem, engine, UNWATCHED, null);
  await run.finish();
  const { progress: { memorised, generalised, epoch }, trajectory: { curve } } = run;
  const outcome = { memorised, generalised, epoch, curve };
  await run.dispose();
  return outcome;
}

/** Trains seeds so many at a time; a lane that is free takes the next one. */
async function sideBySide(seeds: readonly number[], count: number, algorithm: string, overrides: Values) {
  const lanes = new Lanes(wide, count);
  const left = [...seeds];
  const found = new Map<number, Awaited<ReturnType<typeof train>>>();
  // All join before the first begins, so that nobody starts alone.
  const engines = Array.from({ length: Math.min(count, seeds.length) }, () => lanes.join());
  await Promise.all(engines.map(async (first) => {
    let engine = first;
    for (let seed = left.shift(); seed !== undefined; seed = left.shift()) {
      found.set(seed, await train(engine, seed, algorithm, overrides));
      await engine.leave();
      if (left.length > 0) engine = lanes.join();
    }
  }));
  return found;
}

/** ONNX Runtime's sums on a processor depend on where in memory a lane lies, in their last bits. */
const ROUNDING = 2e-5;

function assertClose(found: Curve, expected: Curve, rows: number, what: string): void {
  for (const name of ["loss", "stepNorm", "fromStart", "distance"]) {
    expected.steps[name].slice(0, rows).forEach((value, i) => {
      const other = found.steps[name][i];
      if (value === null || other === null) return assertEquals(other, value, `${what}: ${name} ${i}`);
      assert(Math.abs(other - value) <= ROUNDING * Math.abs(value), `${what}: ${name} ${i} is ${other}, not ${value}`);
    });
  }
}

Deno.test("a lane goes the way of a run without lanes, whoever is beside it", async () => {
  const seeds = [0, 1, 2, 3];
  const alone = new Map<number, Awaited<ReturnType<typeof train>>>();
  for (const seed of seeds) alone.set(seed, await train(onnx, seed, "ppm", SHORT));
  // Phases and runs do end at different times, so that lanes part and others take their places.
  assert(new Set([...alone.values()].map(({ memorised }) => memorised?.epoch)).size > 1);
  for (const [order, count] of [[seeds, 2], [[3, 2, 1, 0], 3]] as const) {
    const found = await sideBySide(order, count, "ppm", SHORT);
    for (const [seed, { curve, ...outcome }] of alone) {
      const { curve: other, ...reached } = found.get(seed)!;
      assertEquals(reached, outcome, `seed ${seed} of ${count}`);
      assertClose(other, curve, 60, `seed ${seed} of ${count}`);
    }
  }
});

Deno.test("lanes with dropout have masks of their own, and steps with two gradients have lanes too", async () => {
  for (
    const [algorithm, overrides] of [["adamw", { maxEpochs: 3, dropout: 0.1 }], ["sam", { maxEpochs: 3 }]] as const
  ) {
    const of = (seed: number, engine: Engine) => train(engine, seed, algorithm, overrides, "tiny-div");
    const lanes = new Lanes(wide, 2);
    const engines = [lanes.join(), lanes.join()];
    const both = await Promise.all(engines.map((engine, seed) => of(seed, engine).finally(() => engine.leave())));
    for (const [seed, { curve }] of both.entries()) {
      assertClose(curve, (await of(seed, onnx)).curve, 12, `${algorithm}, seed ${seed}`);
    }
  }
});

const vector = { shape: [2], dtype: "float32" } as const;
const spec = {
  state: { x: vector },
  inputs: { g: vector },
  body: ({ x, g }: Record<string, tf.Tensor>) => ({ x: tf.add(x, g), sum: tf.sum(x) }),
};

Deno.test("state that is loaded, read and left behind is each lane's own", async () => {
  const lanes = new Lanes(wide, 3);
  const engines = [0, 1, 2].map(() => lanes.join());
  const programs = await Promise.all(engines.map((engine) => engine.compile(spec)));
  programs.forEach((program, lane) => program.load({ x: Float32Array.of(lane, 10 * lane) }));
  const g = Float32Array.of(1, 0.5);
  const all = (from: typeof programs) => Promise.all(from.map(async (program) => [...(await program.run({ g })).sum]));
  assertEquals(await all(programs), [[0], [11], [22]]);
  assertEquals([...(await programs[1].state()).x], [2, 10.5]);
  // One lane begins anew between two steps; the others go on.
  programs[0].load({ x: Float32Array.of(100, 0) });
  assertEquals(await all(programs), [[100], [12.5], [23.5]]);
  await programs[2].dispose();
  await engines[2].leave();
  assertEquals(await all(programs.slice(0, 2)), [[101.5], [14]]);
  // Another takes the place.
  const late = lanes.join();
  const other = await late.compile(spec);
  other.load({ x: Float32Array.of(-1, -1) });
  assertEquals(await all([...programs.slice(0, 2), other]), [[103], [15.5], [-2]]);
  const states = await Promise.all([...programs.slice(0, 2), other].map((program) => program.state()));
  assertEquals(states.map(({ x }) => [...x]), [[103, 1.5], [5, 12], [0, -0.5]]);
});

Deno.test("a lane that waits for another program does not keep the others for ever, nor see their state", async () => {
  const lanes = new Lanes(wide, 2);
  const [one, two] = [lanes.join(), lanes.join()];
  const [a, b] = [await one.compile(spec), await two.compile(spec)];
  const doubled = await two.compile({ ...spec, body: ({ x, g }) => ({ x: tf.mul(x, 2), sum: tf.sum(g) }) });
  for (const program of [a, b, doubled]) program.load({ x: Float32Array.of(1, 2) });
  const g = Float32Array.of(1, 1);
  const sums = async (...programs: Program[]) => {
    const found = [];
    for (const program of programs) found.push((await program.run({ g })).sum[0]);
    return found;
  };
  // The second lane is behind by a call; then both go on together.
  const [first, second] = await Promise.all([
    sums(a, a).then((found) => one.leave().then(() => found)),
    sums(doubled, b, b),
  ]);
  assertEquals([first, second], [[3, 5], [2, 3, 5]]);
  assertEquals([...(await doubled.state()).x], [2, 4]);
  await two.leave();
});

Deno.test("a lane that goes while another's call is under way takes nothing with it", async () => {
  const lanes = new Lanes(wide, 2);
  const [one, two] = [lanes.join(), lanes.join()];
  const [a, b] = [await one.compile(spec), await two.compile(spec)];
  for (const program of [a, b]) program.load({ x: Float32Array.of(0, 0) });
  const g = Float32Array.of(1, 1);
  await Promise.all([a.run({ g }), b.run({ g })]);
  const leaving = one.leave();
  const going = b.run({ g });
  await Promise.all([leaving, going, a.dispose()]);
  await b.run({ g });
  assertEquals([...(await b.state()).x], [3, 3]);
});

Deno.test("what fails, fails for the lanes that asked for it, and may do the next time", async () => {
  let rooms = 0;
  const broken: WideEngine = {
    ...wide,
    compileWide: (spec, lanes) =>
      "y" in spec.state && rooms++ === 0 ? Promise.reject(new Error("no room")) : wide.compileWide(spec, lanes),
  };
  const lanes = new Lanes(broken, 2);
  const [one, two] = [lanes.join(), lanes.join()];
  const fine = await one.compile(spec);
  const failing = await two.compile({
    state: { y: vector },
    inputs: { g: vector },
    body: ({ y, g }) => ({ y: tf.add(y, g) }),
  });
  fine.load({ x: Float32Array.of(0, 0) });
  failing.load({ y: Float32Array.of(0, 0) });
  const g = Float32Array.of(1, 1);
  const twice = async () => {
    await assertRejects(() => failing.run({ g }), Error, "no room");
    await failing.run({ g });
    assertEquals([...(await failing.state()).y], [1, 1]);
    await two.leave();
  };
  const alone = async () => {
    assertEquals((await fine.run({ g })).sum[0], 0);
    assertEquals((await fine.run({ g })).sum[0], 2);
    await one.leave();
  };
  await Promise.all([alone(), twice()]);
});

forEveryEngine((id) => {
  Deno.test(`${id}: has lanes if its entry says so`, async () => {
    assertEquals("compileWide" in await startEngine(id), engines.some((entry) => entry.id === id && entry.hasLanes));
  });

  Deno.test({
    name: `${id}: what a run computes is the same, bit for bit, alone and among others, wherever it lies`,
    ignore: !engines.find((entry) => entry.id === id)!.hasLanes,
    async fn() {
      const engine = await startEngine(id);
      const digests = async (seeds: readonly number[], of: string, algorithm: string) => {
        const seats = seatsOn(engine, seeds.length);
        const taken = seeds.map(() => seats.take());
        const found = seeds.map(async (seed, i): Promise<[number, string]> => {
          const overrides = { maxEpochs: 2 };
          const trial = resolve(catalogue, { case: of, algorithm, overrides, seed, engine: id });
          const problem = await trial.case.prepare(trial.config, seed);
          const run = await TrialRun.start(trial, problem, taken[i], UNWATCHED, null);
          await run.finish();
          const digest = await run.digest();
          await run.dispose();
          await taken[i].leave();
          return [seed, digest];
        });
        return new Map(await Promise.all(found));
      };
      // As many as ONNX Runtime needs to sum otherwise, were it not kept from it: see evenSums().
      for (const [of, algorithm, most] of [["tiny-glyphs", "ppm", 8], ["tiny-div", "pp-conn", 12]] as const) {
        const alone = (await digests([0], of, algorithm)).get(0);
        for (const seeds of [[1, 0], [...Array(most).keys()].reverse()]) {
          assertEquals((await digests(seeds, of, algorithm)).get(0), alone, `${of} among ${seeds.length}`);
        }
      }
    },
  });
});
