import { assertEquals } from "@std/assert";
import { deno, ourselves } from "../../src/child.ts";
import { fileNames } from "../support/runs.ts";

Deno.test("onnx: subnormal numbers count as zero, as operands and as results", async () => {
  // In a process of its own, as a run is: ONNX Runtime sets this with the first session of a process, on its thread.
  const { stdout } = await ourselves({ module: "test/support/subnormals.ts", permissions: "worker" }).output();
  assertEquals(JSON.parse(new TextDecoder().decode(stdout)), [[2 ** -116, 0, 1024], [0, 0, 0.5]]);
});

Deno.test("onnx: ONNX Runtime's telemetry is off: a first session leaves nothing in an empty home", async () => {
  const { stdout } = await deno({ args: ["info", "--json"] }).output();
  const { denoDir } = JSON.parse(new TextDecoder().decode(stdout));
  const home = Deno.makeTempDirSync();
  try {
    const env = { HOME: home, USERPROFILE: home, XDG_CACHE_HOME: `${home}/.cache`, DENO_DIR: denoDir, CI: "" };
    const { code } = await ourselves({ module: "test/support/subnormals.ts", permissions: "worker", env }).output();
    assertEquals([code, fileNames(home)], [0, []]);
  } finally {
    Deno.removeSync(home, { recursive: true });
  }
});
