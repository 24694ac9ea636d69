import { assertEquals } from "@std/assert";
import { ourselves } from "../../src/child.ts";

Deno.test("onnx: subnormal numbers count as zero, as operands and as results", async () => {
  // In a process of its own, as a run is: ONNX Runtime sets this with the first session of a process, on its thread.
  const { stdout } = await ourselves({ module: "test/support/subnormals.ts", permissions: "worker" }).output();
  assertEquals(JSON.parse(new TextDecoder().decode(stdout)), [[2 ** -116, 0, 1024], [0, 0, 0.5]]);
});
