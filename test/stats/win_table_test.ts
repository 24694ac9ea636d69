import { assertEquals, assertThrows } from "@std/assert";
import type { Observation } from "../../src/stats/kaplan_meier.ts";
import { type SeededTimes, winTable } from "../../src/stats/win_table.ts";
import { givenUp, reached } from "./samples.ts";

const seeded = (times: readonly Observation[], from = 0): SeededTimes =>
  new Map(times.map((time, i) => [from + i, time]));

const beats = (a: SeededTimes, b: SeededTimes): number =>
  winTable(new Map([["div", new Map([["a", a], ["b", b]])]])).beats(0, 1, 0);

Deno.test("winTable() is the share of common seeds on which the first was earlier, by problem", () => {
  const table = winTable(
    new Map([
      ["div", new Map([["a", seeded(reached(1, 2, 3, 9))], ["b", seeded(reached(5, 5, 5, 5))]])],
      ["add", new Map([["b", seeded(reached(5, 5))], ["a", seeded(reached(9, 9))]])],
    ]),
  );
  assertEquals(table.methods, ["a", "b"]);
  assertEquals(table.problems, ["div", "add"]);
  assertEquals([0, 1].map((problem) => table.beats(0, 1, problem)), [3 / 4, 0]);
  assertEquals([0, 1].map((problem) => table.beats(1, 0, problem)), [1 / 4, 1]);
  assertEquals(table.beats(0, 0, 0), 1 / 2);
});

Deno.test("winTable() counts a tie one half", () => {
  assertEquals(beats(seeded(reached(4)), seeded(reached(4))), 1 / 2);
  assertEquals(beats(seeded(reached(4, 4)), seeded(reached(4, 5))), 3 / 4);
});

Deno.test("winTable() knows who is earlier than one given up later, and counts the unknown one half", () => {
  const cases: [Observation, Observation, number][] = [
    [reached(5)[0], givenUp(50)[0], 1],
    [reached(5)[0], givenUp(5)[0], 1],
    [givenUp(50)[0], reached(5)[0], 0],
    [givenUp(Infinity)[0], reached(5)[0], 0],
    [givenUp(5)[0], reached(50)[0], 1 / 2],
    [reached(50)[0], givenUp(5)[0], 1 / 2],
    [givenUp(5)[0], givenUp(50)[0], 1 / 2],
    [givenUp(Infinity)[0], givenUp(50)[0], 1 / 2],
  ];
  for (const [a, b, expected] of cases) assertEquals(beats(seeded([a]), seeded([b])), expected, JSON.stringify([a, b]));
});

Deno.test("winTable() takes only the seeds that both have, and refuses a pair without any", () => {
  assertEquals(beats(seeded(reached(9, 1)), seeded(reached(5, 9), 1)), 1);
  assertThrows(() => beats(seeded(reached(1)), seeded(reached(2), 1)), RangeError, "Cannot compare a with b on div");
  const a = new Map([["a", seeded(reached(1))]]);
  assertThrows(() => winTable(new Map([["div", a], ["add", new Map([...a, ["b", seeded(reached(1))]])]])), RangeError);
});
