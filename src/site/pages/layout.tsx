import type { ComponentChildren } from "preact";
import { renderToString } from "preact-render-to-string";
import theme from "../assets/theme.js" with { type: "text" };
import type { Figure } from "../chart.ts";
import { slug } from "../html.ts";
import type { SiteData } from "../site_data.ts";

interface PageProps {
  readonly title: string;
  /** Of this page in the site. */
  readonly path: string;
  /** Null for a page that is shown outside of a site. */
  readonly site: SiteData | null;
  readonly styles?: readonly string[];
  readonly scripts?: readonly string[];
  readonly children: ComponentChildren;
}

/** Cases with a page of their own, in the order of the profile. */
export const casesOf = ({ problems }: SiteData): string[] => [...new Set(problems.map((problem) => problem.case))];

export const casePath = (id: string): string => `cases/${slug(id)}.html`;

/** Seven at most: a phone has two lines for them. */
const LINKS = [
  ["index.html", "Leaderboard"],
  ["cases/index.html", "Cases"],
  ["compare.html", "Compare"],
  ["docs/findings.html", "Findings"],
  ["docs/tuning.html", "Tuning"],
  ["history.html", "History"],
  ["docs/index.html", "Docs"],
] as const;

/** Path from a page to the root of the site, `""` or `"../"`. */
const baseOf = (path: string): string => "../".repeat(path.split("/").length - 1);

function Navigation({ base, here }: { readonly base: string; readonly here: string }) {
  return (
    <nav aria-label="Pages">
      <ul>
        {LINKS.map(([path, name]) => (
          <li key={path}>
            <a href={base + path} aria-current={path === here ? "page" : undefined}>{name}</a>
          </li>
        ))}
      </ul>
    </nav>
  );
}

function Footer({ base, site }: { readonly base: string; readonly site: SiteData }) {
  return (
    <footer>
      <p>
        Profile <code>{site.profile}</code>, engine <code>{site.engine}</code>, newest run{" "}
        <time dateTime={site.updated}>{site.updated.slice(0, 10)}</time>. Data:{" "}
        <a href={`${base}leaderboard.json`}>JSON</a> (<a href={`${base}leaderboard.schema.json`}>schema</a>),{" "}
        <a href={`${base}leaderboard.csv`}>CSV</a>, <a href={`${base}runs.csv`}>runs</a>,{" "}
        <a href={`${base}leaderboard.md`}>Markdown</a>, <a href={`${base}croissant.json`}>Croissant</a>{" "}
        (<a href={`${base}docs/data.html`}>what they are</a>), <a href={`${base}feed.atom`}>feed</a>,{" "}
        <a href={`${base}badge.svg`}>badge</a>.
      </p>
    </footer>
  );
}

/** In the page, so that nothing waits for it; a server of ours allows no script there. */
const Theme = ({ base, site }: Pick<PageProps, "site"> & { readonly base: string }) =>
  site ? <script dangerouslySetInnerHTML={{ __html: theme }} /> : <script src={`${base}assets/theme.js`} />;

function Page({ title, path, site, styles = [], scripts = [], children }: PageProps) {
  const base = baseOf(path);
  return (
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>{`${title} · Driven Hunt`}</title>
        <link rel="icon" href="data:," />
        <link rel="stylesheet" href={`${base}assets/site.css`} />
        {styles.map((each) => <link key={each} rel="stylesheet" href={base + each} />)}
        {site && <link rel="alternate" type="application/atom+xml" href={`${base}feed.atom`} title="Verdicts" />}
        <Theme base={base} site={site} />
      </head>
      <body>
        <a class="skip" href="#main">Skip to content</a>
        <header>
          <a class="brand" href={site ? `${base}index.html` : "./"}>Driven Hunt</a>
          {site && <Navigation base={base} here={path} />}
          <button type="button" id="theme" hidden>Theme</button>
        </header>
        <main id="main">{children}</main>
        {site && <Footer base={base} site={site} />}
        <script src={`${base}assets/site.js`} />
        {scripts.map((each) => <script key={each} src={base + each} />)}
      </body>
    </html>
  );
}

/** A whole page as text. */
export const page = (props: PageProps): string => "<!doctype html>\n" + renderToString(<Page {...props} />) + "\n";

/** What is wider than a phone scrolls by itself, by keyboard too. */
export const Scroll = ({ label, children }: { readonly label: string; readonly children: ComponentChildren }) => (
  <div class="scroll" role="region" aria-label={label} tabIndex={0}>{children}</div>
);

interface DrawingProps {
  readonly figure: Figure;
  readonly caption?: string;
  readonly wide?: boolean;
}

/** A drawing with its caption. */
export function Drawing({ figure, caption, wide = false }: DrawingProps) {
  // A wide one would be too small to read on a phone: it keeps its size and scrolls.
  const scrolls = wide ? { role: "region", "aria-label": figure.label.slice(0, 80), tabIndex: 0 } as const : {};
  return (
    <figure>
      {/* The drawing comes from our own renderer, which escapes its text. */}
      <div
        class={wide ? "drawing fixed scroll" : "drawing"}
        {...scrolls}
        dangerouslySetInnerHTML={{ __html: figure.svg }}
      />
      {caption && <figcaption>{caption}</figcaption>}
    </figure>
  );
}
