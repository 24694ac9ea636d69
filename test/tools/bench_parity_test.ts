import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { ourselves } from "../../src/child.ts";

async function parity(...args: string[]) {
  const { code, stdout, stderr } = await ourselves({
    module: "tools/engine/bench_parity.ts",
    permissions: "parity",
    starts: true,
    args,
    env: { NO_COLOR: "1", DRIVEN_HUNT_TENSORFLOW: "/nowhere" },
  }).output();
  const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
  return { code, stdout: text(stdout), stderr: text(stderr) };
}

Deno.test("bench:parity puts an engine beside float64, in a table and as JSON", async () => {
  const folder = Deno.makeTempDirSync();
  const file = `${folder}/parity.json`;
  const { code, stdout } = await parity("-e", "onnx", "-c", "tiny-glyphs", "-a", "adamw,ppm", "--json", file);
  assertEquals(code, 0, stdout);
  const [{ engine, models, canaries }] = JSON.parse(Deno.readTextFileSync(file));
  assertEquals([engine, models.length], ["onnx", 7]);
  for (const { model, loss, gradient } of models) assert(loss < 1e-5 && gradient > 0 && gradient < 1e-5, model);
  assertEquals(canaries.map((c: { algorithm: string }) => c.algorithm), ["adamw", "ppm"]);
  for (const { verdict, steps, lossError, ofTolerance, msPerStep } of canaries) {
    assertEquals(verdict, "passed");
    assert(steps >= 39 && lossError > 0 && lossError < 1e-4 && ofTolerance < 1 && msPerStep > 0);
  }
  assertStringIncludes(stdout, "| tiny-glyphs | ppm");
  Deno.removeSync(folder, { recursive: true });
});

Deno.test("bench:parity says why an engine is not there, and refuses what it does not know", async () => {
  const absent = await parity("-e", "tensorflow", "-a", "adamw");
  assertEquals(absent.code, 2);
  assertStringIncludes(absent.stdout, "tensorflow: engine 'tensorflow': there is no native TensorFlow here");
  const unknown = await parity("-e", "tensorfow");
  assertEquals([unknown.code, unknown.stderr.trim().split("\n").length], [2, 1]);
  assertStringIncludes(unknown.stderr, "did you mean 'tensorflow'");
});
