import { assert, assertEquals, assertNotEquals } from "@std/assert";
import { type Seeding, seedings, stream } from "../../src/data/stream.ts";

const take = (seed: number, name: string, n: number, seeding?: Seeding) => {
  const { uniform } = stream(seed, name, seeding);
  return Float64Array.from({ length: n }, uniform);
};
const mean = (x: Float64Array) => x.reduce((sum, v) => sum + v, 0) / x.length;

Deno.test("stream() is pinned: the same numbers on every machine", () => {
  // Made by this code once; a change would make every stored run another run.
  assertEquals([...take(0, "split", 3)], [0.5731453168492863, 0.7216710397697099, 0.190042268546882]);
  assertEquals([...stream(0, "batches/0").permutation(8)], [6, 5, 3, 4, 0, 7, 1, 2]);
});

Deno.test('the seeding of every record so far, "32-bit", is what a stream has when none is named', () => {
  for (const name of ["split", "init", "batches/7"]) {
    assertEquals(take(3, name, 10), take(3, name, 10, "32-bit"));
    assertNotEquals(take(3, name, 10), take(3, name, 10, "128-bit"));
  }
});

Deno.test("stream() is pinned under 128 bits as well", () => {
  // The same from SHA-256 and xoroshiro128+ written in Python (24, 16, 37; words of the digest: high, low, high, low).
  assertEquals([...take(0, "split", 3, "128-bit")], [0.9563565356523633, 0.15396229699760022, 0.9617217020237481]);
  assertEquals([...stream(0, "batches/0", "128-bit").permutation(8)], [3, 7, 6, 2, 0, 4, 5, 1]);
});

Deno.test("of the batch orders of 50 seeds in 10,000 epochs, 12 pairs are equal under 32 bits and none under 128", () => {
  const pairs = (seeding: Seeding) => {
    const heads = new Float64Array(500_000);
    for (let i = 0; i < heads.length; i++) {
      heads[i] = stream(i % 50, `batches/${Math.floor(i / 50)}`, seeding).uniform();
    }
    heads.sort();
    return heads.reduce((count, x, i) => count + Number(i > 0 && x === heads[i - 1]), 0);
  };
  assertEquals(seedings.map((seeding) => [seeding, pairs(seeding)]), [["32-bit", 12], ["128-bit", 0]]);
  // The twelve come together: the hash of names that end in other digits only collides for all of them at once.
  const order = (seed: number, epoch: number) => stream(seed, `batches/${epoch}`).permutation(1000);
  for (const [epoch, other] of [[478, 2086], [465, 2097]]) assertEquals(order(7, epoch), order(11, other));
});

for (const seeding of seedings) {
  Deno.test(`${seeding} bits: streams of other seeds and other names are other numbers`, () => {
    const heads = [[0, "split"], [1, "split"], [0, "init"], [0, "batches/1"], [0, "batches/2"]] as const;
    assertEquals(new Set(heads.map(([seed, name]) => take(seed, name, 1, seeding)[0])).size, heads.length);
    // Correlation of 10,000 pairs of independent uniforms: standard error 0.01.
    const [x, y] = [take(0, "batches/1", 10_000, seeding), take(0, "batches/2", 10_000, seeding)];
    const covariance = mean(x.map((v, i) => (v - 0.5) * (y[i] - 0.5)));
    assert(Math.abs(covariance * 12) < 0.04);
  });

  Deno.test(`${seeding} bits: uniform() fills [0, 1) evenly`, () => {
    const x = take(5, "test", 100_000, seeding);
    assert(x.every((v) => v >= 0 && v < 1));
    const counts = new Array(10).fill(0);
    for (const v of x) counts[Math.floor(10 * v)]++;
    // χ² with 9 degrees of freedom: 27.9 is exceeded once in a thousand.
    assert(counts.reduce((sum, n) => sum + (n - 10_000) ** 2 / 10_000, 0) < 27.9);
  });

  Deno.test(`${seeding} bits: normal() has mean 0, standard deviation 1 and the tails of a normal`, () => {
    const { normal } = stream(5, "test", seeding);
    const x = Float64Array.from({ length: 100_000 }, normal);
    assert(Math.abs(mean(x)) < 0.015);
    assert(Math.abs(mean(x.map((v) => v * v)) - 1) < 0.02);
    const beyond2 = x.filter((v) => Math.abs(v) > 2).length / x.length;
    assert(Math.abs(beyond2 - 0.0455) < 0.003);
  });

  Deno.test(`${seeding} bits: permutation() holds every index once, in an order that depends on the stream`, () => {
    const [x, y] = ["batches/0", "batches/1"].map((name) => [...stream(0, name, seeding).permutation(1000)]);
    assertEquals(x.toSorted((a, b) => a - b), Array.from({ length: 1000 }, (_, i) => i));
    assertNotEquals(x, y);
    // First element over many permutations is uniform: χ² with 4 degrees of freedom, 18.5 once in a thousand.
    const counts = new Array(5).fill(0);
    for (let i = 0; i < 5000; i++) counts[stream(1, `batches/${i}`, seeding).permutation(5)[0]]++;
    assert(counts.reduce((sum, n) => sum + (n - 1000) ** 2 / 1000, 0) < 18.5);
  });
}

Deno.test("integer() stays below its bound and reaches every value", () => {
  const { integer } = stream(2, "test");
  assertEquals(new Set(Array.from({ length: 500 }, () => integer(7))).size, 7);
});
