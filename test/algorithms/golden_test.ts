import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import type { Phase } from "../../src/algorithms/algorithm.ts";
import type { Layout } from "../../src/algorithms/layout.ts";
import { ppmPhases } from "../../src/algorithms/ppm.ts";
import { adamw } from "../../src/algorithms/transform.ts";
import { leaves, type Tree, treeOf } from "../../src/algorithms/tree.ts";
import { stream } from "../../src/data/stream.ts";
import { type Engine, startEngine } from "../../src/engine/mod.ts";
import { forEveryEngine } from "../support/engines.ts";
import { catalogue } from "../support/runs.ts";
import { golden } from "../support/golden.ts";
import { stepOnRavine } from "../support/ravine.ts";

const file = golden("optimisers");

const { algorithms } = catalogue;

const hyper = {
  learningRate: file.lr,
  weightDecay: file.weightDecay,
  beta1: file.beta1,
  beta2: file.beta2,
  epsilon: file.epsilon,
  A: file.A,
  sigma: file.sigma,
  alphaP: file.alphaP,
  nD: file.nD,
  useM: true,
};

/** The vector of the golden file. */
const layout: Layout = [{
  name: "x",
  shape: [file.start.length],
  initial: { kind: "constant", value: 0 },
}];

/**
 * 40 float32 steps of size lr = 1e-2 on vectors of size 1: each adds rounding of about 1e-7, and Adam's division by √v
 * magnifies relative errors of the gradient by at most a few, so 1e-5 leaves a factor of three.
 */
const TOLERANCE = 1e-5;

interface Variant {
  readonly method: "single" | "ppm" | "pp-conn";
  readonly optimizer: "adam" | "adamw";
  readonly grad_pred?: boolean;
  readonly use_m?: boolean;
}

/** The algorithm of the registry that a trajectory is of; one combination is in the paper but in no row of ours. */
function registered({ method, optimizer, grad_pred }: Variant): string | null {
  if (method === "single") return optimizer === "adamw" ? "adamw" : "adam-l2-scratch";
  if (method === "pp-conn") return grad_pred ? "pp-conn-gradpred" : "pp-conn";
  if (optimizer === "adamw") return grad_pred ? null : "ppm-adamw";
  return grad_pred ? "ppm-gradpred" : "ppm";
}

/** The phases after memorisation, as the registry builds them. */
function phasesOf(variant: Variant): readonly Phase[] {
  const constants = { ...hyper, useM: variant.use_m ?? true };
  const algorithm = algorithms.find(({ id }) => id === registered(variant));
  if (!algorithm) return ppmPhases({ optimiser: adamw(constants), gradPred: true }, constants);
  return algorithm.phases(constants, layout).filter((phase) => phase.until.kind !== "memorised");
}

// deno-lint-ignore no-explicit-any -- golden files are plain JSON
async function follow(engine: Engine, trajectory: any, phases: readonly Phase[]): Promise<void> {
  let state: Tree<Float32Array> = { prey: Float32Array.from(file.start) };
  let calls = 0;
  let t = 0;
  for (const phase of phases) {
    state = phase.enter(state, stream(0, "test"));
    const program = await engine.compile(stepOnRavine(phase, state, file.start.length));
    program.load(leaves(state) as Record<string, Float32Array>);
    const last = phase.until.kind === "steps" ? t + phase.until.count : trajectory.rows.length;
    for (; t < last; t++) {
      const row = trajectory.rows[t];
      const clock = Object.entries(phase.clock(t + 1)).map(([name, x]) => [name, Float32Array.of(x)] as const);
      const probes = await program.run({
        hessian: Float32Array.from(file.hessian.flat()),
        ...Object.fromEntries(clock),
      });
      calls += phase.gradientCalls;
      const now = await program.state();
      row.prey.forEach((x: number, i: number) =>
        assertAlmostEquals(now.prey[i], x, TOLERANCE, `prey[${i}] at ${t + 1}`)
      );
      assertEquals(now.predator !== undefined, phase.id !== "train" && phase.id !== "memorise");
      row.predator.forEach((y: number, i: number) => {
        if (now.predator) assertAlmostEquals(now.predator[i], y, TOLERANCE, `predator[${i}] at ${t + 1}`);
      });
      assertAlmostEquals(probes.stepNorm[0], row.stepNorm, TOLERANCE * 10, `stepNorm at ${t + 1}`);
      assertEquals(probes.distance !== undefined, row.distance !== undefined);
      if (row.distance !== undefined) {
        assertAlmostEquals(probes.distance[0], row.distance, TOLERANCE, `distance at ${t + 1}`);
        assertAlmostEquals(probes.potential[0], row.potential, TOLERANCE * 10, `potential at ${t + 1}`);
      }
      assertEquals(calls, row.gradientCalls);
    }
    const now = await program.state();
    state = treeOf(Object.fromEntries(Object.entries(now).map(([path, x]) => [path, (x as Float32Array).slice()])));
    await program.dispose();
  }
}

forEveryEngine((engineId) => {
  for (const trajectory of file.trajectories) {
    const name = Object.entries(trajectory.algorithm).map(([key, value]) => `${key} ${value}`).join(", ");
    Deno.test(`${engineId}: 40 steps meet the float64 trajectory of ${name}`, async () => {
      await follow(await startEngine(engineId), trajectory, phasesOf(trajectory.algorithm));
    });
  }
});

for (const algorithm of algorithms) {
  const memorisation = algorithm.phases(hyper, layout).filter((phase) => phase.until.kind === "memorised");
  if (memorisation.length === 0) continue;
  Deno.test(`${algorithm.id}: memorises with plain AdamW, as the float64 trajectory has it`, async () => {
    const plain = file.trajectories.find((t: { algorithm: Variant }) => registered(t.algorithm) === "adamw");
    assert(plain);
    await follow(await startEngine("onnx"), plain, memorisation);
  });
}
