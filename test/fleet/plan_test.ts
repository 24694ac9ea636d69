import { assertEquals } from "@std/assert";
import type { Profile } from "../../src/declare/profile.ts";
import { planOf } from "../../src/fleet/plan.ts";
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
