import { assertAlmostEquals, assertEquals } from "@std/assert";
import { assertApplies } from "../../tools/audit/tree.ts";
import { REORDERED } from "../../tools/audit/rounding.ts";
import measured from "../../tools/audit/rounding.json" with { type: "json" };
import { correlationOf, keptBy, medianRatio, roundedCell, sharesByCase } from "../../tools/audit/rounding_pairs.ts";

const runsOf = (times: readonly (number | null)[]) =>
  times.map((time, seed) => ({ seed, generalised: time === null ? null : { gradientCalls: time } }));

const cellOf = (expected: readonly (number | null)[], again: readonly (number | null)[]) =>
  roundedCell({ cell: "a", case: "a" }, runsOf(expected), runsOf(again));

Deno.test("the other rounding fits the code as it is", () => assertApplies(REORDERED));

Deno.test("a seed keeps all of its time where the second run repeats the first, and none of it where they are strangers", () => {
  const times = [100, 200, 400, 800];
  const same = keptBy([cellOf(times, times)])!;
  assertEquals([same.pairs, same.difference, same.share], [4, 0, 1]);
  assertAlmostEquals(same.seeds, Math.log(2) * Math.sqrt(5 / 3), 1e-12);
  // Turned round: the squares of the differences are 9, 1, 1, 9 times log²2, their mean 5; 1 − 5/(2·5/3).
  assertAlmostEquals(keptBy([cellOf(times, times.toReversed())])!.share!, -0.5, 1e-12);
  assertAlmostEquals(correlationOf(cellOf(times, times.toReversed()))!, -1, 1e-12);
});

Deno.test("cells are pooled within themselves: that one takes longer than another is no spread of seeds", () => {
  const [short, long] = [[10, 20, 40], [1000, 2000, 4000]].map((times) => cellOf(times, times.map((t) => 1.1 * t)));
  const pooled = keptBy([short, long])!;
  assertAlmostEquals(pooled.seeds, Math.log(2), 1e-12);
  assertAlmostEquals(pooled.difference, Math.log(1.1), 1e-12);
  assertAlmostEquals(medianRatio(short)!, 1.1, 1e-12);
});

Deno.test("what was measured of each case lies between 0 and 1, and what was not measured is not there", () => {
  const [kept, lost] = [cellOf([10, 20, 40], [10, 20, 40]), { ...cellOf([10, 20, 40], [40, 20, 10]), case: "b" }];
  const few = { ...cellOf([10, 20], [10, 20]), case: "c" };
  assertEquals([...sharesByCase([kept, lost, few])], [["a", 1], ["b", 0]]);
  const shares = [...sharesByCase(measured)];
  assertEquals(shares.length >= 3 && shares.every(([, share]) => share > 0.5), true);
});

Deno.test("seeds with which one run got there alone are told, and two pairs say nothing of spread", () => {
  const cell = cellOf([100, null, 300, null], [110, 200, null, null]);
  assertEquals([cell.pairs.length, cell.onlyOne], [1, [1, 2]]);
  assertEquals([keptBy([cell]), correlationOf(cell)], [null, null]);
});
