import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { type Stream, stream } from "../../src/data/stream.ts";
import { holm } from "../../src/stats/holm.ts";
import { type CellSamples, omnibusTest } from "../../src/stats/omnibus.ts";
import { permutationTest } from "../../src/stats/permutation.ts";
import { golden } from "../support/golden.ts";
import { fourErrors, givenUp, lognormal, observed, reached, share } from "./samples.ts";

const cellsOf = (n: number, random: Stream, scaleOf: (i: number) => number): CellSamples[] =>
  Array.from({ length: n }, (_, i) => ({
    reference: lognormal(14, random, 1, 1.5),
    fresh: lognormal(6, random, scaleOf(i), 1.5),
  }));

Deno.test("omnibusTest() agrees with the list of all dealings of up to three cells", () => {
  for (const { cells, p } of golden("statistics").omnibus) {
    // deno-lint-ignore no-explicit-any -- plain JSON
    const own = cells.map((c: any) => ({ reference: observed(c.reference), fresh: observed(c.fresh) }));
    const tolerance = fourErrors(p, 20_000) + 1e-4;
    assertAlmostEquals(omnibusTest(own, { permutations: 20_000, seed: 2 }).p, p, tolerance);
  }
});

Deno.test("omnibusTest() never gives a p of 0", () => {
  const cell = { reference: reached(...Array(20).keys()), fresh: reached(...Array(20).keys().map((i) => 50 + i)) };
  assertEquals(omnibusTest([cell, cell], { permutations: 99, seed: 0 }), { p: 1 / 100 });
});

Deno.test("omnibusTest() rejects as often as its level says where nothing drifts", () => {
  for (const level of [0.05, 0.3]) {
    const rejected = share(300, "omnibus", (random, seed) => {
      return omnibusTest(cellsOf(5, random, () => 1), { permutations: 99, seed }).p <= level;
    });
    assertAlmostEquals(rejected, level, fourErrors(level, 300));
  }
});

Deno.test("omnibusTest() finds shifts in both directions of which none stands out", () => {
  const cells = cellsOf(60, stream(0, "many small"), (i) => i % 2 ? 1.3 : 1 / 1.3);
  const each = cells.map((c) => permutationTest(c.reference, c.fresh, { permutations: 5000, seed: 0 }).p);
  assert(Math.min(...holm(each)) > 0.05);
  assert(omnibusTest(cells, { permutations: 2000, seed: 0 }).p < 0.01);
});

Deno.test("omnibusTest() takes nothing from cells that cannot differ", () => {
  const cells = cellsOf(3, stream(1, "omnibus"), () => 1);
  const mute = [
    { reference: givenUp(9, 9, 9), fresh: givenUp(9, Infinity) },
    { reference: reached(5, 5), fresh: reached(5) },
    { reference: reached(5, 6), fresh: [] },
  ];
  const options = { permutations: 500, seed: 0 };
  assertEquals(
    omnibusTest([mute[0], cells[0], mute[1], cells[1], cells[2], mute[2]], options),
    omnibusTest(cells, options),
  );
  assertEquals(omnibusTest(mute, options), { p: 1 });
  assertEquals(omnibusTest([], options), { p: 1 });
});
