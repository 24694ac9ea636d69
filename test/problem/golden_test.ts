import { assert, assertEquals } from "@std/assert";
import { errorsOn, goldenModels } from "../../tools/engine/golden_model.ts";
import { startEngine } from "../../src/engine/mod.ts";
import { forEveryEngine } from "../support/engines.ts";

/**
 * Float32 against float64: 1e-5 of the largest entry. A sum of n ≲ 100 products in float32 (unit roundoff 6e-8) errs by
 * about √n·6e-8 ≈ 6e-7 a layer; a dozen such stages stay below 1e-5.
 */
const TOLERANCE = 1e-5;

forEveryEngine((engine) => {
  for (const golden of goldenModels()) {
    Deno.test(`${engine}: ${golden.id} meets the float64 vectors`, async () => {
      for (const [quantity, error] of Object.entries(await errorsOn(await startEngine(engine), golden))) {
        assert(error <= TOLERANCE, `${quantity} is off by ${error}`);
      }
    });
  }
});

Deno.test("a golden model that is a little wrong is told from one that is right", async () => {
  const [golden] = goldenModels();
  const engine = await startEngine("onnx");
  const { loss, outputs, gradient } = golden.expected;
  const off = { loss, outputs, gradient: gradient.map((g, i) => i === 7 ? g + 1e-3 * Math.max(...gradient) : g) };
  const errors = await errorsOn(engine, { ...golden, expected: off });
  assert(errors.gradient > 1e-4 && errors.loss < TOLERANCE);
  const short = await errorsOn(engine, { ...golden, expected: { ...off, outputs: outputs.slice(1) } });
  assertEquals(short.outputs, Infinity);
});
