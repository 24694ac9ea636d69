import { assertAlmostEquals, assertEquals } from "@std/assert";
import type { Setting } from "../../src/tune/search.ts";
import { leaveOneOut } from "../../src/tune/self_tuning.ts";
import { madeUp } from "../support/records.ts";

const SEEDS = [1000, 1001];

/** Settings whose runs generalised at these epochs with both seeds, four gradient calls each; null where they did not. */
const settings = (epochs: readonly (number | null)[]): Setting[] =>
  epochs.map((generalised) => ({ constants: {}, records: SEEDS.map((seed) => madeUp({ seed, generalised })) }));

Deno.test("the setting for a problem is the best of the others, and its own runs have no say", () => {
  const searches = [
    { problem: "a", settings: settings([10, 40, 20]) },
    { problem: "b", settings: settings([40, 10, 20]) },
    { problem: "c", settings: settings([20, 20, 10]) },
  ];
  const found = leaveOneOut(searches, SEEDS);
  // On b and c the means are √800, √200, √200: of equals the first.
  assertEquals(found.map(({ problem, setting }) => [problem, setting]), [["a", 1], ["b", 0], ["c", 0]]);
  assertAlmostEquals(found[0].score, 160, 1e-9);
  assertAlmostEquals(found[0].best, 40, 1e-9);
});

Deno.test("a setting that fails anywhere else is not chosen, one that fails here scores nothing, and there may be none", () => {
  const searches = [
    { problem: "a", settings: settings([null, 30]) },
    { problem: "b", settings: settings([10, null]) },
  ];
  assertEquals(leaveOneOut(searches, SEEDS).map(({ setting, score }) => [setting, score]), [[0, Infinity], [
    1,
    Infinity,
  ]]);
  const [onA] = leaveOneOut([searches[0], { problem: "b", settings: settings([null, null]) }], SEEDS);
  assertEquals([onA.setting, onA.score], [null, Infinity]);
});
