import { assert, assertEquals, assertRejects } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { EngineFailed, type ProgramSpec, startEngine } from "../../src/engine/mod.ts";
import { ONLY } from "../support/engines.ts";

const doubled: ProgramSpec = {
  state: {},
  inputs: { x: { shape: [3], dtype: "float32" } },
  body: ({ x }) => ({ y: tf.mul(x, 2) }),
};

const start = async () => {
  const program = await (await startEngine("webgpu")).compile(doubled);
  program.load({});
  const { device } = tf.backend() as tf.KernelBackend & { device: GPUDevice };
  return { device, x: Float32Array.of(1, 2, 3), program };
};

const ignore = Deno.env.get(ONLY) !== "webgpu";

Deno.test({
  name: "webgpu: what the device complains of ends a run, whatever it would have computed",
  ignore,
  async fn() {
    const { device, program, x } = await start();
    assertEquals([...(await program.run({ x })).y], [2, 4, 6]);
    device.createBuffer({ size: 2 ** 45, usage: GPUBufferUsage.STORAGE });
    await new Promise((done) => setTimeout(done, 50));
    // The same call will fail again: a slip of a program and not of the machine.
    const error = await assertRejects(() => program.run({ x }), Error, "says 'GPUValidationError: Buffer size");
    assert(!(error instanceof EngineFailed));
  },
});

Deno.test({
  name: "webgpu: a device that is lost is named, not the buffer that it takes with it",
  ignore,
  async fn() {
    const { device, program, x } = await start();
    device.destroy();
    await assertRejects(() => program.run({ x }), EngineFailed, "the graphics device is lost (destroyed)");
  },
});
