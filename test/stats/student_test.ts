import { assertAlmostEquals, assertEquals } from "@std/assert";
import { studentInterval, studentTest } from "../../src/stats/student.ts";

// Mean 6, standard deviation 2, n = 3: standard error 2/√3; t(0.975; 2) = 4.30265 and t(0.95; 2) = 2.91999 (tables).
const VALUES = [4, 6, 8];

Deno.test("studentInterval() is mean ± t·s/√n", () => {
  const { low, high } = studentInterval(VALUES, 0.95)!;
  assertAlmostEquals(high - 6, 4.30265 * 2 / Math.sqrt(3), 1e-4);
  assertAlmostEquals(6 - low, 4.30265 * 2 / Math.sqrt(3), 1e-4);
  assertAlmostEquals(studentInterval(VALUES, 0.9)!.high - 6, 2.91999 * 2 / Math.sqrt(3), 1e-4);
});

Deno.test("studentTest() is two-sided, the same for both signs, and 1 about 0", () => {
  // t = 5.19615 with two degrees of freedom: p = 1 − t/√(t² + 2).
  const exact = 1 - 5.196152 / Math.sqrt(27 + 2);
  assertAlmostEquals(studentTest(VALUES)!, exact, 1e-6);
  assertAlmostEquals(studentTest(VALUES.map((x) => -x))!, exact, 1e-6);
  assertAlmostEquals(studentTest([-1, 0, 1])!, 1, 1e-12);
  assertEquals([studentTest([0, 0, 0]), studentTest([2, 2, 2])], [1, 0]);
});

Deno.test("of two values nothing is said", () => {
  assertEquals([studentInterval([1, 2], 0.95), studentTest([1, 2])], [null, null]);
});
