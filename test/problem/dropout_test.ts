import { assert, assertAlmostEquals, assertEquals, assertNotEquals } from "@std/assert";
import { catalogue } from "../../bench/mod.ts";
import { maskStream } from "../../src/data/stream.ts";
import { graphText, trace } from "../../src/jit/mod.ts";
import { Masks } from "../../src/run/dropout.ts";
import { evaluateProgram } from "../../src/run/programs.ts";
import { train } from "../../src/run/train.ts";

const SHORT = { maxEpochs: 4, extraEpochs: 0, generalisedAbove: 0.9999 };
const trained = (overrides: Record<string, number | string | boolean>, engine = "onnx", algorithm = "adamw") =>
  train(catalogue, { case: "tiny-div", algorithm, engine, overrides: { ...SHORT, ...overrides } });

for (const normPlacement of ["pre", "post"]) {
  for (const layers of [1, 2]) {
    Deno.test(`dropout, ${normPlacement}-norm, ${layers} layers: plain and cut forms, compiled and eager, are one`, async () => {
      const form = { dropout: 0.2, normPlacement, layers };
      const [reference, ...others] = await Promise.all([
        trained({ ...form, sharedPrefix: false }, "cpu"),
        trained(form, "cpu"),
        trained({ ...form, sharedPrefix: false }, "onnx"),
        trained(form, "onnx"),
      ]);
      for (const { curve } of others) {
        curve.steps.loss.forEach((loss, i) => {
          // Float32 sums in another order: 4e-7 was seen.
          assertAlmostEquals(loss! / reference.curve.steps.loss[i]!, 1, 1e-5, `loss at row ${i}`);
        });
        assertAlmostEquals(curve.epochs.testLoss.at(-1)! / reference.curve.epochs.testLoss.at(-1)!, 1, 1e-4);
      }
    });
  }
}

Deno.test("masks keep each element with the probability that is left, and are those of seed and step", () => {
  for (const rate of [0.01, 0.1, 0.5, 0.7]) {
    const size = 400_000;
    const kept = maskStream(3, 7, rate, size).reduce((sum, x) => sum + x, 0) / size;
    // Five standard errors.
    assert(Math.abs(kept - (1 - rate)) < 5 * Math.sqrt(rate * (1 - rate) / size), `${rate}: ${kept}`);
  }
  assertEquals(maskStream(3, 7, 0.1, 1001), maskStream(3, 7, 0.1, 1001));
  assertNotEquals(maskStream(3, 7, 0.1, 1000), maskStream(3, 8, 0.1, 1000));
  assertNotEquals(maskStream(3, 7, 0.1, 1000), maskStream(4, 7, 0.1, 1000));
});

Deno.test("there are masks at the embeddings, and in each block at weights, hidden units and both branches", async () => {
  const found = catalogue.cases.find(({ id }) => id === "tiny-div")!;
  const config = found.configure({ dropout: 0.1, layers: 2 });
  const { model } = await found.prepare(config, 0);
  const sizes = Object.fromEntries(
    Object.entries(new Masks({ seed: 0, model, rows: 64 }).at(0)).map(([name, { length }]) => [name, length]),
  );
  const [rows, width, hidden, heads] = [64, 32, 64, 2];
  assertEquals(sizes, {
    "kept/embedding": 4 * rows * width,
    ...Object.fromEntries([0, 1, 2, 3].map((j) => [`kept/block0.attention.weights.${j}`, rows * heads * (j + 1)])),
    "kept/block0.attention.branch": 4 * rows * width,
    "kept/block0.feedforward.hidden": 4 * rows * hidden,
    "kept/block0.feedforward.branch": 4 * rows * width,
    // Of the last block only the position that is read is computed.
    "kept/block1.attention.weights.3": rows * heads * 4,
    "kept/block1.attention.branch": rows * width,
    "kept/block1.feedforward.hidden": rows * hidden,
    "kept/block1.feedforward.branch": rows * width,
  });
});

Deno.test("nothing is dropped where a run is evaluated, and without dropout nothing is another computation", async () => {
  const found = catalogue.cases.find(({ id }) => id === "tiny-div")!;
  const texts = await Promise.all([0, 0.3].map(async (dropout) => {
    const spec = evaluateProgram(await found.prepare(found.configure({ dropout }), 0), 64);
    return graphText(trace(spec.body, { ...spec.state, ...spec.inputs }));
  }));
  assertEquals(texts[0], texts[1]);
  const [none, some] = await Promise.all([trained({ dropout: 0 }), trained({ dropout: 0.1 })]);
  assertEquals([none.id, none.digest], await trained({}).then(({ id, digest }) => [id, digest]));
  assert(some.computation !== none.computation && some.id !== none.id);
  assertEquals(some.curve.epochs.trainLoss[0], none.curve.epochs.trainLoss[0]);
});

Deno.test("both gradients of a step see the same masks: a predator that stands where its prey stands has its gradient", async () => {
  const hunted = { dropout: 0.3, memorisedAbove: 0, maxEpochs: 6, nD: 0, A: 0 };
  const record = await trained({ ...hunted, alphaP: 0 }, "onnx", "ppm-gradpred");
  const { distance, phase } = record.curve.steps;
  const first = phase.indexOf(2);
  assert(first >= 0);
  // Without push and chase two equal agents stay equal for as long as they see the same.
  for (const d of distance.slice(first)) assertEquals(d, 0);
});
