import { assertEquals } from "@std/assert";
import fc from "fast-check";
import { permutationTest as ofSimpleStatistics, sampleWithReplacement } from "simple-statistics";
import { stream } from "../../src/data/stream.ts";
import { Draws } from "../../src/stats/draws.ts";
import { kaplanMeierCurve, kaplanMeierMedian, type Observation } from "../../src/stats/kaplan_meier.ts";
import { medianRatio } from "../../src/stats/median_ratio.ts";
import { permutationTest } from "../../src/stats/permutation.ts";
import { integerScores, petoPetoScores } from "../../src/stats/peto_peto.ts";
import { signFlipTest } from "../../src/stats/sign_flip.ts";

// Statistics of many runs count them once, and draw what they need of chance once for all tests of one design. Here they
// are by their definitions, run by run and draw by draw: to the last bit the numbers are the same.

/** Few times, so that there are ties; some runs are given up, some never get there. */
const observation = fc.oneof(
  { weight: 6, arbitrary: fc.record({ time: fc.integer({ min: 1, max: 12 }), censored: fc.boolean() }) },
  { weight: 2, arbitrary: fc.record({ time: fc.double({ min: 0.1, max: 50, noNaN: true }), censored: fc.boolean() }) },
  { weight: 1, arbitrary: fc.constant({ time: Infinity, censored: true }) },
);
const sample = fc.array(observation, { minLength: 1, maxLength: 14 });

function curve(runs: readonly Observation[]) {
  const times = [...new Set(runs.filter((o) => !o.censored).map((o) => o.time))].sort((a, b) => a - b);
  let survival = 1;
  return times.map((time) => {
    const atRisk = runs.filter((o) => o.time >= time).length;
    const events = runs.filter((o) => o.time === time && !o.censored).length;
    survival *= 1 - events / atRisk;
    return { time, atRisk, events, survival };
  });
}

function median(runs: readonly Observation[]) {
  const steps = curve(runs);
  for (const [i, { time, survival }] of steps.entries()) {
    if (Math.abs(survival - 0.5) < 1e-12) {
      if (i + 1 < steps.length) return { value: (time + steps[i + 1].time) / 2, relation: "=" as const };
      if (runs.some((o) => o.time > time)) break;
    }
    if (survival <= 0.5 + 1e-12) return { value: time, relation: "=" as const };
  }
  const seen = runs.map((o) => o.time).sort((a, b) => a === b ? 0 : a - b);
  const [low, high] = [seen[Math.ceil(seen.length / 2) - 1], seen[Math.floor(seen.length / 2)]];
  const middle = Number.isFinite(high) ? (low + high) / 2 : low;
  const value = Number.isFinite(middle) ? middle : seen.findLast(Number.isFinite);
  return value === undefined ? null : { value, relation: ">=" as const };
}

function scores(runs: readonly Observation[]): number[] {
  const steps = curve(runs);
  return runs.map(({ time, censored }) => {
    const after = steps.findLast((step) => step.time <= time)?.survival ?? 1;
    const before = steps.findLast((step) => step.time < time)?.survival ?? 1;
    return censored ? after - 1 : after + before - 1;
  });
}

Deno.test("curves, medians and scores are those that count the runs of every time anew", () => {
  fc.assert(fc.property(sample, (runs) => {
    assertEquals(kaplanMeierCurve(runs), curve(runs));
    assertEquals(kaplanMeierMedian(runs), median(runs));
    assertEquals(petoPetoScores(runs), scores(runs));
  }));
});

Deno.test("the ratio of medians is that of resamples which are drawn, sorted and counted one by one", () => {
  const bounds = (runs: readonly Observation[]) => {
    if (2 * runs.filter((o) => o.time === Infinity).length > runs.length) return { low: Infinity, high: Infinity };
    const { value, relation } = median(runs)!;
    return { low: value, high: relation === "=" ? value : Infinity };
  };
  const low = (a: readonly Observation[], b: readonly Observation[]) => {
    const ratio = bounds(b).low / bounds(a).high;
    return Number.isNaN(ratio) ? 0 : ratio;
  };
  const high = (a: readonly Observation[], b: readonly Observation[]) => {
    const ratio = bounds(b).high / bounds(a).low;
    return Number.isNaN(ratio) ? Infinity : ratio;
  };
  const resampled = (a: readonly Observation[], b: readonly Observation[], end: typeof low) => {
    const random = stream(5, "bootstrap").uniform;
    const draw = (runs: readonly Observation[]) => sampleWithReplacement([...runs], runs.length, random);
    return Float64Array.from({ length: 40 }, () => end(draw(a), draw(b))).sort();
  };
  const options = { level: 0.9, resamples: 40, seed: 5 };
  fc.assert(fc.property(sample, sample, (a, b) => {
    const { ratio, interval } = medianRatio(a, b, options);
    assertEquals(ratio, { low: low(a, b), high: high(a, b) });
    assertEquals(interval, { low: resampled(a, b, low)[1], high: resampled(a, b, high)[38] });
  }));
});

Deno.test("dealt labels are those of simple-statistics, and drawn signs those of one stream", () => {
  const many = fc.array(observation, { minLength: 4, maxLength: 12 });
  fc.assert(
    fc.property(many, many, (a, b) => {
      const all = integerScores([...a, ...b]);
      const [before, now] = [all.slice(0, a.length), all.slice(a.length)];
      const share = ofSimpleStatistics(now, before, "two_side", 30, stream(3, "permutation").uniform);
      assertEquals(permutationTest(a, b, { permutations: 30, seed: 3 }).p, (Math.round(share * 30) + 1) / 31);
    }),
    { numRuns: 50 },
  );
  const times = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 15, maxLength: 24 });
  fc.assert(
    fc.property(times, (own) => {
      const pairs = own.map((time) => [{ time: 9.5, censored: false }, { time, censored: false }] as const);
      const sizes = own.map((time) => Math.log(9.5) - Math.log(time));
      const tolerance = 1e-9 * sizes.reduce((total, size) => total + size, 0);
      const observed = sizes.reduce((total, size) => total + size, 0) - tolerance;
      const { integer } = stream(2, "sign-flip");
      const sums = Array.from(
        { length: 50 },
        () => Math.abs(sizes.reduce((total, size) => total + (integer(2) === 1 ? -size : size), 0)),
      );
      const hits = sums.filter((sum) => sum >= observed).length;
      assertEquals(signFlipTest(pairs, { permutations: 50, seed: 2 })?.p, (hits + 1) / 51);
    }),
    { numRuns: 50 },
  );
});

Deno.test("draws that are too many to be remembered are the same, block by block", () => {
  const running = new Draws("a test", (random, row, before) => {
    for (let i = 0; i < row.length; i++) row[i] = (before?.[i] ?? 0) + random.integer(3);
  });
  const [width, few, many] = [1000, 50, 5000];
  const blocks = [...running.blocks(0, many, [width / 2, width / 2])];
  const [first] = running.blocks(0, few, [width]);
  assertEquals(blocks.length > 1 && blocks.reduce((sum, { length }) => sum + length, 0), many * width);
  assertEquals(blocks[0].slice(0, few * width), first);
  const { integer } = stream(0, "a test");
  const row = new Uint32Array(width);
  for (let k = 0; k < many; k++) for (let i = 0; i < width; i++) row[i] += integer(3);
  assertEquals(blocks.at(-1)!.slice(-width), row);
  assertEquals(running.blocks(0, few, [width]).next().value, first);
});
