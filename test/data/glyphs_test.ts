import { assert, assertEquals, assertNotEquals, assertThrows } from "@std/assert";
import { createHash } from "node:crypto";
import type { Split } from "../../src/data/dataset.ts";
import { glyphs } from "../../src/data/glyphs.ts";

const { train, test } = glyphs({ seed: 0, testSize: 2000 });

/** Levels 0 … 255 of image `i`. */
function levels(split: Split, i: number): Uint8Array {
  return Uint8Array.from(split.inputs.pixels.values.subarray(i * 784, (i + 1) * 784), (x) => Math.round(x * 255));
}

Deno.test("glyphs() draws the same images everywhere", () => {
  const digest = createHash("sha256");
  for (let i = 0; i < 100; i++) digest.update(levels(train, i));
  assertEquals(digest.digest("hex"), "40c23e1883c0d7375c02bd73d82e85fa6941e97d449f0d37328a672f791e6c0b");
  assertEquals([...train.targets.slice(0, 10)], [5, 1, 0, 9, 6, 5, 9, 0, 6, 2]);
});

Deno.test("glyphs() depends on its seed", () => {
  const another = glyphs({ seed: 1, trainSize: 10, testSize: 10 });
  assertNotEquals(levels(another.train, 0), levels(train, 0));
});

Deno.test("glyphs() has the shape of MNIST with pixels in [0, 1]", () => {
  for (const { size, inputs: { pixels }, targets } of [train, test]) {
    assertEquals([pixels.dtype, pixels.width, pixels.values.length], ["float32", 784, size * 784]);
    assertEquals(targets.length, size);
    assert(pixels.values.every((x) => x >= 0 && x <= 1));
    let ink = 0;
    for (const x of pixels.values) ink += x;
    const mean = ink / pixels.values.length;
    assert(mean > 0.12 && mean < 0.14, `mean pixel is ${mean}, that of MNIST is 0.13`);
  }
});

Deno.test("glyphs() draws every digit equally often, in random order", () => {
  for (const { size, targets } of [train, test]) {
    const counts = new Array(10).fill(0);
    for (const target of targets) counts[target]++;
    assertEquals(counts, new Array(10).fill(size / 10));
  }
  assertNotEquals([...train.targets], [...train.targets].sort());
});

Deno.test("glyphs() draws no image twice", () => {
  const all = [train, test].flatMap((split) => Array.from({ length: split.size }, (_, i) => levels(split, i).join()));
  assertEquals(new Set(all).size, train.size + test.size);
});

Deno.test("glyphs() is a task between trivial and hopeless: the nearest class mean is right on 70 to 90 %", () => {
  const means = Array.from({ length: 10 }, () => new Float64Array(784));
  train.targets.forEach((target, i) => levels(train, i).forEach((x, at) => means[target][at] += x / 100));
  const nearest = (image: Uint8Array) => {
    const distances = means.map((mean) => mean.reduce((sum, x, at) => sum + (x - image[at]) ** 2, 0));
    return distances.indexOf(Math.min(...distances));
  };
  const right = test.targets.filter((target, i) => nearest(levels(test, i)) === target).length;
  const accuracy = right / test.size;
  assert(accuracy > 0.7 && accuracy < 0.9, `accuracy is ${accuracy}`);
});

Deno.test("glyphs() refuses sizes that are no positive integers", () => {
  assertThrows(() => glyphs({ seed: 0, trainSize: 0 }), RangeError, "size is 0");
  assertThrows(() => glyphs({ seed: 0, testSize: 1.5 }), RangeError, "size is 1.5");
});
