import { assertAlmostEquals, assertEquals } from "@std/assert";
import { score, searchOf, type Setting } from "../../src/tune/search.ts";
import { madeUp } from "../support/records.ts";

const SEEDS = [1000, 1001];

/** A setting whose runs generalised at these epochs, four gradient calls each; null for one that did not. */
const setting = (name: string, epochs: readonly (number | null)[]): Setting => ({
  constants: { learningRate: Number(name) },
  records: epochs.map((generalised, i) => madeUp({ seed: SEEDS[i], generalised })),
});

Deno.test("a score is the geometric mean of gradient calls, and none without every seed", () => {
  assertAlmostEquals(score(setting("1", [10, 40]), SEEDS), 80, 1e-9);
  assertEquals(score(setting("1", [10, null]), SEEDS), Infinity);
  assertEquals(score(setting("1", [10]), SEEDS), Infinity);
});

Deno.test("the best has every seed and the least score; of equals the first; nothing is best where nothing generalised", () => {
  const [spike, steady, equal, slow] = [
    setting("1", [6, null]),
    setting("2", [20, 20]),
    setting("3", [10, 40]),
    setting("4", [30, 30]),
  ];
  assertEquals(searchOf([spike, slow, steady, equal], SEEDS).best, steady);
  assertEquals(searchOf([spike, slow, equal, steady], SEEDS).best, equal);
  assertEquals(searchOf([spike], SEEDS).best, null);
});
