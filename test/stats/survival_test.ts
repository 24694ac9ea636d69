import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { laws } from "../../src/laws/mod.ts";
import { holm } from "../../src/stats/holm.ts";
import { kaplanMeierCurve, kaplanMeierMedian } from "../../src/stats/kaplan_meier.ts";
import { permutationTest } from "../../src/stats/permutation.ts";
import { clopperPearson } from "../../src/stats/proportion.ts";
import { golden } from "../support/golden.ts";
import { observed } from "./samples.ts";

// R prints 15 digits.
const PRINTED = 1e-13;
const r = golden("survival");
const { curves, permutations, holm: family, proportions } = golden("statistics");
const sweeps = golden("laws").samples;

Deno.test("curves and medians are those of R's survfit", () => {
  for (const [i, { name, sample }] of curves.entries()) {
    const steps = kaplanMeierCurve(observed(sample));
    assertEquals(steps.length, r.curves[i].survival.length);
    steps.forEach((step, j) => assertAlmostEquals(step.survival, r.curves[i].survival[j], PRINTED, name));
    assertEquals(kaplanMeierMedian(observed(sample)), { value: r.curves[i].median, relation: "=" });
  }
});

Deno.test("exact permutation tests of Peto-Peto scores are those of R's coin", () => {
  for (const [i, { name, reference, fresh }] of permutations.entries()) {
    const { p } = permutationTest(observed(reference), observed(fresh), { permutations: 10_000, seed: 0 });
    assertAlmostEquals(p, r.permutations[i].p, PRINTED, name);
  }
});

Deno.test("Holm's p-values are those of R's p.adjust, and Clopper-Pearson intervals those of its binom.test", () => {
  const { p } = family;
  holm(p).forEach((adjusted, i) => assertAlmostEquals(adjusted, r.holm[i], PRINTED));
  for (const [i, { successes, n, level }] of proportions.entries()) {
    const { low, high } = clopperPearson(successes, n, level);
    // R's own ends are good to a few 1e-13.
    assertAlmostEquals(low, r.proportions[i].low, 1e-11);
    assertAlmostEquals(high, r.proportions[i].high, 1e-11);
  }
});

Deno.test("laws that are linear in log T are R's survreg of the lognormal model, censored runs included", () => {
  const ids = ["exponential", "power"] as const;
  for (const [i, { name, points }] of sweeps.entries()) {
    const runs = points.map(([x, time, censored, stratum]: [number, number, boolean, string], seed: number) => ({
      x,
      time,
      censored,
      stratum,
      seed,
    }));
    for (const id of ids) {
      const { parameters, sigma, logLikelihood } = laws.find((law) => law.id === id)!.fit(runs)!;
      const { coefficients: [intercept, slope], ...others } = r.regressions[i][id];
      const ours = id === "exponential"
        ? [Math.log(parameters.B), -1 / parameters.eta]
        : [Math.log(parameters.C), parameters.k];
      assertAlmostEquals(ours[0], intercept, 1e-9 * Math.abs(intercept), `${name} ${id}`);
      assertAlmostEquals(ours[1], slope, 1e-9 * Math.abs(slope), `${name} ${id}`);
      assertAlmostEquals(sigma, others.sigma, 1e-9, `${name} ${id}`);
      assertAlmostEquals(logLikelihood, others.logLikelihood, 1e-9, `${name} ${id}`);
    }
  }
  assert(sweeps.some(({ points }: { points: [number, number, boolean][] }) => points.some((point) => point[2])));
});
