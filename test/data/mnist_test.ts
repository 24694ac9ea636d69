import { assertAlmostEquals, assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { fileURLToPath } from "node:url";
import { DataError } from "../../src/data/data_error.ts";
import { dataFolder, type MnistManifest } from "../../src/data/manifest.ts";
import { loadMnist, mnistPresent, mnistReachable } from "../../src/data/mnist.ts";
import { fake, idxFile, noise, put, withFolder } from "./fake.ts";
import { mirror } from "./fake_mirror.ts";

const fakes = {
  trainImages: fake("train-images", noise(4000)),
  trainLabels: fake("train-labels", idxFile([2], [1, 2])),
  testImages: fake("test-images", noise(4000, 1)),
  testLabels: fake("test-labels", idxFile([2], [1, 2])),
};
const manifest: MnistManifest = {
  mirrors: [],
  files: {
    trainImages: fakes.trainImages.file,
    trainLabels: fakes.trainLabels.file,
    testImages: fakes.testImages.file,
    testLabels: fakes.testLabels.file,
  },
};

Deno.test("loadMnist() names the missing files and says what to do", () =>
  withFolder(async (folder) => {
    await put(folder, "train-images", fakes.trainImages.packed);
    const { message } = await assertRejects(() => loadMnist({ folder, manifest }), DataError);
    assertStringIncludes(message, "train-labels.gz, test-images.gz, test-labels.gz not found");
    assertStringIncludes(message, "deno task data");
    assertStringIncludes(message, "DRIVEN_HUNT_DATA");
    assertEquals(message.split("\n").length, 1);
  }));

Deno.test("loadMnist() refuses a file with another digest and names it", () =>
  withFolder(async (folder) => {
    for (const { file, packed } of Object.values(fakes)) await put(folder, file.name, packed);
    await put(folder, "train-images", fake("train-images", noise(4000, 2)).packed);
    await put(folder, "test-images", fake("test-images", noise(4000, 2)).packed);
    const { message } = await assertRejects(() => loadMnist({ folder, manifest }), DataError);
    assertStringIncludes(message, "-images.gz: SHA-256 of the unpacked bytes is ");
    assertStringIncludes(message, "run `deno task data` to replace it");
    assertEquals(message.split("\n").length, 1);
  }));

Deno.test("loadMnist() refuses a training size that MNIST does not have", async () => {
  for (const trainSize of [0, -1, 1.5, 60_001]) {
    await assertRejects(() => loadMnist({ trainSize }), RangeError, `trainSize is ${trainSize}`);
  }
});

Deno.test("mnistPresent() asks for all four files with a plausible size", () =>
  withFolder(async (folder) => {
    assertEquals(mnistPresent(folder), false);
    for (const file of Object.values(manifest.files)) await put(folder, file.name, new Uint8Array(file.bytes / 2));
    assertEquals(mnistPresent(folder, manifest), true);
    await put(folder, "test-labels", new Uint8Array());
    assertEquals(mnistPresent(folder, manifest), false);
  }));

Deno.test("mnistReachable() is true when one mirror answers", async () => {
  await using up = mirror(() => new Response());
  await using down = mirror(() => new Response(null, { status: 503 }));
  assertEquals(await mnistReachable(5000, [down.url, up.url]), true);
  assertEquals(await mnistReachable(5000, [down.url]), false);
});

Deno.test("mnistReachable() gives up when a mirror does not answer", async () => {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 }); // accepts nothing
  assertEquals(await mnistReachable(100, [`http://127.0.0.1:${listener.addr.port}/`]), false);
  listener.close();
});

Deno.test({
  name: "mnistReachable() is false without net permission, and does not ask for it",
  permissions: "none",
  fn: async () => assertEquals(await mnistReachable(5000), false),
});

const folders = [dataFolder(), fileURLToPath(new URL("../../../shared/mnist", import.meta.url))];
const folder = folders.find((candidate) => mnistPresent(candidate));
if (folder === undefined) {
  console.log("skipped: the tests of real MNIST, since it is not here; run `deno task data` or set DRIVEN_HUNT_DATA");
}

Deno.test({
  name: "loadMnist() loads the real MNIST",
  ignore: folder === undefined,
  async fn() {
    const { train, test } = await loadMnist({ folder });
    assertEquals(train.size, 1000);
    assertEquals(test.size, 10_000);
    assertEquals([...train.targets.slice(0, 10)], [5, 0, 4, 1, 9, 2, 1, 3, 1, 4]);
    assertEquals([...test.targets.slice(0, 10)], [7, 2, 1, 0, 4, 1, 4, 9, 5, 9]);
    for (const { size, inputs: { pixels }, targets } of [train, test]) {
      assertEquals([pixels.dtype, pixels.width, pixels.values.length], ["float32", 784, size * 784]);
      assertEquals(targets.length, size);
    }
    // 0.1325 is the well-known mean of the test images; the training images have 0.1307, their first thousand 0.1282.
    assertAlmostEquals(mean(test.inputs.pixels.values), 0.1325, 5e-5);
    assertAlmostEquals(mean(train.inputs.pixels.values), 0.1282, 5e-5);
    assertEquals(Math.max(...train.inputs.pixels.values.subarray(0, 784)), 1);
  },
});

function mean(values: Int32Array | Float32Array): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum / values.length;
}
