import { assert, assertStringIncludes } from "@std/assert";
import { deno } from "../../src/child.ts";
import type { Diagnosis } from "../../src/commands/doctor.ts";
import { cli } from "../support/runs.ts";
import { ONLY } from "../support/engines.ts";

/** Everything that is asked of every engine. */
const SUITES = [
  "test/engine/contract_test.ts",
  "test/engine/canary_test.ts",
  "test/engine/lanes_test.ts",
  "test/engine/webgpu_test.ts",
  "test/problem/golden_test.ts",
  "test/algorithms/golden_test.ts",
];

async function diagnose(engine: string): Promise<Diagnosis> {
  const { stdout } = await cli(["doctor", "--json", "--engine", engine]);
  return JSON.parse(stdout).engines[0];
}

/**
 * The suites with one engine, in a process of its own: native libraries get in each other's way.
 *
 * What the tests say decides, as a worker's record counts however its process ends: once in some hundred times a graphics
 * driver frees what is not its own when the process exits, after the last test. A crash before leaves no summary.
 */
async function suitesOn(engine: string): Promise<void> {
  const { success, signal, stdout, stderr } = await deno({
    args: ["test", "--quiet", "--no-check", "-P=test", "--filter", `${engine}: `, ...SUITES],
    cwd: new URL("../../", import.meta.url),
    env: { [ONLY]: engine, NO_COLOR: "1" },
  }).output();
  const text = new TextDecoder().decode(stdout) + new TextDecoder().decode(stderr);
  const summary = /^ok \| (\d+) passed .*\| 0 failed/m.exec(text);
  assert(summary !== null && (success || signal !== null), text);
  assert(Number(summary[1]) >= 20, `only ${summary[1]} tests ran: ${text}`);
  if (signal !== null) console.log(`engine '${engine}': after its tests the process was ended by ${signal}`);
}

Deno.test("engines that are optional meet what is asked of every engine, where they are", async (t) => {
  for (const engine of ["tensorflow", "tensorflow-gpu", "webgpu", "onnx:webgpu"]) {
    const { state, reason } = await diagnose(engine);
    // Only what is not there is skipped: one that crashes or strays has failed.
    const absent = state === "absent";
    if (absent) console.log(`skipped: engine '${engine}': ${reason}`);
    await t.step({
      name: absent ? `${engine}: ${reason}` : engine,
      ignore: absent,
      async fn() {
        assert(state === "works", `${state}: ${reason}`);
        await suitesOn(engine);
      },
    });
  }
});

Deno.test("doctor says of an engine whether it works, with the permissions that its task has", async () => {
  const doctor = async (...args: string[]) => {
    const { code, stdout, stderr } = await deno({
      args: ["task", "doctor", ...args],
      cwd: new URL("../../", import.meta.url),
      env: { NO_COLOR: "1", DRIVEN_HUNT_TENSORFLOW: "/nowhere" },
    }).output();
    return { code, text: new TextDecoder().decode(stdout) + new TextDecoder().decode(stderr) };
  };
  const works = await doctor("--engine", "onnx");
  assert(works.code === 0, works.text);
  assertStringIncludes(works.text, "stepNorm off by");
  const absent = await doctor("--engine", "onnx,tensorflow");
  assert(absent.code === 2, absent.text);
  assertStringIncludes(absent.text, "there is no native TensorFlow here");
});
