import { assert, assertEquals, assertNotEquals } from "@std/assert";
import { stream } from "../../src/data/stream.ts";

const take = (seed: number, name: string, n: number) => {
  const { uniform } = stream(seed, name);
  return Float64Array.from({ length: n }, uniform);
};
const mean = (x: Float64Array) => x.reduce((sum, v) => sum + v, 0) / x.length;

Deno.test("stream() is pinned: the same numbers on every machine", () => {
  // Made by this code once; a change would make every stored run another run.
  assertEquals([...take(0, "split", 3)], [0.5731453168492863, 0.7216710397697099, 0.190042268546882]);
  assertEquals([...stream(0, "batches/0").permutation(8)], [6, 5, 3, 4, 0, 7, 1, 2]);
});

Deno.test("streams of other seeds and other names are other numbers", () => {
  const heads = [[0, "split"], [1, "split"], [0, "init"], [0, "batches/1"], [0, "batches/2"]] as const;
  assertEquals(new Set(heads.map(([seed, name]) => take(seed, name, 1)[0])).size, heads.length);
  // Correlation of 10,000 pairs of independent uniforms: standard error 0.01.
  const [x, y] = [take(0, "batches/1", 10_000), take(0, "batches/2", 10_000)];
  const covariance = mean(x.map((v, i) => (v - 0.5) * (y[i] - 0.5)));
  assert(Math.abs(covariance * 12) < 0.04);
});

Deno.test("uniform() fills [0, 1) evenly", () => {
  const x = take(5, "test", 100_000);
  assert(x.every((v) => v >= 0 && v < 1));
  const counts = new Array(10).fill(0);
  for (const v of x) counts[Math.floor(10 * v)]++;
  // χ² with 9 degrees of freedom: 27.9 is exceeded once in a thousand.
  assert(counts.reduce((sum, n) => sum + (n - 10_000) ** 2 / 10_000, 0) < 27.9);
});

Deno.test("normal() has mean 0, standard deviation 1 and the tails of a normal", () => {
  const { normal } = stream(5, "test");
  const x = Float64Array.from({ length: 100_000 }, normal);
  assert(Math.abs(mean(x)) < 0.015);
  assert(Math.abs(mean(x.map((v) => v * v)) - 1) < 0.02);
  const beyond2 = x.filter((v) => Math.abs(v) > 2).length / x.length;
  assert(Math.abs(beyond2 - 0.0455) < 0.003);
});

Deno.test("permutation() holds every index once, in an order that depends on the stream", () => {
  const [x, y] = ["batches/0", "batches/1"].map((name) => [...stream(0, name).permutation(1000)]);
  assertEquals(x.toSorted((a, b) => a - b), Array.from({ length: 1000 }, (_, i) => i));
  assertNotEquals(x, y);
  // First element over many permutations is uniform: χ² with 4 degrees of freedom, 18.5 once in a thousand.
  const counts = new Array(5).fill(0);
  for (let i = 0; i < 5000; i++) counts[stream(1, `batches/${i}`).permutation(5)[0]]++;
  assert(counts.reduce((sum, n) => sum + (n - 1000) ** 2 / 1000, 0) < 18.5);
});

Deno.test("integer() stays below its bound and reaches every value", () => {
  const { integer } = stream(2, "test");
  assertEquals(new Set(Array.from({ length: 500 }, () => integer(7))).size, 7);
});
