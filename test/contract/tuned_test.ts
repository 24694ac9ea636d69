import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { cases } from "../../bench/cases/mod.ts";
import { DECAYS, RATES } from "../../bench/profiles/tune.ts";
import { searches, tuningMarkdown } from "../../tools/docs/tuning.ts";

/** Cases that have no search of their own, and whose constants they take. */
const TAKEN: Readonly<Record<string, string>> = {
  "add139-norm": "add139",
  glyphs1k: "mnist1k",
  "tiny-add": "add97",
  "tiny-div": "div113",
  "tiny-glyphs": "mnist1k",
};

const found = searches();

for (const { id, tuned } of cases) {
  Deno.test(`${id}: the constants of adamw-tuned are the best of the search that expected/tune holds`, () => {
    const search = found.find(({ problem }) => problem === (TAKEN[id] ?? id));
    assert(search, "there is no search");
    assertEquals(search.settings.length, RATES.length * DECAYS.length);
    assertEquals(tuned, search.best);
  });

  Deno.test(`${id}: the best setting lies inside the grid`, () => {
    assert(tuned.learningRate > RATES[0] && tuned.learningRate < RATES.at(-1)!, `α = ${tuned.learningRate}`);
    assert(tuned.weightDecay > DECAYS[0] && tuned.weightDecay < DECAYS.at(-1)!, `λ = ${tuned.weightDecay}`);
  });
}

Deno.test("docs/tuning.md has the tables that 'deno task docs:tuning' prints", () => {
  const text = Deno.readTextFileSync("docs/tuning.md");
  for (const section of tuningMarkdown(found).split(/(?=^### )/m)) assertStringIncludes(text, section.trim());
});
