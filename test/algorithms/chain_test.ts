import { assertEquals, assertThrows } from "@std/assert";
import { adamL2, addDecayedWeights, chain, scaleByAdam, scaleByLearningRate } from "../../src/algorithms/transform.ts";

const config = { beta1: 0.9, beta2: 0.98, epsilon: 1e-8 };

Deno.test("chain() refuses parts whose clocks have the same name, also in a chain of chains", () => {
  const twice = () => chain(scaleByAdam(config), scaleByAdam({ ...config, beta2: 0.999 }));
  assertThrows(twice, Error, "chain: two parts have a clock 'firstCorrection'; rename one");
  const nested = () => chain(adamL2({ ...config, learningRate: 1e-3, weightDecay: 1 }), scaleByAdam(config));
  assertThrows(nested, Error, "'firstCorrection'");
});

Deno.test("chain() gives the clocks of all parts", () => {
  const warmup = { ...scaleByLearningRate(1), clock: (t: number) => ({ warmup: Math.min(1, t / 10) }) };
  const { clock } = chain(addDecayedWeights(1), warmup, scaleByAdam(config));
  assertEquals(Object.keys(clock(1)), ["warmup", "firstCorrection", "secondCorrection"]);
  assertEquals(clock(5).warmup, 0.5);
});
