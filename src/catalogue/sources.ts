import { fileURLToPath } from "node:url";
import { hashOfTexts } from "../files.ts";
import type { Catalogue } from "./catalogue.ts";

const ROOT = new URL("../../", import.meta.url);

/** Main module of a worker. */
export const WORKER = new URL("bench/worker.ts", ROOT);

/** What plug-ins import as "driven-hunt". */
const LIBRARY = new URL("mod.ts", ROOT);

/** Names the versions of everything that is not a file of ours. */
const VERSIONS = ["deno.json", "deno.lock"].map((name) => new URL(name, ROOT));

/** Where a file names others: `from "./x.ts"`, `import "./x.ts"`, `import("./x.ts")`. */
const IMPORT = /(?:\bfrom\s*|\bimport\s*\(?\s*)["'](\.{1,2}\/[^"']+|file:[^"']+)["']/g;

/** A file and all that it imports by relative paths, by address. */
function collect(url: URL, found: Map<string, string>): void {
  if (found.has(url.href)) return;
  const text = Deno.readTextFileSync(url);
  found.set(url.href, text);
  for (const [, specifier] of text.matchAll(IMPORT)) {
    const target = new URL(specifier, url);
    // What is no file, as an example in a comment, is loaded by nobody.
    if (isFile(target)) collect(target, found);
  }
}

function isFile(url: URL): boolean {
  try {
    return Deno.statSync(url).isFile;
  } catch {
    return false;
  }
}

/** A file by where it lies: below the project by its path there, so that a clone elsewhere has the same sources. */
const placeOf = (href: string): string =>
  href.startsWith(ROOT.href) ? href.slice(ROOT.href.length) : fileURLToPath(href);

/**
 * SHA-256 of the files that a worker loads: the project's own as far as they are reached from its main module, plug-ins
 * with what they import and the library that they import it from, pinned versions, and the version of Deno.
 */
export function sourcesOf({ plugins }: Pick<Catalogue, "plugins">): string {
  const files = new Map(VERSIONS.map((url) => [url.href, Deno.readTextFileSync(url)]));
  const own = plugins.length ? [LIBRARY, ...plugins.map((plugin) => new URL(plugin.url))] : [];
  for (const url of [WORKER, ...own]) collect(url, files);
  const sorted = [...files].sort(([a], [b]) => a < b ? -1 : 1);
  return hashOfTexts(sorted.map(([href, text]) => [placeOf(href), text]), `deno ${Deno.version.deno}\n`);
}
