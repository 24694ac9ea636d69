import { assert, assertEquals, assertRejects } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { EngineFailed, type ProgramSpec, startEngine } from "../../src/engine/mod.ts";
import { Complaints } from "../../src/engine/webgpu.ts";
import { ONLY } from "../support/engines.ts";

const doubled: ProgramSpec = {
  state: {},
  inputs: { x: { shape: [3], dtype: "float32" } },
  body: ({ x }) => ({ y: tf.mul(x, 2) }),
};

Deno.test({
  name: "webgpu: what the device complains of ends a run, whatever it would have computed",
  ignore: Deno.env.get(ONLY) !== "webgpu",
  async fn() {
    const program = await (await startEngine("webgpu")).compile(doubled);
    program.load({});
    const x = Float32Array.of(1, 2, 3);
    assertEquals([...(await program.run({ x })).y], [2, 4, 6]);
    const { device } = tf.backend() as tf.KernelBackend & { device: GPUDevice };
    device.createBuffer({ size: 2 ** 45, usage: GPUBufferUsage.STORAGE });
    await new Promise((done) => setTimeout(done, 50));
    // The same call will fail again: a slip of a program and not of the machine.
    const error = await assertRejects(() => program.run({ x }), Error, "says 'GPUValidationError: Buffer size");
    assert(!(error instanceof EngineFailed));
  },
});

/** A device that gives up when it is told to. */
function failing() {
  const { promise: lost, resolve: lose } = Promise.withResolvers<{ reason: string; message: string }>();
  const device = Object.assign(new EventTarget(), { lost });
  const complain = (error: Error) => device.dispatchEvent(Object.assign(new Event("uncapturederror"), { error }));
  return { complaints: new Complaints(device as unknown as GPUDevice), complain, lose };
}

class GPUOutOfMemory extends Error {}

Deno.test("a device that is out of memory or lost has failed, in the words of its first complaint", async () => {
  const { complaints, complain, lose } = failing();
  assertEquals(await complaints.watch(() => Promise.resolve(1)), 1);
  // The complaint comes after the error that follows from it.
  const unlucky = () => {
    setTimeout(() => complain(new GPUOutOfMemory("not enough memory left")), 0);
    return Promise.reject(new Error("Buffer with '' label is invalid"));
  };
  await assertRejects(() => complaints.watch(unlucky), EngineFailed, "says 'GPUOutOfMemory: not enough memory left'");
  lose({ reason: "unknown", message: "gone" });
  await assertRejects(() => complaints.watch(() => Promise.resolve(1)), EngineFailed, "not enough memory left");
  const other = failing();
  other.lose({ reason: "unknown", message: "gone" });
  await assertRejects(() => other.complaints.watch(() => Promise.resolve(1)), EngineFailed, "is lost (unknown): gone");
});

Deno.test("an error of which no device complained stays what it is", async () => {
  const { complaints } = failing();
  const error = await assertRejects(() => complaints.watch(() => Promise.reject(new TypeError("ours"))), TypeError);
  assertEquals(error.message, "ours");
});
