import { assertAlmostEquals, assertEquals } from "@std/assert";
import fc from "fast-check";
import { median } from "simple-statistics";
import { stream } from "../../src/data/stream.ts";
import { levelsOf } from "../../src/stats/steps.ts";

const OPTIONS = { leastScatter: 0.01, leastLength: 2 };
const startsOf = (values: readonly number[]) => levelsOf(values, OPTIONS).map(({ from }) => from);

Deno.test("levelsOf() finds where a series without noise steps, and a single value far off is no level", () => {
  assertEquals(startsOf([]), []);
  assertEquals(startsOf([1]), [0]);
  assertEquals(startsOf([1, 1, 1, 1, 1]), [0]);
  assertEquals(startsOf([1, 1, 1, 2, 2, 2]), [0, 3]);
  assertEquals(startsOf([1, 1, 1, 2, 2, 2, 2, 1.5, 1.5, 1.5]), [0, 3, 7]);
  assertEquals(startsOf([1, 1, 1, 9, 1, 1, 1, 1]), [0]);
  const [low, high] = levelsOf([1, 1, 1, 2, 2], OPTIONS);
  assertEquals([low.median, high.median], [1, 2]);
});

/** Absolute deviations about the median in units of a Laplace distribution, and the price of each step. */
function costOf(parts: readonly (readonly number[])[], scatter: number): number {
  const n = parts.reduce((sum, part) => sum + part.length, 0);
  const deviation = (part: readonly number[]) => part.reduce((sum, x) => sum + Math.abs(x - median([...part])), 0);
  const likelihood = parts.reduce((sum, part) => sum + 2 * Math.SQRT2 * deviation(part) / scatter, 0);
  return likelihood + 4 * Math.log(n) * (parts.length - 1);
}

Deno.test("the partition is the best of all: no other has a lower cost", () => {
  const random = stream(0, "steps");
  for (let trial = 0; trial < 30; trial++) {
    const values = Array.from({ length: 9 }, (_, i) => (i < 4 ? 0 : 20) + 10 * random.normal());
    // A scatter that the series does not exceed is the one that it has.
    const levels = levelsOf(values, { leastScatter: 30, leastLength: 2 });
    const chosen = levels.map(({ from }, i) => values.slice(from, levels[i + 1]?.from));
    // Every subset of the places between values is a partition.
    const all = Array.from({ length: 2 ** (values.length - 1) }, (_, mask) => {
      const parts: number[][] = [[values[0]]];
      values.slice(1).forEach((value, i) => mask >> i & 1 ? parts.push([value]) : parts.at(-1)!.push(value));
      return parts;
    });
    const allowed = all.filter((parts) => parts.every((part) => part.length >= 2));
    assertAlmostEquals(costOf(chosen, 30), Math.min(...allowed.map((parts) => costOf(parts, 30))), 1e-9);
  }
});

Deno.test("a year of nights without a step shows one in less than one series of fifty, and a step of three deviations always", () => {
  const random = stream(1, "steps");
  const series = (step: number) => Array.from({ length: 365 }, (_, i) => random.normal() + (i < 180 ? 0 : step));
  const options = { leastScatter: 1e-3, leastLength: 2 };
  const false_ = Array.from({ length: 200 }, () => levelsOf(series(0), options).length - 1).filter((n) => n > 0).length;
  assertEquals(false_ <= 4, true, `${false_} of 200`);
  for (let i = 0; i < 20; i++) {
    const levels = levelsOf(series(3), options);
    assertEquals(levels.some(({ from }) => Math.abs(from - 180) <= 3), true);
  }
});

Deno.test("where a series lies, and in which units, does not matter", () => {
  fc.assert(fc.property(fc.array(fc.integer({ min: -20, max: 20 }), { minLength: 1, maxLength: 30 }), (values) => {
    const here = levelsOf(values, { leastScatter: 1, leastLength: 2 }).map(({ from }) => from);
    const there = levelsOf(values.map((x) => 4 * x + 1024), { leastScatter: 4, leastLength: 2 }).map(({ from }) =>
      from
    );
    assertEquals(there, here);
  }));
});
