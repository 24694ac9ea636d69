import { assertAlmostEquals, assertEquals } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { interact } from "../../src/algorithms/interaction.ts";
import { norm, type Vec } from "../../src/algorithms/transform.ts";
import { startEngine } from "../../src/engine/mod.ts";

await startEngine("cpu");
const config = { learningRate: 1e-3, A: 150, sigma: 10, alphaP: 100 };
const vec = (...x: number[]): Vec => tf.tensor1d(x);

Deno.test("interact() leaves coincident vectors where they are", () => {
  const met = interact(vec(1, 2, 3), vec(1, 2, 3), config);
  assertEquals([...met.prey.dataSync()], [1, 2, 3]);
  assertEquals([...met.predator.dataSync()], [1, 2, 3]);
  assertEquals(met.potential.dataSync()[0], 150);
});

Deno.test("interact() pushes the prey away and moves the predator towards it, on one line", () => {
  const [x, y] = [vec(3, 4, 0), vec(0, 0, 0)];
  const met = interact(x, y, config);
  const push = 1e-3 * 150 * Math.exp(-5 / 10);
  assertAlmostEquals(met.distance.dataSync()[0], 5, 1e-6);
  [3 + push * 0.6, 4 + push * 0.8, 0].forEach((e, i) => assertAlmostEquals(met.prey.dataSync()[i], e, 1e-6));
  [0.1 * 0.6, 0.1 * 0.8, 0].forEach((e, i) => assertAlmostEquals(met.predator.dataSync()[i], e, 1e-6));
});

Deno.test("interact() without a predator in reach does not move the prey", () => {
  const met = interact(vec(1e4, 0), vec(0, 0), config);
  assertEquals([...met.prey.dataSync()], [1e4, 0]);
});

Deno.test("the random push has the length of the push that it replaces, and the predator still chases", () => {
  const [x, y, escape] = [vec(3, 4, 0), vec(0, 0, 0), vec(0, 0, 1)];
  const [along, random] = [interact(x, y, config), interact(x, y, config, escape)];
  const moved = (to: Vec) => norm(tf.sub(to, x) as Vec).dataSync()[0];
  assertAlmostEquals(moved(random.prey), moved(along.prey), 1e-6);
  assertAlmostEquals(random.prey.dataSync()[2], moved(along.prey), 1e-6);
  assertEquals([...random.predator.dataSync()], [...along.predator.dataSync()]);
});

Deno.test("distance settles where both run equally fast: d = σ·ln(A/α_p)", () => {
  let [x, y]: Vec[] = [vec(1, 0), vec(0, 0)];
  let distance = 0;
  for (let t = 0; t < 2000; t++) {
    const met = interact(x, y, { learningRate: 1e-2, A: 150, sigma: 10, alphaP: 100 });
    [x, y, distance] = [met.prey, met.predator, met.distance.dataSync()[0]];
  }
  assertAlmostEquals(distance, 10 * Math.log(1.5), 1e-3);
});
