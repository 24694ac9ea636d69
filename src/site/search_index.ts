import { gzipSync } from "node:zlib";
import MiniSearch, { type Options } from "minisearch";
import { minify } from "terser";
import script from "./assets/search.js" with { type: "text" };
import { unescapeHtml } from "./html.ts";
import type { Document } from "./pages/document.tsx";
import { casePath, casesOf } from "./pages/layout.tsx";
import type { SiteData } from "./site_data.ts";

/** What can be found. */
interface Entry {
  readonly id: number;
  readonly title: string;
  /** Where it is, in words: what its document is called, `case` or `algorithm`. */
  readonly of: string;
  /** From the folder of the documents. */
  readonly href: string;
  /** How its text begins. */
  readonly lead: string;
  readonly text: string;
}

/** Numbers and single letters are an eighth of an index, and not what anybody asks for. */
const processTerm = (term: string) => /^(?:\d+|.)$/u.test(term) ? null : term.toLowerCase();

/** How the index is made, and how the browser reads it. */
const OPTIONS: Options<Entry> = { fields: ["title", "text"], storeFields: ["title", "of", "href", "lead"] };

const LEAD = 90;

/** Elements inside of a line: the text goes on where they end. */
const INLINE = /<\/?(?:a|code|del|em|strong|sub|sup)\b[^>]*>/g;

const plain = (html: string): string =>
  unescapeHtml(html.replace(INLINE, "").replace(/<[^>]*>/g, " ")).replace(/\s+/g, " ").trim();

/** The beginning of a text, to the last word that has room. */
const leadOf = (text: string): string => text.length <= LEAD ? text : `${text.slice(0, LEAD).replace(/\s\S*$/, "")} …`;

/** A document as what stands under each of its headings. */
function sectionsOf({ name, label, html }: Document): Omit<Entry, "id">[] {
  const [, ...parts] = html.split(/<h[1-6] id="/);
  return parts.map((part) => {
    const [, id, heading, body] = /^([^"]*)">(.*?)<\/h[1-6]>(.*)$/s.exec(part)!;
    const text = plain(body);
    return { title: plain(heading), of: label, href: `${name}.html#${id}`, lead: leadOf(text), text };
  });
}

function casesAndAlgorithms(site: SiteData): Omit<Entry, "id">[] {
  const { catalogue: { cases, algorithms }, problems } = site;
  const shown = casesOf(site);
  const caseOf = (algorithm: string) =>
    problems.find(({ rows }) => rows.some((row) => row.algorithm === algorithm))?.case;
  return [
    ...cases.filter(({ id }) => shown.includes(id)).map(({ id, summary, source, fields }) => {
      const text = [summary, source, ...Object.entries(fields).map(([name, { doc }]) => `${name}: ${doc}`)].join("; ");
      return { title: id, of: "case", href: `../${casePath(id)}`, lead: summary, text };
    }),
    ...algorithms.flatMap(({ id, summary, source, controlReason }) => {
      const where = caseOf(id);
      const text = [summary, source, controlReason].join("; ");
      return where ? [{ title: id, of: "algorithm", href: `../${casePath(where)}`, lead: summary, text }] : [];
    }),
  ];
}

/** The library as a plain script, in a fifth of its bytes. */
async function library(): Promise<string> {
  const source = Deno.readTextFileSync(new URL("../umd/index.js", import.meta.resolve("minisearch")));
  const preamble = "/*! MiniSearch by Luca Ongaro, MIT licence: https://github.com/lucaong/minisearch */";
  return (await minify(source, { format: { preamble } })).code!;
}

/** An index, packed: base64 of gzip of the JSON of MiniSearch. Pages from a folder can read no other file than a script. */
export function indexScript(site: SiteData, documents: readonly Document[]): string {
  const index = new MiniSearch({ ...OPTIONS, processTerm });
  const found = [...documents.flatMap(sectionsOf), ...casesAndAlgorithms(site)];
  index.addAll(found.map((entry, id) => ({ id, ...entry })));
  const packed = gzipSync(JSON.stringify(index), { level: 9 }).toString("base64");
  return `globalThis.searchIndex = ${JSON.stringify({ options: OPTIONS, packed })};\n`;
}

/** What the search loads, by path in the site. */
export async function* searchFiles(
  site: SiteData,
  documents: readonly Document[],
): AsyncGenerator<readonly [path: string, contents: string]> {
  yield ["assets/minisearch.js", await library()];
  yield ["assets/search.js", script];
  yield ["assets/search-index.js", indexScript(site, documents)];
}
