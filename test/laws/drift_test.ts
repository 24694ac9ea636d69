import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { lawDrift, laws, type Point } from "../../src/laws/mod.ts";
import { betas, falling, sweep } from "./sweep.ts";

const law = (id: string) => laws.find((candidate) => candidate.id === id)!;
const stored = { xs: betas, seeds: 5, median: falling(0.12), sigma: 0.25, budget: 300 };
const tonight = { ...stored, seeds: 2 };
const options = { permutations: 99, seed: 0 };
const pOf = (fresh: typeof stored, seed: number) =>
  lawDrift(law("exponential"), sweep(stored, seed), sweep(fresh, 1000 + seed), options)!.p;

Deno.test("lawDrift() of runs that obey the stored law has a uniform p, censoring or not", () => {
  const ps = Array.from({ length: 100 }, (_, seed) => pOf(tonight, seed)).sort((a, b) => a - b);
  // Kolmogorov's distance; 1.63/√100 is its 1 % point, and the seeds are fixed.
  const distance = Math.max(...ps.map((p, i) => Math.max(Math.abs(p - i / 100), Math.abs((i + 1) / 100 - p))));
  assert(distance < 0.163, `${distance}`);
});

Deno.test("lawDrift() of runs under another eta, or all slower, is mostly significant", () => {
  const significant = (fresh: typeof stored) =>
    Array.from({ length: 20 }, (_, seed) => pOf(fresh, seed)).filter((p) => p <= 0.05).length;
  assert(significant({ ...tonight, median: falling(0.09) }) >= 14);
  assert(significant({ ...tonight, median: (x) => 1.4 * falling(0.12)(x) }) >= 14);
});

Deno.test("lawDrift() without censoring is n·(1 − SSE of two laws / SSE of one)", () => {
  for (const id of ["exponential", "linear"]) {
    const [before, now] = [sweep({ ...stored, budget: Infinity }, 0), sweep({ ...tonight, budget: Infinity }, 1)];
    const drift = lawDrift(law(id), before, now, { ...options, permutations: 1 })!;
    const sse = (points: readonly Point[]) => points.length * law(id).fit(points)!.sigma ** 2;
    const [two, one] = [sse(before) + sse(now), sse([...before, ...now])];
    assertAlmostEquals(drift.statistic, (before.length + now.length) * (1 - two / one), 1e-6);
  }
});

Deno.test("lawDrift() deals labels only within a setting of the sweep", () => {
  // Fresh runs at the slow end alone, and slow as ever. Labels dealt across settings would see them as slower than others.
  const ps = Array.from({ length: 20 }, (_, seed) => {
    const fresh = sweep({ ...tonight, seeds: 5, xs: [0.7, 0.75], budget: Infinity }, 50 + seed);
    return lawDrift(law("constant"), sweep({ ...stored, budget: Infinity }, seed), fresh, options)!.p;
  });
  assert(ps.filter((p) => p <= 0.05).length <= 4, `${ps}`);
});

Deno.test("lawDrift() counts dealings that only repeat the observed split, so p of one setting with one run each is 1", () => {
  const reference = sweep({ ...stored, seeds: 1, budget: Infinity }, 0);
  // Equal times under other labels: every dealing has the statistic of the observed one.
  const fresh = reference.map((point) => ({ ...point, seed: 7 }));
  assertEquals(lawDrift(law("linear"), reference, fresh, options)!.p, 1);
});

Deno.test("lawDrift() gives the fits of both samples, and the same p for the same seed", () => {
  const [before, now] = [sweep(stored, 3), sweep(tonight, 4)];
  const drift = lawDrift(law("exponential"), before, now, options)!;
  assertEquals(drift.reference.parameters, law("exponential").fit(before)!.parameters);
  assertEquals(drift.fresh.parameters, law("exponential").fit(now)!.parameters);
  assertEquals(lawDrift(law("exponential"), before, now, options)!.p, drift.p);
});

Deno.test("lawDrift() is not given where a sample determines no law or the settings differ", () => {
  const reference = sweep(stored, 0);
  assertEquals(lawDrift(law("exponential"), reference, [], options), null);
  assertEquals(lawDrift(law("exponential"), reference, sweep({ ...tonight, budget: 1 }, 1), options), null);
  const elsewhere = sweep({ ...tonight, xs: [0.72, 0.88, 0.97] }, 1);
  assertEquals(lawDrift(law("exponential"), reference, elsewhere, options), null);
  assertThrows(() => lawDrift(law("exponential"), reference, elsewhere, { ...options, permutations: 0 }), RangeError);
});
