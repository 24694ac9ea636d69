import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { clopperPearson } from "../../src/stats/proportion.ts";
import { golden } from "../support/golden.ts";

Deno.test("clopperPearson() agrees with SciPy's exact interval, the ends 0 and 1 included", () => {
  for (const { successes, n, level, low, high } of golden("statistics").proportions) {
    const own = clopperPearson(successes, n, level);
    assertAlmostEquals(own.low, low, 1e-10, `${successes} of ${n}`);
    assertAlmostEquals(own.high, high, 1e-10, `${successes} of ${n}`);
  }
});

Deno.test("clopperPearson() of none and of all has the ends 0 and 1 themselves", () => {
  assertEquals([clopperPearson(0, 7, 0.9).low, clopperPearson(7, 7, 0.9).high], [0, 1]);
});

Deno.test("clopperPearson() refuses counts that cannot be", () => {
  assertThrows(() => clopperPearson(4, 3, 0.95), RangeError, "4 of 3");
  assertThrows(() => clopperPearson(0, 0, 0.95), RangeError, "0 of 0");
  assertThrows(() => clopperPearson(1, 3, 1), RangeError, "level 1");
});
