import { assert, assertEquals } from "@std/assert";
import { NOT_MEASURED } from "../../bench/profiles/searches.ts";
import type { Algorithm } from "../../src/algorithms/algorithm.ts";
import { type EnteredOn, knownOn, ranked, verdictOf } from "../../src/report/entered.ts";
import { over } from "../../src/report/fresh_seeds.ts";
import { timesOf } from "../../src/stats/times.ts";
import { keptRecords } from "../../tools/kept.ts";
import { catalogue } from "../support/runs.ts";

const records = keptRecords("tuned");
const [problem] = catalogue.tuning.problems;
const onFive = { seeds: [0, 1, 2, 3, 4], engine: "onnx" };
const known = knownOn(catalogue, problem, onFive, records);
const runsOf = (id: string) => known.find(({ cell }) => cell.algorithm === id)!.records;

/** What a method that is known came to, as if it were new: the others are the known ones. */
const asNew = (id: string): EnteredOn => ({
  problem,
  search: { settings: [], best: null },
  own: runsOf(id),
  control: null,
  known: known.filter(({ cell }) => cell.algorithm !== id),
});

Deno.test("known are the tuned baseline and every method whose search is kept, at what it found, on these seeds", () => {
  const searches = catalogue.tuning.searches[problem.case];
  assertEquals(known.map(({ cell }) => cell.algorithm), [
    "adamw-tuned",
    ...Object.keys(searches).filter((id) => !NOT_MEASURED.includes(id)),
  ]);
  for (const { cell, records } of known) {
    assertEquals({ ...cell.hyper, ...searches[cell.algorithm]?.found }, { ...cell.hyper });
    assertEquals(records.map(({ seed }) => seed), onFive.seeds);
  }
  assertEquals(knownOn(catalogue, problem, { ...onFive, engine: "wasm" }, []), []);
  assertEquals(knownOn(catalogue, problem, { ...onFive, seeds: [77] }, records), []);
});

Deno.test("methods stand in the order of their medians, and who never generalises stands last", () => {
  const mine = { id: "mine" } as Algorithm;
  const places = ranked(mine, asNew("pp-conn"));
  const medians = places.map(({ records }) => timesOf(records, "generalised", "start").gradientCalls!.value);
  assertEquals(medians, medians.toSorted((a, b) => a - b));
  assertEquals(places.filter(({ isOwn }) => isOwn).map(({ name, over }) => [name, over]), [["mine", null]]);
  const never = asNew("pp-conn").own.map((record) => ({ ...record, status: "censored" as const, generalised: null }));
  assert(ranked(mine, { ...asNew("pp-conn"), own: never }).at(-1)!.isOwn);
  assert(ranked(mine, { ...asNew("pp-conn"), own: [] }).at(-1)!.isOwn);
});

Deno.test("two are told apart by an interval that leaves 1 out, and not within one evaluation nor by four seeds", () => {
  const [tuned, conn] = [runsOf("adamw-tuned"), runsOf("pp-conn")];
  assertEquals(verdictOf(over(tuned, conn)), "slower");
  assertEquals(verdictOf(over(conn, tuned)), "faster");
  assertEquals(verdictOf(over(conn, conn)), "tie");
  assertEquals(verdictOf(over(tuned, runsOf("ppm"))), "tie");
  assertEquals(verdictOf(over(tuned, conn.slice(1))), "too few seeds");
  assertEquals(verdictOf(over(tuned, [])), "too few seeds");
});
