import { assert, assertEquals } from "@std/assert";
import { matricesOf } from "../../bench/algorithms/muon.ts";
import { flopsOfStep } from "../../src/run/flops.ts";
import { trialOf } from "../support/runs.ts";

const { case: found, config } = trialOf("tiny-div", "adamw");
const problem = await found.prepare(config, 0);

/** Of a step on `tiny-div`. */
const costOf = (algorithm: string, overrides = {}): number =>
  flopsOfStep(trialOf("tiny-div", algorithm, overrides), problem);
const ratio = (a: string, b: string): number => costOf(a) / costOf(b);

Deno.test("two gradients cost about twice as much as one", () => {
  for (const twice of ["sam", "ppm-gradpred"]) {
    const times = ratio(twice, "adamw");
    assert(times > 1.9 && times < 2.1, `${twice}: ${times}`);
  }
});

Deno.test("where a decay is added costs nothing", () => {
  const times = ratio("adam-l2", "adamw");
  assert(Math.abs(times - 1) < 0.01, `${times}`);
});

Deno.test("matrix products of an update are in it: muon and egd cost more than their controls", () => {
  for (const method of ["muon", "egd"]) assert(ratio(method, `${method}-off`) > 1.5, method);
});

Deno.test("one more Newton–Schulz step X ← aX + (bA + cA²)X, A = XXᵀ, costs what is counted by hand", () => {
  const byHand = matricesOf(problem.model.layout).reduce((sum, { shape, stacked = 1 }) => {
    const [m, n] = [shape[0] / stacked, shape[1]].sort((a, b) => a - b);
    const [gram, square, last] = [2 * m * m * n, 2 * m ** 3, 2 * m * m * n];
    return sum + stacked * (gram + square + last + 3 * m * m + 2 * m * n);
  }, 0);
  assertEquals(costOf("muon", { iterations: 6 }) - costOf("muon", { iterations: 5 }), byHand);
});

Deno.test("samples cost the same each, on top of what an update costs", () => {
  const [one, two, three] = [16, 32, 48].map((batchSize) => costOf("adamw", { batchSize }));
  assertEquals(three - two, two - one);
});

Deno.test("it is the last phase that counts", () => {
  assertEquals(costOf("adam-l2"), costOf("adam-l2-scratch"));
  assert(costOf("ppm") > costOf("adam-l2"));
});
