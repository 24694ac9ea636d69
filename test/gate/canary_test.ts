import { assert, assertEquals, assertMatch } from "@std/assert";
import { startEngine } from "../../src/engine/mod.ts";
import { judgeTrial, type Reference, runCanary } from "../../src/gate/canary/mod.ts";
import { canariesOf, judgeCanaries } from "../../src/gate/canary_tier.ts";
import { resolve } from "../../src/run/spec.ts";

const references = (algorithm: string) => canariesOf({ cases: ["tiny-add"], algorithms: [algorithm] });
const trialOf = ({ case: id, algorithm, seed, overrides }: Reference, more = {}, engine = "onnx") =>
  resolve({ case: id, algorithm, seed, engine, overrides: { ...overrides, ...more } });

Deno.test("every algorithm has canaries on every case of the paper and of the smoke profile", () => {
  const known = canariesOf({ cases: [], algorithms: [] });
  for (const id of ["div97", "mnist1k", "add139", "tiny-div", "tiny-add", "tiny-glyphs"]) {
    const algorithms = new Set(known.filter((reference) => reference.case === id).map(({ algorithm }) => algorithm));
    assertEquals(algorithms.size, 14, id);
  }
});

for (const algorithm of ["adamw", "ppm-gradpred", "pp-conn", "pp-conn-random"]) {
  Deno.test(`${algorithm} follows the float64 trajectory on onnx, also without shared prefixes`, async () => {
    const engine = await startEngine("onnx");
    for (const reference of references(algorithm)) {
      for (const sharedPrefix of [true, false]) {
        const result = await runCanary(engine, reference, { overrides: { sharedPrefix } });
        assertEquals([result.verdict, result.reason], ["passed", null]);
        // A comparison with nothing would pass too.
        assert(result.worst!.relative > 0);
      }
    }
  });
}

Deno.test("pp-conn follows the float64 trajectory on wasm", async () => {
  const [reference] = references("pp-conn");
  assertEquals((await runCanary(await startEngine("wasm"), reference)).verdict, "passed");
});

Deno.test("a wrong β₂ fails, naming the field; passed off as the right one, it fails in its steps", async () => {
  const engine = await startEngine("onnx");
  const [reference] = references("pp-conn");
  const named = await judgeTrial(engine, trialOf(reference, { beta2: 0.99 }), reference);
  assertEquals([named.verdict, named.parted?.quantity], ["failed", "field beta2"]);
  const trial = trialOf(reference, { beta2: 0.99 });
  const disguised = await judgeTrial(engine, { ...trial, config: trialOf(reference).config }, reference);
  assertEquals(disguised.verdict, "failed");
  assert(disguised.parted!.step > 1 && disguised.parted!.tolerance > 0, disguised.parted!.quantity);
});

Deno.test("a run whose loss is no number fails, and one that cannot run is no pass", async () => {
  const engine = await startEngine("onnx");
  const [reference] = references("adamw");
  const trial = trialOf(reference, { learningRate: 1e30 });
  const result = await judgeTrial(engine, { ...trial, config: trialOf(reference).config }, reference);
  assertEquals(result.verdict, "failed");
  const broken = {
    ...trialOf(reference),
    case: { ...trial.case, prepare: () => Promise.reject(new Error("no data")) },
  };
  const failed = await judgeTrial(engine, broken, reference);
  assertEquals([failed.verdict, failed.reason], ["failed", "no data"]);
});

Deno.test("a failed canary is drift and says what, where, and how far off", async () => {
  const [reference] = references("adamw");
  const wrong = { ...reference, steps: { ...reference.steps, loss: reference.steps.loss.map((x) => x! * 1.1) } };
  for await (const finding of judgeCanaries(await startEngine("onnx"), [wrong])) {
    assertEquals([finding.tier, finding.verdict, finding.quantity], ["canary", "drift", "loss"]);
    assertMatch(finding.certainty, /loss off by 9\.1e-2, tolerance/);
    assertMatch(finding.from, /at step 1$/);
  }
});
