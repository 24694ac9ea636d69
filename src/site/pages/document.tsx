import { marked } from "marked";
import { gfmHeadingId } from "marked-gfm-heading-id";
import type { SiteData } from "../site_data.ts";
import { page } from "./layout.tsx";

marked.use(gfmHeadingId());

/** Links to other documents lead to their pages; files of the project are named, but are not in the site. */
function relink(html: string, documents: ReadonlySet<string>): string {
  return html.replace(/<a href="([^"]*)">(.*?)<\/a>/gs, (link, href: string, inner: string) => {
    if (/^(?:https?:|#)/.test(href)) return link;
    const [, name, fragment = ""] = /^([\w-]+)\.md(#.*)?$/.exec(href) ?? [];
    return documents.has(name) ? `<a href="${name}.html${fragment}">${inner}</a>` : inner;
  });
}

/** What is wider than a phone scrolls by itself, by keyboard too. */
const scrollable = (html: string) =>
  html.replace(/<table>/g, '<div class="scroll" role="region" aria-label="Table" tabindex="0"><table class="doc">')
    .replace(/<\/table>/g, "</table></div>")
    .replace(/<pre>/g, '<pre tabindex="0">');

/**
 * A document of docs/ as a page.
 *
 * @param documents names of all documents, without `.md`
 */
export function documentPage(site: SiteData, markdown: string, documents: ReadonlySet<string>): string {
  const title = /^# (.+)$/m.exec(markdown)?.[1].replaceAll("`", "") ?? "Document";
  const html = scrollable(relink(marked.parse(markdown, { async: false }), documents));
  return page({
    title,
    base: "../",
    site,
    // The documents are our own.
    children: <article dangerouslySetInnerHTML={{ __html: html }} />,
  });
}
