import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { stream } from "../../src/data/stream.ts";
import { lawBand, lawIntervals, laws, type Point, slopeTest } from "../../src/laws/mod.ts";
import { betas, falling, sweep } from "./sweep.ts";

const law = (id: string) => laws.find((candidate) => candidate.id === id)!;
const truth = { xs: betas, seeds: 5, median: falling(0.12), sigma: 0.25 };

/** A sweep whose seeds have a height and a slope of their own, as those of addition have. */
function clustered(seeds: number, seed: number, eta = 0.12): Point[] {
  const random = stream(seed, "clusters");
  const own = Array.from({ length: seeds }, () => [0.3 * random.normal(), 2 * random.normal()]);
  return sweep({ ...truth, seeds, median: falling(eta), sigma: 0.4 }, seed).map((point) => {
    const [height, slope] = own[point.seed];
    return { ...point, time: point.time * Math.exp(height + slope * (point.x - 0.85)) };
  });
}

for (const seeds of [3, 5]) {
  Deno.test(`lawIntervals() of ${seeds} seeds that differ in height and slope hold the truth as often as they say`, () => {
    const repeats = 200;
    let covered = 0;
    for (let seed = 0; seed < repeats; seed++) {
      const { eta } = lawIntervals(law("exponential"), clustered(seeds, seed), 0.95)!;
      if (eta.low <= 0.12 && 0.12 <= eta.high) covered++;
    }
    // Four standard errors of 200 trials about 0.95 are ±0.062; a bootstrap holds it in 0.74 to 0.83.
    assert(covered / repeats > 0.888, `${covered} of ${repeats}`);
  });
}

Deno.test("lawIntervals() with a third of the runs censored still hold the truth, if not as often", () => {
  const repeats = 100;
  let covered = 0;
  for (let seed = 0; seed < repeats; seed++) {
    const { eta } = lawIntervals(law("exponential"), sweep({ ...truth, budget: 300 }, seed), 0.95)!;
    if (eta.low <= 0.12 && 0.12 <= eta.high) covered++;
  }
  assert(covered / repeats > 0.86, `${covered} of ${repeats}`);
});

Deno.test("lawIntervals() of positive parameters are positive, of eta the whole line where the law may be flat", () => {
  const flat = lawIntervals(law("exponential"), sweep({ ...truth, median: () => 100 }, 3), 0.95)!;
  assertEquals(flat.eta, { low: -Infinity, high: Infinity });
  assert(flat.B.low > 0 && flat.B.low < 100 && flat.B.high > 100);
});

Deno.test("lawBand() holds the true curve at each x about as often as it says", () => {
  const [repeats, xs] = [100, [0.7, 0.85, 1]];
  const covered = [0, 0, 0];
  for (let seed = 0; seed < repeats; seed++) {
    const band = lawBand(law("exponential"), clustered(5, seed), xs, 0.8)!;
    band.forEach(({ x, low, high }, i) => covered[i] += Number(low <= truth.median(x) && truth.median(x) <= high));
  }
  // Four standard errors of 100 trials about 0.8 are ±0.16.
  for (const count of covered) assert(count / repeats > 0.64 && count / repeats < 0.96, `${covered} of ${repeats}`);
});

Deno.test("there are no intervals of two seeds, nor where the runs of one seed determine no law", () => {
  assertEquals(lawIntervals(law("exponential"), sweep({ ...truth, seeds: 2 }, 0), 0.95), null);
  assertEquals(lawBand(law("exponential"), sweep({ ...truth, seeds: 2 }, 0), [1], 0.95), null);
  const thin = sweep(truth, 0).map((point) => point.seed ? point : { ...point, time: 10, censored: true });
  assert(law("exponential").fit(thin) !== null);
  assertEquals(lawIntervals(law("exponential"), thin, 0.95), null);
  assertEquals(slopeTest(law("exponential"), thin), null);
});

Deno.test("a seed that was not run at every setting is left out, and takes no law away", () => {
  const points = sweep(truth, 0);
  const stray = { ...points[0], seed: 99, time: 1e6 };
  assertEquals(slopeTest(law("exponential"), [...points, stray]), slopeTest(law("exponential"), points));
  assert(lawIntervals(law("exponential"), [...points, stray], 0.95) !== null);
});

Deno.test("slopeTest() is Student's of the seeds' slopes, whatever their heights, and none of the constant", () => {
  // Exact lines of slopes −4, −6, −8: mean −6, standard error 2/√3, t = −5.196 with two degrees of freedom.
  const points = [4, 6, 8].flatMap((slope, seed) =>
    betas.map((x): Point => ({
      x,
      time: 50 * 3 ** seed * Math.exp(slope * (1 - x)),
      censored: false,
      seed,
      stratum: String(x),
    }))
  );
  assertAlmostEquals(slopeTest(law("exponential"), points)!, 0.0351, 5e-5);
  assertEquals(slopeTest(law("constant"), points), null);
});

Deno.test("slopeTest() rejects no more often than it says where seeds have slopes of their own and no slope in common", () => {
  const repeats = 300;
  let rejected = 0;
  for (let seed = 0; seed < repeats; seed++) {
    const points = clustered(5, seed, Infinity);
    if (slopeTest(law("exponential"), points)! <= 0.05) rejected++;
  }
  // Four standard errors of 300 trials about 0.05 are 0.05.
  assert(rejected / repeats < 0.1, `${rejected} of ${repeats}`);
});
