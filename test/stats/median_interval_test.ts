import { assert, assertEquals } from "@std/assert";
import { medianInterval } from "../../src/stats/median_interval.ts";
import { golden } from "../support/golden.ts";
import { fourErrors, share } from "./samples.ts";

const points = (values: readonly number[]) => values.map((x) => ({ low: x, high: x }));

Deno.test("medianInterval() takes the order statistics that SciPy's quantile_test takes", () => {
  for (const { n, low, high } of golden("statistics").medianIntervals) {
    const values = Array.from({ length: n }, (_, i) => i + 1);
    assertEquals([n, medianInterval(points(values))], [n, { low, high }]);
  }
});

Deno.test("medianInterval() of five values is their range, of four nothing", () => {
  assertEquals(medianInterval(points([3, 1, 4, 1, 5])), { low: 1, high: 5 });
  assertEquals(medianInterval(points([3, 1, 4, 1])), null);
});

Deno.test("medianInterval() of bounds encloses every interval that the values could have led to", () => {
  const known = [3, 1, 4, 1, 5, 9, 2, 6, 5, 3];
  const { low, high } = medianInterval(known.map((x, i) => ({ low: x - (i % 2), high: i === 5 ? Infinity : x + 1 })))!;
  const sure = medianInterval(points(known))!;
  assert(low <= sure.low && sure.high <= high && Number.isFinite(high));
});

for (const n of [5, 6, 7, 8, 10, 15]) {
  Deno.test(`medianInterval() of ${n} lognormal values covers as often as it says`, () => {
    const covered = share(2000, `median-interval-${n}`, ({ normal }) => {
      const { low, high } = medianInterval(points(Array.from({ length: n }, () => Math.exp(0.6 * normal()))))!;
      return low <= 1 && 1 <= high;
    });
    const level = n === 5 ? 0.9375 : 0.95;
    assert(covered > level - fourErrors(level, 2000), `${covered}`);
  });
}
