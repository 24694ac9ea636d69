import { assert, assertEquals } from "@std/assert";
import { catalogue } from "../../bench/mod.ts";
import { urlsOf, withPlugins } from "../../src/catalogue/load.ts";
import type { RunRecord } from "../../src/run/record/record.ts";
import { train } from "../../src/run/train.ts";

/** Cases that are in no folder of the project. */
const known = await withPlugins(catalogue, urlsOf(["test/plugins/cases.ts"], Deno.cwd()));

const SHORT = { maxEpochs: 4, extraEpochs: 0 };
const trained = (algorithm: string, engine: string, caseId = "tiny-div", overrides = {}): Promise<RunRecord> =>
  train(known, { case: caseId, algorithm, engine, overrides: { ...SHORT, ...overrides } });

/** One of each kind of step: filters, matrices, projections, two gradients, another loss, noise, a look ahead. */
const RIVALS = ["grokfast", "grokfast-ma", "grokadamw", "orthograd", "stablemax", "muon-cap", "egd", "lion", "sam"];
const MORE = ["ravine", "ema-nesterov", "sgld", "norm-projection"];

for (const id of [...RIVALS, ...MORE]) {
  Deno.test(`${id}: it is compiled to what the eager oracle computes, and is the same computation on both`, async () => {
    const overrides = { memorisedAbove: 0.01 };
    const [compiled, eager] = await Promise.all(
      ["onnx", "cpu"].map((engine) => trained(id, engine, "tiny-div", overrides)),
    );
    assertEquals(compiled.computation, eager.computation);
    assertEquals(compiled.curve.steps.loss.length, 12);
    compiled.curve.steps.loss.forEach((loss, i) => {
      // Float32 sums in another order: 1e-7 was seen, and 5e-5 at the learning rate of stablemax.
      assert(Math.abs(loss! / eager.curve.steps.loss[i]! - 1) < 5e-4, `loss at row ${i}`);
    });
  });
}

Deno.test("a method with two gradients a step counts both, and its own constant changes what it computes", async () => {
  const [near, far, plain] = await Promise.all([
    trained("sam", "onnx"),
    trained("sam", "onnx", "tiny-div", { rho: 0.5 }),
    trained("adamw", "onnx"),
  ]);
  assertEquals(near.gradientCalls, 2 * near.steps);
  assert(near.computation !== far.computation && near.id !== far.id);
  assert(near.curve.steps.loss[2] !== plain.curve.steps.loss[2]);
  assertEquals(near.curve.steps.loss[0], plain.curve.steps.loss[0]);
});

Deno.test("cases on other operations and on a group are plug-ins, and train like any other", async () => {
  assertEquals(known.plugins.flatMap(({ cases }) => cases), ["mul23", "s5"]);
  for (const [id, classes] of [["mul23", 23], ["s5", 120]] as const) {
    const { status, curve } = await trained("adamw", "onnx", id);
    assertEquals(status, "censored");
    // Before the first step a guess among all classes is about all there is.
    assert(Math.abs(curve.epochs.trainLoss[0]! / Math.log(classes) - 1) < 0.35, id);
    assert(curve.epochs.trainLoss.at(-1)! < curve.epochs.trainLoss[0]!, id);
  }
});
