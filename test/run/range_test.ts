import { METHODS } from "../../bench/profiles/methods.ts";
import { assert, assertAlmostEquals, assertEquals, assertNotEquals } from "@std/assert";
import fc from "fast-check";
import { stream } from "../../src/data/stream.ts";
import { advance, type Progress, type Rules, START } from "../../src/run/progress.ts";
import { hyperDefaults } from "../../src/run/trial.ts";
import { catalogue } from "../support/runs.ts";

/** Steps of the longest runs there are, and some more: div97-smallinit takes 54,500. */
const FAR = 150_000;

/** Log-uniform, so that small and large t are asked for alike. */
const steps = fc.double({ min: 0, max: Math.log(10 * FAR), noNaN: true }).map((x) =>
  Math.max(1, Math.round(Math.exp(x)))
);

Deno.test("the clock counts every step of a run as long as any, and starts again where a phase says so", () => {
  const phase = { until: { kind: "end" }, gradientCalls: 2 } as const;
  const rules = {
    phases: [{ ...phase, restartsClock: true }, { ...phase, restartsClock: true }, { ...phase, restartsClock: false }],
    stepsPerEpoch: 10,
  } as unknown as Rules;
  let now: Progress = START;
  const walk = (from: number, t: number) => {
    for (let i = 1; i <= FAR; i++) {
      now = advance(now, { kind: "step", loss: 1 }, rules);
      if (now.t !== t + i || now.steps !== from + i) assertEquals([now.t, now.steps], [t + i, from + i]);
    }
  };
  walk(0, 0);
  now = advance(now, { kind: "phase entered" }, rules);
  walk(FAR, 0);
  now = advance(now, { kind: "phase entered" }, rules);
  walk(2 * FAR, FAR);
  assertEquals(now.gradientCalls, 2 * 3 * FAR);
});

Deno.test("the corrections of every algorithm are 1/(1 − βᵗ) at any t", () => {
  const small = catalogue.cases.find(({ id }) => id === "tiny-div")!;
  for (const algorithm of catalogue.algorithms) {
    const hyper = hyperDefaults(algorithm, small);
    const { beta1, beta2 } = hyper as { beta1: number; beta2: number };
    const phases = algorithm.phases(hyper, []);
    fc.assert(fc.property(steps, fc.nat(phases.length - 1), (t, which) => {
      const clock = phases[which].clock(t);
      // Another way to the same number: 1 − βᵗ = −expm1(t·log β) keeps its digits where βᵗ is next to 1.
      const expected = (beta: number) => -1 / Math.expm1(t * Math.log(beta));
      // Methods of other papers have clocks of their own beside these, and some no Adam.
      const found = Object.entries(clock).filter(([name]) => /(first|second)Correction$/.test(name));
      assert(found.length > 0 || !METHODS.includes(algorithm.id), `${algorithm.id} has no clock`);
      for (const [name, x] of found) {
        const beta = name.endsWith("firstCorrection") ? beta1 : beta2;
        assertAlmostEquals(x / expected(beta), 1, 1e-9, `${algorithm.id} ${name} at t = ${t}`);
      }
    }));
  }
});

Deno.test("no two epochs have the same order of the training set, however far apart", () => {
  const order = (epoch: number) => stream(0, `batches/${epoch}`).permutation(500).join();
  fc.assert(fc.property(fc.nat(1_000_000), fc.integer({ min: 1, max: 1_000_000 }), (epoch, later) => {
    assertNotEquals(order(epoch), order(epoch + later));
  }));
  for (let bit = 0; bit < 20; bit++) assertNotEquals(order(3), order(3 + 2 ** bit));
});
