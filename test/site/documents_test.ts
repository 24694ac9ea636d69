import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import MiniSearch, { type SearchResult } from "minisearch";
import { dirname, join, normalize } from "node:path";
import { groupsOf, INDEX } from "../../src/site/pages/document.tsx";
import { filesOf, publishedSite } from "../support/site.ts";

const site = await publishedSite();
const read = (path: string) => Deno.readTextFileSync(join(site, path));

Deno.test("the index of the documents names each of them once, in a group", () => {
  const groups = groupsOf(Deno.readTextFileSync("docs/index.md"));
  assert(groups.length > 1 && groups.every(({ links }) => links.length > 1));
  const listed = groups.flatMap(({ links }) => links.map(({ name }) => `${name}.md`));
  const there = [...Deno.readDirSync("docs")].map(({ name }) => name).filter((name) => name.endsWith(".md"));
  assertEquals([...listed, `${INDEX}.md`].sort(), there.sort());
});

Deno.test("every document leads to every other, and a long one to its chapters", () => {
  const pages = [...filesOf(site)].filter((path) => path.startsWith("docs/"));
  for (const path of pages) {
    const missing = pages.filter((other) => !read(path).includes(`<a href="${other.slice("docs/".length)}"`));
    assertEquals([path, missing], [path, []]);
  }
  assertStringIncludes(read("docs/cli.html"), '<li><a href="#bench">bench</a></li>');
  assert(!read("docs/index.html").includes('class="contents"'));
});

/** The index as the browser unpacks it. */
async function index(): Promise<MiniSearch> {
  const script = read("assets/search-index.js");
  const { options, packed } = JSON.parse(script.slice(script.indexOf("{"), script.lastIndexOf("}") + 1));
  const bytes = Uint8Array.from(atob(packed), (character) => character.charCodeAt(0));
  const json = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return MiniSearch.loadJSON(await new Response(json).text(), options);
}

const all = (await index()).search(MiniSearch.wildcard);

Deno.test("everything that can be found is a page of the site, or a heading on one", () => {
  assert(all.length > 250, `${all.length}`);
  const wrong = all.filter(({ href }) => {
    const [path, fragment] = normalize(join("docs", href)).split("#");
    const text = read(path);
    return fragment !== undefined && !text.includes(` id="${fragment}"`);
  });
  assertEquals(wrong.map(({ href }) => href), []);
  assertEquals([...new Set(all.map(({ href }) => dirname(href)))].sort(), [".", "../cases"]);
});

Deno.test("headings, exports, cases and algorithms are found by their words", async () => {
  const known = await index();
  const found = (text: string) => known.search(text, { prefix: true, combineWith: "AND", boost: { title: 3 } });
  const places = (results: SearchResult[]) => results.map(({ of, title }) => `${of}: ${title}`);
  assertEquals(places(found("censored"))[0], 'Questions: What does "censored" mean, and why is there a ≥?');
  assertEquals(places(found("scalebyadam"))[0], "Library: scaleByAdam");
  assert(places(found("mnist1k")).includes("case: mnist1k"));
  assert(places(found("adam-l2")).includes("algorithm: adam-l2"));
  assert(found("gradient calls").every(({ lead }) => lead.length < 100 && !/<\/|&\w+;/.test(lead)));
});
