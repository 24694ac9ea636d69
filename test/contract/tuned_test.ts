import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { DECAYS, RATES } from "../../bench/profiles/tune.ts";
import { hyperDefaults } from "../../src/run/trial.ts";
import { catalogue } from "../support/runs.ts";
import { SEARCHED, SEARCHES } from "../../bench/profiles/searches.ts";
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

const kept = keptSearches(keptRecords("tune"));

for (const [problem, own] of Object.entries(SEARCHES)) {
  Deno.test(`${problem}: what is said of the searches is what the records say, and all had as many settings`, () => {
    for (const [algorithm, { found, goneOn }] of Object.entries(own)) {
      const search = kept.find((each) => each.problem === problem && each.algorithm === algorithm);
      assert(search, `${algorithm}: its search is not kept in whole`);
      assertEquals([algorithm, found], [algorithm, search.best?.constants ?? null]);
      assertEquals(search.settings.length, RATES.length * DECAYS.length);
      const further = [...search.settings.keys()].filter((i) => search.settings[i].records.length === 2);
      assertEquals([algorithm, goneOn ?? [...search.settings.keys()]], [algorithm, further]);
    }
  });
}

Deno.test("every method whose search is kept has one on every problem that is said to have any", () => {
  for (const own of Object.values(SEARCHES)) assertEquals(Object.keys(own), SEARCHED.map(({ id }) => id));
});

Deno.test("docs/tuning.md has the tables that 'deno task docs:tuning' prints", () => {
  const text = Deno.readTextFileSync("docs/tuning.md");
  for (const section of tuningMarkdown(found).split(/(?=^### )/m)) assertStringIncludes(text, section.trim());
  for (const [title, table] of methodTables()) assertStringIncludes(text, `### ${title}\n\n${table}`);
});
