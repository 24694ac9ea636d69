import { marked } from "marked";
import { getHeadingList, gfmHeadingId } from "marked-gfm-heading-id";
import type { SiteData } from "../site_data.ts";
import { page } from "./layout.tsx";

marked.use(gfmHeadingId());

/** The document that lists the others. */
export const INDEX = "index";

/** A document of docs/, rendered. */
export interface Document {
  /** Without `.md`. */
  readonly name: string;
  readonly title: string;
  /** What the index calls it. */
  readonly label: string;
  readonly html: string;
  /** Headings of the second level: their fragments, and what they say as HTML. */
  readonly chapters: readonly { readonly id: string; readonly text: string }[];
}

/** Documents under one heading of the index. */
interface Group {
  readonly title: string;
  readonly links: { readonly name: string; readonly title: string }[];
}

/** Links to other documents lead to their pages; files of the project are named, but are not in the site. */
function relink(html: string, documents: ReadonlySet<string>): string {
  return html.replace(/<a href="([^"]*)">(.*?)<\/a>/gs, (link, href: string, inner: string) => {
    if (/^(?:https?:|#)/.test(href)) return link;
    const [, name, fragment = ""] = /^([\w-]+)\.md(#.*)?$/.exec(href) ?? [];
    return documents.has(name) ? `<a href="${name}.html${fragment}">${inner}</a>` : inner;
  });
}

/** Cells of a table: what says how one is aligned. */
const ALIGNED = /<(t[dh]) align="(\w+)">/g;

/** Columns that are aligned to the right, from 1 on, by the cells of the header. */
const rightColumns = (table: string): number[] =>
  [...table.slice(0, table.indexOf("</thead>")).matchAll(/<th(?: align="(\w+)")?>/g)]
    .flatMap(([, align], i) => align === "right" ? [i + 1] : []);

/** A table whose columns are aligned by its classes: said in each cell it would be a seventh of the page. */
const alignedByColumn = (table: string): string =>
  table.replace("<table>", `<table class="${["doc", ...rightColumns(table).map((i) => `r${i}`)].join(" ")}">`)
    .replace(ALIGNED, "<$1>").replace(/\n(?=<)/g, "");

/** What is wider than a phone scrolls by itself, by keyboard too; an empty corner of a table heads nothing. */
function scrollable(html: string): string {
  let tables = 0;
  // Regions are told apart by their names.
  const region = (table: string) =>
    `<div class="scroll" role="region" aria-label="Table ${++tables}" tabindex="0">${alignedByColumn(table)}</div>`;
  return html.replace(/<table>.*?<\/table>/gs, region)
    .replace(/<th[^>]*><\/th>/g, "<td></td>")
    .replace(/<pre>/g, '<pre tabindex="0">');
}

/** The documents as their index groups them. */
export function groupsOf(index: string): Group[] {
  const groups: Group[] = [];
  for (const [, heading, title, name] of index.matchAll(/^## (.+)$|^- \[(.+?)\]\(([\w-]+)\.md\)/gm)) {
    if (heading) groups.push({ title: heading, links: [] });
    else groups.at(-1)?.links.push({ name, title });
  }
  return groups;
}

/** Renders documents, given as Markdown by their names. */
export function documentsOf(sources: ReadonlyMap<string, string>, groups: readonly Group[]): Document[] {
  const names = new Set(sources.keys());
  const labels = new Map(groups.flatMap(({ links }) => links.map(({ name, title }) => [name, title])));
  return [...sources].map(([name, markdown]) => {
    const title = /^# (.+)$/m.exec(markdown)?.[1].replaceAll("`", "") ?? name;
    const html = scrollable(relink(marked.parse(markdown, { async: false }), names));
    const chapters = getHeadingList().filter(({ level }) => level === 2);
    return { name, title, label: labels.get(name) ?? title, html, chapters };
  });
}

function Documents({ groups, own }: { readonly groups: readonly Group[]; readonly own: string }) {
  const link = (name: string, title: string) => (
    <a href={`${name}.html`} aria-current={name === own ? "page" : undefined}>{title}</a>
  );
  return (
    <nav class="documents" aria-label="Documents">
      <p>{link(INDEX, "Index and search")}</p>
      {groups.map(({ title, links }) => (
        <section key={title}>
          <p>{title}</p>
          <ul>{links.map(({ name, title }) => <li key={name}>{link(name, title)}</li>)}</ul>
        </section>
      ))}
    </nav>
  );
}

/** Fewer chapters are seen without a list of them. */
const LISTED = 4;

function contentsOf({ name, chapters }: Document): string {
  if (name === INDEX || chapters.length < LISTED) return "";
  const items = chapters.map(({ id, text }) => `<li><a href="#${id}">${text.replace(/<\/?a\b[^>]*>/g, "")}</a></li>`);
  return `<nav class="contents" aria-label="On this page"><ul>${items.join("")}</ul></nav>`;
}

/** Shown by its script, without which it would do nothing. */
const SEARCH = '<form role="search" id="search" hidden><label for="q">Search documents, cases and algorithms</label>' +
  '<input type="search" id="q" autocomplete="off"><p id="found" role="status"></p><ol id="results"></ol></form>';

const SCRIPTS = ["assets/minisearch.js", "assets/search-index.js", "assets/search.js"];

/** A document as a page, beside the list of all. */
export function documentPage(site: SiteData, document: Document, groups: readonly Group[]): string {
  const index = document.name === INDEX;
  const below = index ? SEARCH : contentsOf(document);
  return page({
    title: document.title,
    path: `docs/${document.name}.html`,
    site,
    scripts: index ? SCRIPTS : [],
    children: (
      <div class="beside">
        <Documents groups={groups} own={document.name} />
        {/* The documents are our own. */}
        <article dangerouslySetInnerHTML={{ __html: document.html.replace("</h1>", `</h1>${below}`) }} />
      </div>
    ),
  });
}
