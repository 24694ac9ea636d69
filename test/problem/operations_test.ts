import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import type * as tf from "@tensorflow/tfjs";
import { modularCase } from "../../bench/cases/modular.ts";
import { tinyDiv } from "../../bench/cases/tiny.ts";
import { UsageError } from "../../src/errors.ts";
import { startEngine } from "../../src/engine/mod.ts";
import { type Operation, operationNames } from "../../src/data/operations.ts";
import { unflatten } from "../../src/algorithms/layout.ts";

const MODULUS = 11;
const sizeOf = (operation: Operation) => operation === "s5" ? 120 : MODULUS;

/** Logits of the first training samples at the start, float32 [rows · elements]. */
async function logits(operation: Operation, sharedPrefix: boolean) {
  const config = tinyDiv.configure({ operation, modulus: sizeOf(operation), batchSize: 16, sharedPrefix });
  const { dataset: { train }, model, theta0 } = await tinyDiv.prepare(config, 0);
  const rows = 16;
  const int32 = { shape: [rows], dtype: "int32" } as const;
  const program = await (await startEngine("onnx")).compile({
    state: { theta: { shape: [theta0.length], dtype: "float32" } },
    inputs: { a: int32, b: int32 },
    body: ({ theta, ...pair }) => ({
      logits: model.forward(unflatten(theta as tf.Tensor1D, model.layout), pair),
    }),
  });
  program.load({ theta: theta0 });
  const first = (name: string) => (train.inputs[name].values as Int32Array).slice(0, rows);
  const { logits } = await program.run({ a: first("a"), b: first("b") });
  await program.dispose();
  return { logits, classes: model.classes, targets: train.targets };
}

for (const operation of operationNames) {
  Deno.test(`${operation}: --set makes the case, and shared prefixes change none of its outputs`, async () => {
    const [plain, shared] = [await logits(operation, false), await logits(operation, true)];
    assertEquals([plain.classes, plain.logits.length], [sizeOf(operation), 16 * sizeOf(operation)]);
    assert(plain.targets.every((c) => c >= 0 && c < plain.classes));
    const scale = Math.max(...Array.from(plain.logits, Math.abs));
    assert(scale > 0);
    // The same sums in another order, as in shared_prefix_test.ts.
    plain.logits.forEach((x, i) => assertAlmostEquals(shared.logits[i], x, 2e-5 * scale, `[${i}]`));
  });
}

const info = { id: "s5", summary: "products of permutations", source: "ours" };

Deno.test("a case of S5 is one of 120 elements, and no other is accepted", () => {
  const s5 = modularCase(info, { operation: "s5", modulus: 120 });
  assertEquals((s5.configure({}) as unknown as { modulus: number }).modulus, 120);
  assertThrows(() => s5.configure({ modulus: 97 }), UsageError, "modulus = 97 is not 120");
  assertThrows(() => tinyDiv.configure({ operation: "s5" }), UsageError, "modulus = 23 is not 120");
  assertThrows(() => tinyDiv.configure({ operation: "power" }), UsageError, "'x2+xy+y2', 's5'");
});
