import { assert, assertAlmostEquals } from "@std/assert";
import { compareLaws, freeMedians, laws, type Point } from "../../src/laws/mod.ts";
import { upperTail } from "../../src/laws/normal_tail.ts";
import { golden } from "../support/golden.ts";

type Row = [x: number, time: number, censored: boolean, stratum: string];
interface Optimum {
  parameters: Record<string, number>;
  sigma: number;
  logLikelihood: number;
}
interface Vector {
  name: string;
  points: Row[];
  fits: Record<string, Optimum>;
  freeMedians: { sigma: number; logLikelihood: number };
  lognorm: { sigma: number; T0: number };
  ols?: { B: number; eta: number; sigma: number; logLikelihood: number; rSquared: number };
}

const vectors = golden("laws");
const samples: Vector[] = vectors.samples;
const pointsOf = ({ points }: Vector): Point[] =>
  points.map(([x, time, censored, stratum], seed) => ({ x, time, censored, stratum, seed }));
const law = (id: string) => laws.find((candidate) => candidate.id === id)!;

/** Relative to the size of what is compared. */
function close(actual: number, expected: number, tolerance: number, message: string): void {
  assert(Math.abs(actual - expected) <= tolerance * Math.abs(expected), `${message}: ${actual}, not ${expected}`);
}

Deno.test("upperTail() is SciPy's log_ndtr and the hazard of its erfcx, from -20 to 10,000 standard deviations", () => {
  for (const [z, log, hazard] of vectors.normalTail) {
    // SciPy's own error at large negative z is a few 1e-14.
    close(upperTail(z).log, log, 1e-13, `log P(ε > ${z})`);
    close(upperTail(z).hazard, hazard, 1e-13, `hazard at ${z}`);
  }
});

for (const vector of samples) {
  for (const { id } of laws) {
    Deno.test(`${id} on "${vector.name}" is where SciPy's search ends`, () => {
      const fit = law(id).fit(pointsOf(vector))!;
      const { parameters, sigma, logLikelihood } = vector.fits[id];
      // The reference is the higher of two searches, so ours may not be lower; a simplex finds parameters to about 1e-7.
      assertAlmostEquals(fit.logLikelihood, logLikelihood, 1e-9);
      close(fit.sigma, sigma, 1e-6, "sigma");
      for (const name of Object.keys(parameters)) close(fit.parameters[name], parameters[name], 3e-6, name);
    });
  }

  Deno.test(`free medians on "${vector.name}" are SciPy's`, () => {
    const free = freeMedians(pointsOf(vector))!;
    assertAlmostEquals(free.logLikelihood, vector.freeMedians.logLikelihood, 1e-7);
    close(free.sigma, vector.freeMedians.sigma, 1e-5, "sigma");
  });

  Deno.test(`constant on "${vector.name}" is scipy.stats.lognorm.fit of the censored data`, () => {
    const fit = law("constant").fit(pointsOf(vector))!;
    // Its simplex stops at 1e-4.
    close(fit.sigma, vector.lognorm.sigma, 2e-4, "sigma");
    close(fit.parameters.T0, vector.lognorm.T0, 2e-4, "T0");
  });
}

Deno.test("exponential without censoring is least squares of log T (statsmodels OLS)", () => {
  const uncensored = samples.filter((vector) => vector.ols);
  assert(uncensored.length > 1);
  for (const vector of uncensored) {
    const fit = law("exponential").fit(pointsOf(vector))!;
    const { B, eta, ...rest } = vector.ols!;
    for (const [name, value] of Object.entries({ B, eta })) close(fit.parameters[name], value, 1e-10, name);
    for (const name of ["sigma", "logLikelihood", "rSquared"] as const) close(fit[name]!, rest[name], 1e-10, name);
  }
});

Deno.test("exponential on the motorettes gives the published intercept -6.019, slope 4.311 and sigma 0.2592", () => {
  // Schmee & Hahn 1979, Technometrics 21:417: log10 of hours on 1000/(273.2 + °C), 23 of 40 censored.
  const points = pointsOf(samples.find((vector) => vector.name === "motorettes")!);
  const { parameters: { B, eta }, sigma } = law("exponential").fit(points)!;
  assertAlmostEquals(Math.log10(B), vectors.motorettes.intercept, 5e-4);
  assertAlmostEquals(-1 / eta / Math.LN10, vectors.motorettes.slope, 5e-4);
  assertAlmostEquals(sigma / Math.LN10, vectors.motorettes.sigma, 5e-5);
  // Nelson & Hahn's Arrhenius law, exponential in 1/T, is what this data set is known for.
  const { found } = compareLaws(points, laws);
  assert("law" in found && [found.law, ...found.rivals].includes("exponential"));
});
