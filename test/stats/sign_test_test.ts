import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import fc from "fast-check";
import type { Pair } from "../../src/stats/ratio.ts";
import { signFlipTest } from "../../src/stats/sign_flip.ts";
import { orderOf, signTest } from "../../src/stats/sign_test.ts";
import { golden } from "../support/golden.ts";
import { givenUp, reached } from "./samples.ts";

const [at, beyond] = [(time: number) => reached(time)[0], (time: number) => givenUp(time)[0]];
const [win, loss, tie]: Pair[] = [[at(2), at(1)], [at(1), at(2)], [at(1), at(1)]];
const times = (count: number, pair: Pair) => Array.from({ length: count }, () => pair);

Deno.test("signTest() agrees with SciPy's exact binomial test, and says nothing of fewer than six signs", () => {
  for (const { wins, losses, p } of golden("statistics").signTest) {
    const found = signTest([...times(wins, win), ...times(losses, loss), tie]);
    assertEquals([found.wins, found.losses, found.undecided], [wins, losses, 1]);
    assertAlmostEquals(found.p!, p, 1e-12, `${wins} : ${losses}`);
  }
  assertEquals(signTest(times(5, win)), { wins: 5, losses: 0, undecided: 0, p: null });
  assertEquals(signTest([]), { wins: 0, losses: 0, undecided: 0, p: null });
});

Deno.test("orderOf() knows that who was given up is later than who got there by then, and nothing else of him", () => {
  assertEquals(orderOf([at(100), beyond(500)]), 1);
  assertEquals(orderOf([at(100), beyond(100)]), 1);
  assertEquals(orderOf([beyond(500), at(100)]), -1);
  assertEquals(orderOf([at(100), beyond(Infinity)]), 1);
  for (const unknown of [[beyond(100), at(300)], [at(300), beyond(100)], [beyond(5), beyond(Infinity)]] as Pair[]) {
    assertEquals(orderOf(unknown), 0);
  }
});

const observation = fc.oneof(
  fc.record({ time: fc.integer({ min: 1, max: 9 }), censored: fc.boolean() }),
  fc.constant(beyond(Infinity)),
);
const pairs = fc.array(fc.tuple(observation, observation), { maxLength: 20 });

Deno.test("signTest() counts every pair once, is the same with the roles exchanged, and no worse run is a better sign", () => {
  fc.assert(fc.property(pairs, (sample) => {
    const { wins, losses, undecided, p } = signTest(sample);
    assertEquals(wins + losses + undecided, sample.length);
    assertEquals(signTest(sample.map(([a, b]) => [b, a] as const)), { wins: losses, losses: wins, undecided, p });
  }));
  fc.assert(fc.property(observation, observation, ({ time, censored }, base) => {
    const order = orderOf([base, { time, censored }]);
    for (const worse of [beyond(time), beyond(Infinity), { time: time + 1, censored }]) {
      assert(order < 1 || orderOf([base, worse]) === 1);
    }
  }));
});

Deno.test("signTest() keeps its level exactly, whatever the number of signs", () => {
  for (const n of [6, 7, 10, 25]) {
    let [choose, rejected] = [1, 0];
    for (let wins = 0; wins <= n; choose *= (n - wins) / (wins + 1), wins++) {
      if (signTest([...times(wins, win), ...times(n - wins, loss)]).p! <= 0.05) rejected += choose / 2 ** n;
    }
    assert(rejected > 0 && rejected <= 0.05, `${n}: ${rejected}`);
  }
});

Deno.test("one failed run decides a sign-flip test, and is one sign of ten", () => {
  const failed: Pair[] = [...times(9, [at(120), at(100)]), [at(100), beyond(100 * 1.2 ** 9)]];
  assert(signFlipTest(failed, { permutations: 999, seed: 0 })!.p > 0.9);
  assertAlmostEquals(signTest(failed).p!, 22 / 1024, 1e-12);
});
