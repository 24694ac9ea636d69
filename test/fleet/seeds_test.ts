import { assertEquals } from "@std/assert";
import fc from "fast-check";
import { catalogue } from "../support/runs.ts";
import { confirmationSeeds, confirms, PER_DAY, rotatingSeeds } from "../../src/fleet/seeds.ts";

const DAY_MS = 86_400_000;
/** Any day of the next 150 years: what was a remainder somewhere would repeat within them. */
const day = fc.nat(55_000).map((n) => new Date(Date.UTC(2026, 0, 1) + n * DAY_MS).toISOString().slice(0, 10));
const count = fc.integer({ min: 1, max: PER_DAY });

Deno.test("no two days share a seed, and none of a day is one of the profiles or of the tuning", () => {
  const fixed = new Set([
    ...catalogue.tuning.seeds,
    ...catalogue.profiles.flatMap(({ seeds, entries }) => [...seeds, ...entries.flatMap((entry) => entry.seeds ?? [])]),
  ]);
  fc.assert(fc.property(day, day, count, count, (one, other, n, m) => {
    const seeds = [...rotatingSeeds(one, n), ...confirmationSeeds(one, m)];
    assertEquals(new Set(seeds).size, n + m);
    assertEquals(seeds.filter((seed) => fixed.has(seed)), []);
    if (one === other) return;
    const elsewhere = new Set([...rotatingSeeds(other, n), ...confirmationSeeds(other, m)]);
    assertEquals(seeds.filter((seed) => elsewhere.has(seed)), []);
  }));
});

Deno.test("who confirms is told by the seed alone, on any day", () => {
  fc.assert(fc.property(day, count, (one, n) => {
    assertEquals(rotatingSeeds(one, n).filter(confirms), []);
    assertEquals(confirmationSeeds(one, n).every(confirms), true);
  }));
});
