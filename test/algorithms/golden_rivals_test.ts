import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import type { Loss } from "../../src/algorithms/algorithm.ts";
import type { Layout } from "../../src/algorithms/layout.ts";
import { leaves, type Tree } from "../../src/algorithms/tree.ts";
import { stream } from "../../src/data/stream.ts";
import { configure } from "../../src/declare/field.ts";
import { type Engine, startEngine } from "../../src/engine/mod.ts";
import { forEveryEngine } from "../support/engines.ts";
import { golden } from "../support/golden.ts";
import { stepOnRavine } from "../support/ravine.ts";
import { catalogue } from "../support/runs.ts";

const file = golden("rivals");
const layout: Layout = file.layout.map((piece: object) => ({ ...piece, initial: { kind: "constant", value: 0 } }));

/** Of numbers of size 1 after 30 float32 steps; each rounds by about 1e-7, which Adam's division by √v magnifies. */
const TOLERANCE = 1e-5;

/** Where the generators of noise start: whatever a stream would say, those of the file. */
const withNoise = (state: Tree<Float32Array>): Tree<Float32Array> =>
  state.noise
    ? {
      ...state,
      noise: Object.fromEntries(file.noise.map((x: number[], i: number) => [`${i}`, Float32Array.from(x)])),
    }
    : state;

// deno-lint-ignore no-explicit-any -- golden files are plain JSON
async function follow(engine: Engine, { algorithm: id, hyper, rows }: any): Promise<void> {
  const algorithm = catalogue.algorithms.find((known) => known.id === id)!;
  const phase = algorithm.phases(configure(id, algorithm.fields, hyper), layout).at(-1)!;
  const state = withNoise(phase.enter({ prey: Float32Array.from(file.start) }, stream(0, "test")));
  const program = await engine.compile(stepOnRavine(phase, state, file.start.length));
  program.load(leaves(state) as Record<string, Float32Array>);
  for (let t = 1; t <= rows.at(-1).step; t++) {
    const clock = Object.entries(phase.clock(t)).map(([name, x]) => [name, Float32Array.of(x)]);
    const { stepNorm } = await program.run({
      hessian: Float32Array.from(file.hessian.flat()),
      ...Object.fromEntries(clock),
    });
    const row = rows.find(({ step }: { step: number }) => step === t);
    if (!row) continue;
    const { prey } = await program.state();
    row.prey.forEach((x: number, k: number) => assertAlmostEquals(prey[k], x, TOLERANCE, `prey[${k}] at ${t}`));
    assert(Math.abs(stepNorm[0] / row.stepNorm - 1) < 10 * TOLERANCE, `stepNorm at ${t}`);
  }
  await program.dispose();
}

Deno.test("the golden file has every method of other papers; that of stablemax is its loss", () => {
  const paper = /^(adamw(-tuned|-restart)?|adam-l2(-scratch)?|ppm.*|pp-conn.*)$/;
  const rivals = catalogue.algorithms.map(({ id }) => id).filter((id) => !paper.test(id));
  const known = file.trajectories.map(({ algorithm }: { algorithm: string }) => algorithm);
  assertEquals(rivals.filter((id) => !known.includes(id)).sort(), ["stablemax", "stablemax-off"]);
});

forEveryEngine((engineId) => {
  for (const trajectory of file.trajectories) {
    Deno.test(`${engineId}: 30 steps of ${trajectory.algorithm} meet its float64 trajectory`, async () => {
      await follow(await startEngine(engineId), trajectory);
    });
  }
});

Deno.test("StableMax: losses and their gradient meet float64, at large logits too", async () => {
  await startEngine("cpu");
  const { outputs, targets, losses, gradient } = file.stablemax;
  const algorithm = catalogue.algorithms.find(({ id }) => id === "stablemax")!;
  const [phase] = algorithm.phases(configure("stablemax", algorithm.fields, {}), []);
  let loss: Loss | undefined;
  const params = tf.tensor1d([1]);
  const state = phase.enter({ prey: Float32Array.of(1) }, stream(0, "test"));
  const tensors = (tree: Tree<Float32Array>): Tree<tf.Tensor> =>
    Object.fromEntries(
      Object.entries(tree).map(([name, node]) =>
        [name, node instanceof Float32Array ? tf.tensor1d(node) : tensors(node)] as const
      ),
    );
  const clock = Object.fromEntries(Object.entries(phase.clock(1)).map(([name, x]) => [name, tf.scalar(x)]));
  phase.step(tensors(state), (at, own) => (loss = own, { loss: tf.scalar(0), grad: tf.zerosLike(at) }), clock);
  assert(loss, "it trains on a loss of its own");
  const of = loss;
  const [z, classes] = [tf.tensor2d(outputs), tf.tensor1d(targets, "int32")];
  of(z, classes).dataSync().forEach((x, i) => assertAlmostEquals(x, losses[i], 1e-5));
  const found = tf.grad((x) => tf.mean(of(x as tf.Tensor2D, classes)))(z).dataSync();
  gradient.flat().forEach((x: number, i: number) => assertAlmostEquals(found[i], x, 1e-6, `gradient ${i}`));
  params.dispose();
});
