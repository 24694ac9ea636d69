import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import golden from "../golden/moderated.json" with { type: "json" };
import { stream } from "../../src/data/stream.ts";
import { moderated, moderatedInterval, moderatedP, priorOf } from "../../src/stats/moderated.ts";
import { digamma, inverseTrigamma, trigamma } from "../../src/stats/polygamma.ts";

const near = (found: number, expected: number, what = "") =>
  assertAlmostEquals(found, expected, 1e-9 * Math.max(1, Math.abs(expected)), what);

Deno.test("ψ and ψ′ are SciPy's, and the inverse of ψ′ is its inverse", () => {
  for (const { x, digamma: psi, trigamma: slope } of golden.polygamma) {
    near(digamma(x), psi, `ψ(${x})`);
    near(trigamma(x), slope, `ψ′(${x})`);
    near(inverseTrigamma(slope) / x, 1, `inverse at ${x}`);
  }
});

Deno.test("prior, p and interval of the moderated t are those of another implementation", () => {
  const { floor, level, cases } = golden;
  for (const { samples, prior: { degrees, variance }, tests } of cases) {
    const prior = priorOf(samples, floor)!;
    near(prior.variance, variance);
    assertEquals(prior.known, samples.reduce((sum, sample) => sum + sample.length - 1, 0));
    if (degrees === null) assertEquals(prior.degrees, Infinity);
    else assertAlmostEquals(prior.degrees / degrees, 1, 1e-7);
    for (const [i, { p, low, high }] of tests.entries()) {
      const found = moderated(samples[i], prior, floor)!;
      assertAlmostEquals(moderatedP(found), p, 1e-6);
      assertAlmostEquals(moderatedInterval(found, level).low, low, 1e-6);
      assertAlmostEquals(moderatedInterval(found, level).high, high, 1e-6);
    }
  }
});

Deno.test("one value has the spread of the others, and none of its own: without others there is no test", () => {
  const others = [[0.1, -0.1, 0.05], [0.2, -0.15, 0], [0.03, -0.02, 0.01]];
  const prior = priorOf(others, 1e-6);
  assert(moderated([0.5], prior, 1e-6)!.error > 0);
  assertEquals(moderated([0.5], null, 1e-6), null);
  assertEquals(moderated([], prior, 1e-6), null);
  assertEquals(priorOf([others[0], [1]], 1e-6), null);
  // Two values alone: Student's t.
  near(moderatedP(moderated([1, 3], null, 1e-6)!), 0.29516723530086653);
});

Deno.test("a mean of 0 has a p of 1, and few samples of one spread give no more certainty than they have", () => {
  const prior = priorOf([[0.1, -0.1], [0.1, -0.11]], 1e-9)!;
  assertEquals(prior.degrees, Infinity);
  const found = moderated([0.1, -0.1], prior, 1e-9)!;
  assertEquals([found.degrees, moderatedP(found)], [2, 1]);
  assertEquals(moderated([0.1, Infinity], prior, 1e-9), null);
  assertEquals(priorOf([[0.1, -0.1], [0.1, Infinity], [0.2, 0.1]], 1e-9)?.known, 2);
});

Deno.test("where nothing has moved p is uniform, whatever the spreads of the samples are", () => {
  const random = stream(5, "moderated");
  const ps = Array.from({ length: 100 }, () => {
    const samples = Array.from({ length: 20 }, () => {
      const spread = Math.exp(random.normal() - 2);
      return Array.from({ length: 4 }, () => spread * random.normal());
    });
    const prior = priorOf(samples, 1e-9);
    return samples.map((sample) => moderatedP(moderated(sample, prior, 1e-9)!));
  }).flat();
  for (const level of [0.02, 0.1, 0.5]) {
    const share = ps.filter((p) => p <= level).length / ps.length;
    // Four standard errors of a share of 2,000.
    assertAlmostEquals(share, level, 4 * Math.sqrt(level * (1 - level) / ps.length), `${level}`);
  }
});
