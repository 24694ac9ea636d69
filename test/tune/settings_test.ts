import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { UsageError } from "../../src/errors.ts";
import { quasirandom, settingsOf } from "../../src/tune/settings.ts";
import { catalogue } from "../support/runs.ts";

Deno.test("R_d: the golden ratio in one dimension, the plastic constant in two", () => {
  assertAlmostEquals(quasirandom(1, 1)[0], 0.5 + 0.6180339887 - 1, 1e-9);
  // Roberts' R2: α = (0.7548776662, 0.5698402910).
  assertAlmostEquals(quasirandom(1, 2)[0], 0.2548776662, 1e-9);
  assertAlmostEquals(quasirandom(1, 2)[1], 0.0698402910, 1e-9);
  assertAlmostEquals(quasirandom(3, 2)[1], (0.5 + 3 * 0.5698402910) % 1, 1e-9);
});

for (const dimensions of [1, 2, 3, 5]) {
  Deno.test(`R_${dimensions}: no part of an axis is empty or crowded`, () => {
    const points = Array.from({ length: 64 }, (_, i) => quasirandom(i + 1, dimensions));
    for (let axis = 0; axis < dimensions; axis++) {
      const bins = Array.from(
        { length: 8 },
        (_, bin) => points.filter((point) => Math.floor(point[axis] * 8) === bin).length,
      );
      assert(bins.every((count) => count >= 5 && count <= 11), `axis ${axis}: ${bins}`);
    }
  });
}

for (const algorithm of catalogue.algorithms.filter(({ search }) => search)) {
  Deno.test(`${algorithm.id}: its own constants are tried first, all else lies in its ranges, a budget adds to a smaller one`, () => {
    const settings = settingsOf(algorithm, 12);
    assertEquals(settings[0], {});
    assertEquals(settings.slice(0, 5), settingsOf(algorithm, 5));
    for (const setting of settings.slice(1)) {
      assertEquals(Object.keys(setting), Object.keys(algorithm.search!));
      for (
        const [name, { low, high }] of Object.entries(algorithm.search!) as [string, { low: number; high: number }][]
      ) {
        assert(low <= Number(setting[name]) && Number(setting[name]) <= high, `${name}=${setting[name]}`);
      }
    }
    assertEquals(new Set(settings.map((setting) => JSON.stringify(setting))).size, 12);
  });
}

Deno.test("a method that declares nothing to search is refused", () => {
  const tuned = catalogue.algorithms.find(({ id }) => id === "adamw-tuned")!;
  assertThrows(() => settingsOf(tuned, 12), UsageError, "declares no 'search'");
});
