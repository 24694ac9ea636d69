import { assertEquals } from "@std/assert";
import type { Values } from "../../src/declare/field.ts";
import { ranksOf } from "../../src/report/ranks.ts";
import type { RunRecord } from "../../src/run/record/record.ts";
import { tableOf } from "../../src/table/table.ts";
import { madeUp } from "../support/records.ts";
import { catalogue } from "../support/runs.ts";

/** A catalogue in which these methods have been searched on tiny-div, and found nothing better than their own constants. */
const searched = (...ids: readonly string[]) => ({
  ...catalogue,
  tuning: { ...catalogue.tuning, searches: { "tiny-div": Object.fromEntries(ids.map((id) => [id, { found: {} }])) } },
});

const runs = (algorithm: string, epochs: readonly (number | null)[], overrides: Values = {}): RunRecord[] =>
  epochs.map((generalised, seed) => madeUp({ algorithm, seed, generalised, overrides }));

const ranked = async (known: typeof catalogue, records: readonly RunRecord[]) =>
  (await ranksOf(known, tableOf(known, records), (run) => run))?.standings.map(({ method, rank }) => [method, rank]) ??
    null;

Deno.test("who was given less is not spared a loss by it: all are looked at as far as the least budget", async () => {
  const known = searched("lion", "sam");
  // lion needs more than it was given, 60 epochs; sam, with 250, gets there at 100: within 60 neither did.
  const lion = runs("lion", [null, null, null, null, null], { maxEpochs: 60 });
  const sam = runs("sam", [100, 102, 104, 106, 108]);
  const ranks = await ranksOf(known, tableOf(known, [...lion, ...sam]), (run) => run);
  assertEquals(ranks!.standings.map(({ calls }) => calls[0]!.relation), [">=", ">="]);
});

Deno.test("a method with one lucky seed takes no part, and nobody ties with it", async () => {
  const known = searched("lion", "sam", "egd");
  const records = [...runs("lion", [20, 22, 24, 26, 28]), ...runs("sam", [40, 44, 48, 52, 56])];
  assertEquals((await ranked(known, [...records, ...runs("egd", [10])]))!.map(([method]) => method), ["lion", "sam"]);
});

Deno.test("methods without seeds in common, of variants, or never searched, are no contest", async () => {
  const apart = [...runs("lion", [20]), madeUp({ algorithm: "sam", seed: 1, generalised: 20 })];
  assertEquals(await ranked(searched("lion", "sam"), apart), null);
  const variant = ["lion", "sam"].flatMap((id) => runs(id, [20, 21, 22], { modulus: 29 }));
  assertEquals(await ranked(searched("lion", "sam"), variant), null);
  const plain = ["lion", "sam"].flatMap((id) => runs(id, [20, 21, 22]));
  assertEquals(await ranked(searched("lion"), plain), null);
});
