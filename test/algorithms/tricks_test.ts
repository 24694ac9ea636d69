import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import type { GradAt } from "../../src/algorithms/algorithm.ts";
import { type Layout, parameterCount } from "../../src/algorithms/layout.ts";
import type { Vec } from "../../src/algorithms/transform.ts";
import { leaves, mapTree, type Tree } from "../../src/algorithms/tree.ts";
import { stream } from "../../src/data/stream.ts";
import { configure } from "../../src/declare/field.ts";
import { startEngine } from "../../src/engine/mod.ts";
import { catalogue } from "../support/runs.ts";

await startEngine("cpu");

const piece = (part: "attention" | "feedforward", name: string) =>
  ({ name, part, shape: [3, 2], initial: { kind: "constant", value: 0 } }) as const;
const layout: Layout = [piece("attention", "a"), piece("feedforward", "b")];
const P = parameterCount(layout);
const START = Float32Array.from({ length: P }, (_, i) => Math.sin(3 * i + 1));

const quadratic: GradAt = (x) => ({ loss: tf.sum(tf.square(x)) as tf.Scalar, grad: tf.mul(x, 2) as Vec });

/** The parameters after a few steps of an algorithm's last phase. */
function after(
  id: string,
  { start = START, steps = 3, gradAt = quadratic, of = layout, set = {} }: {
    readonly start?: Float32Array;
    readonly steps?: number;
    readonly gradAt?: GradAt;
    readonly of?: Layout;
    readonly set?: Readonly<Record<string, number>>;
  } = {},
): Float32Array {
  const algorithm = catalogue.algorithms.find((known) => known.id === id)!;
  const phase = algorithm.phases(configure(id, algorithm.fields, set), of).at(-1)!;
  let state = mapTree(phase.enter({ prey: start.slice() }, stream(0, "test")), (leaf) => tf.tensor1d(leaf));
  for (let t = 1; t <= steps; t++) {
    const clock = Object.fromEntries(Object.entries(phase.clock(t)).map(([name, x]) => [name, tf.scalar(x)]));
    state = phase.step(state as Tree<tf.Tensor>, gradAt, clock).state as Tree<tf.Tensor1D>;
  }
  return leaves(state as Tree<tf.Tensor>).prey.dataSync() as Float32Array;
}

const norm = (x: Float32Array) => Math.hypot(...x);
const near = (found: Float32Array, expected: Float32Array, tolerance: number) =>
  found.forEach((x, i) => assertAlmostEquals(x, expected[i], tolerance, `at ${i}`));

Deno.test("orthograd is adam where there is no weight to be orthogonal to, and else steps across the weights", () => {
  const away: GradAt = (x) => ({ loss: tf.scalar(0), grad: tf.sub(x, 1) as Vec });
  const start = new Float32Array(P);
  assertEquals(after("orthograd", { start, steps: 1, gradAt: away }), after("adam", { start, steps: 1, gradAt: away }));
  assert(after("orthograd").some((x, i) => x !== after("adam")[i]));
});

Deno.test("norm-projection is adam's step brought back to the sphere of its start", () => {
  const [own, free] = [after("norm-projection", { steps: 1 }), after("adam", { steps: 1 })];
  assertAlmostEquals(norm(own), norm(START), 1e-5);
  near(own, free.map((x) => x * norm(START) / norm(free)), 1e-6);
  assertAlmostEquals(norm(after("norm-projection", { set: { normRatio: 0.5 } })), norm(START) / 2, 1e-5);
});

Deno.test("stablemax is its control under one and the same loss, and asks for another one", () => {
  assertEquals(after("stablemax"), after("stablemax-off"));
  const asked = ["stablemax", "stablemax-off"].map((id) => {
    const seen: unknown[] = [];
    after(id, { gradAt: (x, loss) => (seen.push(loss), quadratic(x)), steps: 1 });
    return seen[0];
  });
  assert(asked[0] && asked[1] && asked[0] !== asked[1]);
});

Deno.test("egd is its control where there is no feed-forward matrix, and changes nothing but these", () => {
  const attention = [layout[0], piece("attention", "b")];
  assertEquals(after("egd", { of: attention }), after("egd-off", { of: attention }));
  const [own, plain] = [after("egd"), after("egd-off")];
  assertEquals(own.slice(0, 6), plain.slice(0, 6));
  assert(own.slice(6).some((x, i) => x !== plain[6 + i]));
});

Deno.test("lion is its control where all slopes have one size, and its step has that length where they have not", () => {
  const even: GradAt = (x) => ({ loss: tf.scalar(0), grad: tf.mul(tf.sign(x), 0.3) as Vec });
  near(after("lion", { gradAt: even }), after("lion-off", { gradAt: even }), 1e-7);
  const moved = (id: string) => {
    const end = after(id, { steps: 1, set: { weightDecay: 0 } });
    return norm(end.map((x, i) => x - START[i]));
  };
  assertAlmostEquals(moved("lion"), moved("lion-off"), 1e-7);
  assert(after("lion").some((x, i) => x !== after("lion-off")[i]));
});
