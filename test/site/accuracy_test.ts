import { assert, assertEquals } from "@std/assert";
import { accuraciesOf } from "../../src/site/accuracy.ts";
import type { BoardProblem } from "../../src/site/site_data.ts";

/** A run that is evaluated at these gradient calls. */
const run = (gradientCalls: number[], testAccuracy: number[]) => ({
  config: { generalisedAbove: 0.9 },
  curve: { epochs: { gradientCalls, testAccuracy } },
});

const problemOf = (...runs: ReturnType<typeof run>[]) =>
  ({
    rows: [{ method: "ppm", role: "method", runs }, { method: "none", role: "method", runs: [] }],
  }) as unknown as BoardProblem;

Deno.test("a band is the median and the range of the last evaluations; a run that has ended counts on with its last", () => {
  const { threshold, gradientCalls, methods } = accuraciesOf(problemOf(
    run([0, 10, 1000], [0, 0.1, 0.5]),
    run([0, 10, 1000], [0, 0.2, 0.9]),
    run([0, 10, 100], [0, 0.6, 1]),
  ))!;
  assertEquals([threshold, gradientCalls[0], gradientCalls.at(-1)], [0.9, 10, 1000]);
  assert(gradientCalls.every((calls, i) => i === 0 || calls >= gradientCalls[i - 1]));
  const [{ seeds, median, low, high }, ...others] = methods;
  assertEquals([seeds, others.length], [3, 0]);
  assertEquals([median[0], low[0], high[0]], [200, 100, 600]);
  assertEquals([median.at(-1), low.at(-1), high.at(-1)], [900, 500, 1000]);
});

Deno.test("a method has no line after the end of its last run, though others go on", () => {
  const rows = [run([0, 10, 1000], [0, 0.1, 0.5]), run([0, 10, 100], [0, 0.2, 0.9])]
    .map((each, i) => ({ method: `m${i}`, role: "method", runs: [each] }));
  const { methods, gradientCalls } = accuraciesOf({ rows } as unknown as BoardProblem)!;
  assertEquals(gradientCalls.filter((calls, i) => (calls > 100) !== (methods[1].median[i] === null)), []);
  assertEquals(methods[0].median.includes(null), false);
});
