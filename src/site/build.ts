import { makeBadge } from "badge-maker";
import { find } from "../errors.ts";
import type { Verdict } from "../gate/finding.ts";
import schema from "./leaderboard.schema.json" with { type: "text" };
import { assets } from "./assets.ts";
import { caseFiguresOf } from "./case_figures.ts";
import { leaderboardCsv, leaderboardJson, leaderboardMarkdown, verdictFeed } from "./downloads.ts";
import { drawHistory } from "./figures/history.ts";
import { drawSeries, worthDrawing } from "./figures/series.ts";
import { seriesOf } from "../report/series.ts";
import { drawProfiles } from "./figures/summary.ts";
import { casePage } from "./pages/case.tsx";
import { comparePage } from "./pages/compare.tsx";
import { documentPage } from "./pages/document.tsx";
import { historyPage } from "./pages/history.tsx";
import { casePath, casesOf } from "./pages/layout.tsx";
import { leaderboardPage } from "./pages/leaderboard.tsx";
import { runPage } from "./pages/run.tsx";
import { INDEX_PATH, runIndexScript } from "./run_index.ts";
import { runScript, runScriptPath } from "./run_script.ts";
import type { SiteData } from "./site_data.ts";

/** A file of the site by its path. */
export type SiteFile = readonly [path: string, contents: string];

const BADGE: Readonly<Record<Verdict, string>> = {
  reproduced: "#2f7d32",
  drift: "#b3261e",
  inconclusive: "#8a6100",
  incomplete: "#5f6368",
};

function* runFiles(site: SiteData): Generator<SiteFile> {
  yield [INDEX_PATH, runIndexScript(site)];
  for (const { rows } of site.problems) {
    for (const { runs } of rows) {
      for (const record of runs) yield [runScriptPath(record.id), runScript(site.catalogue, record)];
    }
  }
}

async function* casePages(site: SiteData): AsyncGenerator<SiteFile> {
  for (const id of casesOf(site)) {
    const own = site.problems.filter((problem) => problem.case === id);
    const problems = [...own].sort((a, b) => Number(a.variant !== "") - Number(b.variant !== ""));
    const figures = await caseFiguresOf(site, problems);
    yield [casePath(id), casePage(site, find("case", site.catalogue.cases, id), problems, figures)];
  }
}

async function historyOf(site: SiteData): Promise<string> {
  const series = seriesOf(site.history);
  const drawn = worthDrawing(series);
  return historyPage(site, series, {
    verdicts: site.history.length ? await drawHistory(site.history) : null,
    times: drawn.length ? await drawSeries(drawn) : null,
  });
}

/** What the site is built from beside its records. */
export interface Sources {
  /** Documents by name, without `.md`. */
  readonly documents: ReadonlyMap<string, string>;
  /** Where the site will be, with a slash at its end; `""` where that is not known. */
  readonly url: string;
}

/** Every file of the site, one after another. The same records give the same bytes. */
export async function* siteFiles(site: SiteData, { documents, url }: Sources): AsyncGenerator<SiteFile> {
  const { verdict } = site.judgement;
  yield* Object.entries(assets);
  yield ["index.html", leaderboardPage(site, site.overall && await drawProfiles(site.overall))];
  yield* casePages(site);
  yield ["run.html", runPage(site.catalogue, site)];
  yield ["compare.html", comparePage(site)];
  yield ["history.html", await historyOf(site)];
  const names = new Set(documents.keys());
  for (const [name, markdown] of documents) yield [`docs/${name}.html`, documentPage(site, markdown, names)];
  yield ["leaderboard.json", leaderboardJson(site)];
  yield ["leaderboard.schema.json", schema];
  yield ["leaderboard.csv", leaderboardCsv(site)];
  yield ["leaderboard.md", leaderboardMarkdown(site)];
  yield ["feed.atom", verdictFeed(site, url)];
  yield ["badge.svg", makeBadge({ label: "driven hunt", message: verdict, color: BADGE[verdict] })];
  // GitHub Pages would leave out folders that begin with an underscore, and take its time.
  yield [".nojekyll", ""];
  yield* runFiles(site);
}
