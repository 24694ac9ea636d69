import { assert, assertEquals } from "@std/assert";
import { Marked, type Token } from "marked";
import { getHeadingList, gfmHeadingId } from "marked-gfm-heading-id";
import { dirname, join, normalize } from "node:path";

const pagesIn = (folder: string): string[] =>
  [...Deno.readDirSync(folder)].map(({ name }) => normalize(`${folder}/${name}`)).filter((path) =>
    path.endsWith(".md")
  );
const pages = [".", "docs", "expected"].flatMap(pagesIn).sort();

interface Page {
  readonly links: readonly string[];
  readonly anchors: readonly string[];
}

/** Links of a Markdown text, and the anchors of its headings as GitHub makes them. */
function read(text: string): Page {
  const links: string[] = [];
  const walkTokens = (token: Token) => {
    if (token.type === "link" || token.type === "image") links.push(token.href);
  };
  new Marked(gfmHeadingId(), { walkTokens }).parse(text);
  return { links, anchors: getHeadingList().map(({ id }) => id) };
}

function exists(path: string): boolean {
  try {
    return Deno.statSync(path) !== null;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}

/** What is wrong with a link of a page, or null. */
function flawOf(page: string, link: string): string | null {
  if (/^[a-z]+:/.test(link)) return null;
  const [path, anchor] = link.split("#");
  const target = path === "" ? page : normalize(join(dirname(page), decodeURIComponent(path)));
  if (!exists(target)) return `${page}: ${link}: there is no ${target}`;
  if (anchor === undefined) return null;
  const { anchors } = read(Deno.readTextFileSync(target));
  return anchors.includes(anchor) ? null : `${page}: ${link}: ${target} has no heading '${anchor}'`;
}

Deno.test("relative links of the documentation lead to files and headings that exist", () => {
  for (const page of ["CHANGELOG.md", "CONTRIBUTING.md", "README.md", "docs/cli.md", "docs/faq.md", "docs/guide.md"]) {
    assert(pages.includes(page), page);
  }
  const flaws = pages.flatMap((page) =>
    read(Deno.readTextFileSync(page)).links.flatMap((link) => flawOf(page, link) ?? [])
  );
  assertEquals(flaws, []);
});

Deno.test("a link to nowhere is found", () => {
  const { links, anchors } = read("# A & B\n\n## `bench:engine`, *again*\n\n[x](docs/none.md) [y](#a--b) ![z](z.png)");
  assertEquals(links, ["docs/none.md", "#a--b", "z.png"]);
  assertEquals(anchors, ["a--b", "benchengine-again"]);
  assertEquals(links.map((link) => flawOf("README.md", link) !== null), [true, true, true]);
  assertEquals(["LICENSE", "docs/gate.md#tiers", "https://example.org/#x"].map((link) => flawOf("README.md", link)), [
    null,
    null,
    null,
  ]);
});
