import { assertEquals } from "@std/assert";
import { verdictOf } from "../../tools/docs/rivals.ts";
import type { Comparison } from "../../src/stats/comparison.ts";

const ratio = (low: number, high: number, withinOneEvaluation = false): Comparison => ({
  low: Math.sqrt(low * high),
  high: Math.sqrt(low * high),
  pairs: 5,
  interval: { low, high },
  p: null,
  signs: { wins: 0, losses: 0, undecided: 0, p: 1 },
  withinOneEvaluation,
});
const [above, below, tie, near] = [ratio(1.1, 1.3), ratio(0.5, 0.9), ratio(0.9, 1.2), ratio(1.01, 1.02, true)];

for (
  const [said, comparisons] of [
    ["faster", [above, above, above]],
    ["faster on some", [above, above, null]],
    ["faster on some", [above, tie, near]],
    ["slower", [below, below]],
    ["slower on some", [below, below, tie]],
    ["faster and slower", [above, below, below]],
    ["no difference seen", [tie, near, null]],
    ["not measured", [null, null]],
  ] as const
) {
  Deno.test(`what intervals of all problems come to: ${said} of ${comparisons.map((c) => c?.interval?.low ?? "none")}`, () => {
    assertEquals(verdictOf(comparisons), said);
  });
}
