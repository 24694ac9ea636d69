import { assertEquals, assertThrows } from "@std/assert";
import { UsageError } from "../../src/errors.ts";
import type { Profile } from "../../src/declare/profile.ts";
import { type Available, type Grid, planOf } from "../../src/fleet/plan.ts";
import { catalogue } from "../support/runs.ts";

const profile: Profile = {
  id: "two budgets",
  summary: "the baseline has more epochs than the others, and one case names nobody",
  entries: [
    { case: "tiny-div", overrides: { maxEpochs: 50 }, algorithms: ["adamw"], seeds: [0, 1] },
    { case: "tiny-div", overrides: { maxEpochs: 5 }, algorithms: ["adam-l2", "ppm"] },
    { case: "tiny-add" },
  ],
  algorithms: ["adamw", "adam-l2"],
  seeds: [0],
};

const plan = (algorithms: string[], cases: string[] = []) =>
  planOf(catalogue, profile, { cases, algorithms, seeds: [], overrides: {}, engine: "onnx" }, "every")
    .map(({ case: { id }, config, algorithm, spec }) => `${id} ${config.maxEpochs} ${algorithm.id} ${spec.seed}`);

Deno.test("an algorithm asked for keeps the entry, and so the budget and the seeds, that the profile has for it", () => {
  assertEquals(plan(["adam-l2", "adamw"], ["tiny-div"]), [
    "tiny-div 50 adamw 0",
    "tiny-div 50 adamw 1",
    "tiny-div 5 adam-l2 0",
  ]);
});

Deno.test("one that the profile does not name runs where the baseline does, once", () => {
  assertEquals(plan(["pp-conn"], ["tiny-div"]), ["tiny-div 50 pp-conn 0", "tiny-div 50 pp-conn 1"]);
  assertEquals(plan(["pp-conn"], ["tiny-glyphs"]).length, 1);
});

Deno.test("one that an entry names implicitly, by the profile's list, runs there", () => {
  assertEquals(plan(["adam-l2"]).map((run) => run.split(" ")[0]), ["tiny-div", "tiny-add"]);
});

const planned = (algorithms: string[], overrides: Grid, available: Available = "every", of = profile) =>
  planOf(catalogue, of, { cases: ["tiny-div"], algorithms, seeds: [0], overrides, engine: "onnx" }, available);

Deno.test("a grid is every combination of its values, for each algorithm that has the fields, once", () => {
  const overrides = { sigma: [3, 10], beta2: [0.9, 0.99] };
  const found = planned(["ppm", "adam-l2"], overrides).map(({ algorithm, hyper: { sigma, beta2 } }) =>
    [algorithm.id, sigma, beta2].filter((x) => x !== undefined).join(" ")
  );
  // adam-l2 has no σ: it is run once for each β₂, not once more for each σ.
  assertEquals(found.sort(), [
    "adam-l2 0.9",
    "adam-l2 0.99",
    "ppm 10 0.9",
    "ppm 10 0.99",
    "ppm 3 0.9",
    "ppm 3 0.99",
  ]);
});

Deno.test("a grid over a field of the case has the whole plan at each of its values, in place of what the profile sets", () => {
  const found = planned(["adamw", "adam-l2"], { beta: [0.9, 1], maxEpochs: [7] });
  assertEquals(found.map(({ config }) => config.maxEpochs), [7, 7, 7, 7]);
  assertEquals(new Set(found.map(({ id }) => id)).size, 4);
});

Deno.test("a value of a grid that is the default is the same run as without it", () => {
  assertEquals(planned(["ppm"], { sigma: [10] }).map(({ id }) => id), planned(["ppm"], {}).map(({ id }) => id));
});

Deno.test("a field that nobody in the plan has, or that one of the plan fixes, is refused before any run", () => {
  assertThrows(
    () => planned(["adamw"], { sigma: [3] }),
    UsageError,
    "case 'tiny-div' has no field 'sigma', nor has 'adamw'",
  );
  assertThrows(() => planned(["ppm"], { lerningRate: [3] }), UsageError, "did you mean 'learningRate'?");
  assertThrows(() => planned(["ppm", "ppm-nopush"], { A: [1] }), UsageError, "algorithm 'ppm-nopush' sets it itself");
  assertThrows(() => planned(["adamw-tuned"], { weightDecay: [1, 2] }), UsageError, "'adamw-tuned' sets it itself");
});

const image: Profile = {
  id: "a choice",
  summary: "the first case whose data are here",
  entries: [{ case: { firstAvailable: ["mnist1k", "glyphs1k"] }, overrides: { evalEvery: 10 } }, { case: "tiny-div" }],
  algorithms: ["adamw"],
  seeds: [0],
};

Deno.test("of an entry with several cases the first that is available is planned; asked for by name, each of them", () => {
  const ids = (cases: string[], available: Available) =>
    planOf(catalogue, image, { cases, algorithms: [], seeds: [], overrides: {}, engine: "onnx" }, available)
      .map(({ case: { id }, config }) => `${id} ${config.evalEvery}`);
  assertEquals(ids([], ["glyphs1k", "mnist1k"]), ["mnist1k 10", "tiny-div 0"]);
  assertEquals(ids([], ["glyphs1k"]), ["glyphs1k 10", "tiny-div 0"]);
  // Nothing is there: the first says best what it lacks.
  assertEquals(ids([], []), ["mnist1k 10", "tiny-div 0"]);
  assertEquals(ids([], "every"), ["mnist1k 10", "glyphs1k 10", "tiny-div 0"]);
  assertEquals(ids(["glyphs1k"], []), ["glyphs1k 10"]);
});
