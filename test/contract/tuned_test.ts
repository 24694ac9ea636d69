import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { DECAYS, RATES } from "../../bench/profiles/tune.ts";
import { hyperDefaults } from "../../src/run/trial.ts";
import { catalogue } from "../support/runs.ts";
import { FOUND } from "../../bench/profiles/tuned.ts";
import { keptRecords } from "../../tools/kept.ts";
import { keptSearches } from "../../tools/docs/searches.ts";
import { methodTables, searches, tuningMarkdown } from "../../tools/docs/tuning.ts";

/** Cases that have no search of their own, and whose constants they take. */
const TAKEN: Readonly<Record<string, string>> = {
  "add139-norm": "add139",
  "add139-hypercube": "add139",
  div97: "div97-smallinit",
  glyphs1k: "mnist1k",
  "tiny-add": "add97",
  "tiny-div": "div113",
  "tiny-glyphs": "mnist1k",
};

const found = searches();
const adamwTuned = catalogue.algorithms.find(({ id }) => id === "adamw-tuned")!;

for (const each of catalogue.cases) {
  const { id } = each;
  const { learningRate, weightDecay } = hyperDefaults(adamwTuned, each);

  Deno.test(`${id}: the constants of adamw-tuned are the best of the search that expected/tune holds`, () => {
    const search = found.find(({ problem }) => problem === (TAKEN[id] ?? id));
    assert(search, "there is no search");
    assertEquals(search.settings.length, RATES.length * DECAYS.length);
    assertEquals({ learningRate, weightDecay }, { ...search.best });
  });

  Deno.test(`${id}: the best setting lies inside the grid`, () => {
    assert(Number(learningRate) > RATES[0] && Number(learningRate) < RATES.at(-1)!, `α = ${learningRate}`);
    assert(Number(weightDecay) > DECAYS[0] && Number(weightDecay) < DECAYS.at(-1)!, `λ = ${weightDecay}`);
  });
}

Deno.test("profile tuned has of every method what its search found", () => {
  const kept = keptSearches(keptRecords("tune"));
  const found = Map.groupBy(kept, ({ problem }) => problem);
  assertEquals(
    FOUND,
    Object.fromEntries([...found].map(([problem, own]) => [
      problem,
      Object.fromEntries(own.map(({ algorithm, best }) => [algorithm, best!.constants])),
    ])),
  );
});

Deno.test("docs/tuning.md has the tables that 'deno task docs:tuning' prints", () => {
  const text = Deno.readTextFileSync("docs/tuning.md");
  for (const section of tuningMarkdown(found).split(/(?=^### )/m)) assertStringIncludes(text, section.trim());
  for (const [title, table] of methodTables()) assertStringIncludes(text, `### ${title}\n\n${table}`);
});
