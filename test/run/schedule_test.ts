import { assertEquals } from "@std/assert";
import { nextEvaluation, nextRecorded } from "../../src/run/schedule.ts";

Deno.test("epochs are evaluated one by one up to 100, then at each 1 % of growth", () => {
  const visited: number[] = [];
  for (let epoch = 0; epoch < 10_000; epoch = nextEvaluation(epoch, 0)) visited.push(epoch);
  assertEquals(visited.slice(0, 101), Array.from({ length: 101 }, (_, i) => i));
  const gaps = visited.slice(101).map((epoch, i) => [visited[i + 100], epoch]);
  // The first epoch that is at least 1 % further, never the same.
  for (const [from, to] of gaps) assertEquals(to, Math.max(from + 1, Math.ceil(from * 1.01)));
});

Deno.test("--eval-every 1 evaluates every epoch, --eval-every 7 its multiples", () => {
  assertEquals([0, 1, 500].map((epoch) => nextEvaluation(epoch, 1)), [1, 2, 501]);
  assertEquals([0, 7, 8].map((epoch) => nextEvaluation(epoch, 7)), [7, 14, 14]);
  assertEquals(nextRecorded(99), 100);
});
