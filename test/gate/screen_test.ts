import { assert, assertEquals } from "@std/assert";
import { stream } from "../../src/data/stream.ts";
import { commonFollowUp } from "../../src/gate/observations.ts";
import { screenTimes, seedsToConfirm, type Times } from "../../src/gate/screen.ts";
import { decide } from "../../src/gate/verdict.ts";
import type { Observation } from "../../src/stats/kaplan_meier.ts";

const at = (time: number): Observation => ({ time, censored: false });
const beyond = (time: number): Observation => ({ time, censored: true });
const EFFORT = { permutations: 2000, seed: 0 };

/** Log-normal times about 1000, or about 1000 × shift. */
const drawn = (name: string, n: number, shift = 1, sd = 0.1): Observation[] => {
  const random = stream(1, name);
  return Array.from({ length: n }, () => at(1000 * shift * Math.exp(sd * random.normal())));
};

const cell = (name: string, shift: number, confirmed = shift): Times => ({
  reference: drawn(`${name} reference`, 10),
  screen: drawn(`${name} screen`, 5, shift),
  confirm: confirmed === 0 ? [] : drawn(`${name} confirm`, 5, confirmed),
});

const verdictsOf = (cells: readonly Times[]) =>
  screenTimes(cells, EFFORT).shifts.map((shift, i) => decide(cells[i], shift, 500).verdict);

Deno.test("a shift by half that fresh seeds confirm is drift; its neighbours are reproduced", () => {
  const cells = [cell("a", 1, 0), cell("b", 1.5), cell("c", 1, 0), cell("d", 0.6)];
  assertEquals(verdictsOf(cells), ["reproduced", "drift", "reproduced", "drift"]);
});

Deno.test("a shift that is not yet confirmed is inconclusive, and one that fresh seeds deny is not drift", () => {
  const [waiting, denied] = verdictsOf([cell("a", 1.5, 0), cell("b", 1.5, 1)]);
  assertEquals(waiting, "inconclusive");
  assert(denied !== "drift");
});

Deno.test("a confirmed shift in the other direction than the screen's is not drift", () => {
  const turned = { ...cell("a", 1.5), confirm: drawn("turned", 5, 0.6) };
  const { shifts: [shift] } = screenTimes([turned], EFFORT);
  assert(shift.confirmation! <= 0.01);
  assertEquals(shift.confirmed, false);
});

Deno.test("a confirmed shift of 5 % is real but not material", () => {
  const tight = (name: string, shift: number, n: number) => drawn(name, n, shift, 0.004);
  const times = { reference: tight("r", 1, 10), screen: tight("s", 1.05, 5), confirm: tight("c", 1.05, 6) };
  const { shifts: [shift] } = screenTimes([times], EFFORT);
  assertEquals(shift.confirmed, true);
  assertEquals(decide(times, shift).verdict, "reproduced");
});

Deno.test("two new runs show nothing, however near they are", () => {
  const near = (n: number) => ({ reference: drawn("r", 10, 1, 0.004), screen: drawn("s", n, 1, 0.004), confirm: [] });
  assertEquals([2, 3].map((n) => verdictsOf([near(n)])[0]), ["inconclusive", "reproduced"]);
});

Deno.test("runs that no longer generalise are drift although no median is known", () => {
  const times = {
    reference: drawn("r", 10),
    screen: Array.from({ length: 5 }, () => beyond(5000)),
    confirm: Array.from({ length: 5 }, () => beyond(5000)),
  };
  const { shifts: [shift] } = screenTimes([times], EFFORT);
  const { verdict, ratio } = decide(times, shift);
  assertEquals([verdict, ratio.high], ["drift", Infinity]);
  assert(ratio.low > 4);
});

Deno.test("never within the budget, as expected, is reproduced from five runs on and not with four", () => {
  const none = (n: number) => Array.from({ length: n }, () => beyond(400));
  const verdictOf = (n: number) => verdictsOf([{ reference: none(10), screen: none(n), confirm: [] }])[0];
  assertEquals([verdictOf(5), verdictOf(4)], ["reproduced", "inconclusive"]);
});

Deno.test("too few runs for any p-value are flagged when they are as far out as can be, never drift unconfirmed", () => {
  const few = { reference: drawn("few", 5), screen: drawn("few now", 2, 3), confirm: [] };
  const { shifts: [shift] } = screenTimes([few], EFFORT);
  assertEquals(shift.flagged, "as extreme as so few runs can be");
  assertEquals(decide(few, shift).verdict, "inconclusive");
  assert(seedsToConfirm(5, 2, 1) >= 5);
  const again = { ...few, confirm: drawn("few again", seedsToConfirm(5, 2, 1), 3) };
  assertEquals(verdictsOf([again]), ["drift"]);
});

Deno.test("nothing new is no screen", () => {
  const { shifts, omnibus } = screenTimes([{ reference: drawn("r", 10), screen: [], confirm: [] }], EFFORT);
  assertEquals([shifts[0].p, shifts[0].flagged, omnibus], [null, null, null]);
});

Deno.test("samples with different budgets are cut to the same follow-up", () => {
  const [long, short] = commonFollowUp([[at(900), at(100), beyond(1000)], [at(200), beyond(400)]]);
  assertEquals(long, [beyond(400), at(100), beyond(400)]);
  assertEquals(short, [at(200), beyond(400)]);
  assertEquals(commonFollowUp([[at(5)], []]), [[at(5)], []]);
});

Deno.test("among twenty cells a p that one alone would be flagged by is none, and so with what fresh seeds confirm", () => {
  // Seven of the reference and three of the screen: the screen's least p is 2/120, well below 0.05 and not a twentieth of it.
  const spread = (n: number, from: number) => Array.from({ length: n }, (_, i) => at(from + i));
  const extreme = (start: number): Times => ({ reference: spread(7, 100), screen: spread(3, start), confirm: [] });
  const middle: Times = { reference: spread(8, 100), screen: [at(101.5), at(103.5), at(105.5)], confirm: [] };
  const flagsOf = (cells: Times[]) => screenTimes(cells, EFFORT).shifts.map(({ flagged }) => flagged);
  assertEquals(flagsOf([extreme(200)]), ["screen"]);
  const second: Times = { reference: spread(7, 100), screen: [at(105.4), at(106.4), at(200)], confirm: [] };
  assertEquals(screenTimes([second], EFFORT).shifts[0].p! <= 0.09, true);
  const many = screenTimes([second, ...Array.from({ length: 19 }, () => middle)], EFFORT).shifts;
  assert(many[0].p! > 0.5, `${many[0].p}`);
  // Five and four: 2/126 is the least that a confirmation can say, 0.016; six and five give 2/462, 0.0043, of two flagged 0.0087.
  const confirmed = (n: number): Times => ({
    reference: spread(6, 100),
    screen: spread(5, 200),
    confirm: spread(n, 200),
  });
  const of = (cells: Times[]) => screenTimes(cells, EFFORT).shifts.map(({ confirmed }) => confirmed);
  assertEquals(of([confirmed(5)]), [true]);
  assertEquals(of([confirmed(5), confirmed(5), confirmed(5)]), [false, false, false]);
});
