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
