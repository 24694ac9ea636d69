import { makeBadge } from "badge-maker";
import { find } from "../errors.ts";
import type { Verdict } from "../gate/finding.ts";
import { assets } from "./assets.ts";
import { caseFiguresOf } from "./case_figures.ts";
import { croissantJson } from "./croissant.ts";
import { leaderboardCsv, leaderboardJson, leaderboardMarkdown, runsCsv, verdictFeed } from "./downloads.ts";
import { drawAnswers } from "./figures/answers.ts";
import { drawHistory } from "./figures/history.ts";
import { drawSeries, worthDrawing } from "./figures/series.ts";
import { seriesOf } from "../report/series.ts";
import { drawProfiles } from "./figures/profiles.ts";
import { casePage } from "./pages/case.tsx";
import { CASES_PATH, casesPage } from "./pages/cases.tsx";
import { comparePage } from "./pages/compare.tsx";
import { documentPage, documentsOf, groupsOf, INDEX } from "./pages/document.tsx";
import { historyPage } from "./pages/history.tsx";
import { casePath, casesOf } from "./pages/layout.tsx";
import { leaderboardPage } from "./pages/leaderboard.tsx";
import { runPage } from "./pages/run.tsx";
import { INDEX_PATH, runIndexScript } from "./run_index.ts";
import { runScript, runScriptPath } from "./run_script.ts";
import { leaderboardSchema } from "./schema.ts";
import { searchFiles } from "./search_index.ts";
import { answeredOf, type SiteData } from "./site_data.ts";

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

/** A case and those that it is a form of, or that are forms of it. */
function formsOf({ catalogue, problems }: SiteData, id: string) {
  const rootOf = (name: string) => find("case", catalogue.cases, name).formOf ?? name;
  return problems.filter((problem) => rootOf(problem.case) === rootOf(id));
}

async function* casePages(site: SiteData): AsyncGenerator<SiteFile> {
  for (const id of casesOf(site)) {
    const own = site.problems.filter((problem) => problem.case === id);
    const problems = [...own].sort((a, b) => Number(a.variant !== "") - Number(b.variant !== ""));
    const figures = await caseFiguresOf(site, problems);
    const [path, chosen, forms] = [casePath(id), find("case", site.catalogue.cases, id), formsOf(site, id)];
    yield [path, casePage(site, { path, chosen, problems, forms, figures })];
  }
}

async function historyOf(site: SiteData): Promise<string> {
  const series = seriesOf(site.history);
  return historyPage(site, series, {
    verdicts: site.history.length ? await drawHistory(site.history) : null,
    times: await Promise.all(worthDrawing(series).map(drawSeries)),
  });
}

const indexOf = async (site: SiteData): Promise<string> =>
  leaderboardPage(site, {
    answers: await drawAnswers(answeredOf(site.problems)),
    profiles: site.overall && await drawProfiles(site.overall),
  });

/** The documents as pages beside the list of all, and the search over them. */
async function* documentFiles(site: SiteData, sources: ReadonlyMap<string, string>): AsyncGenerator<SiteFile> {
  const groups = groupsOf(sources.get(INDEX) ?? "");
  const documents = documentsOf(sources, groups);
  for (const document of documents) yield [`docs/${document.name}.html`, documentPage(site, document, groups)];
  yield* searchFiles(site, documents.filter(({ name }) => name !== INDEX));
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
  yield ["index.html", await indexOf(site)];
  yield [CASES_PATH, casesPage(site)];
  yield* casePages(site);
  yield ["run.html", runPage(site.catalogue, site)];
  yield ["compare.html", comparePage(site)];
  yield ["history.html", await historyOf(site)];
  yield* documentFiles(site, documents);
  const data = new Map([
    ["leaderboard.json", leaderboardJson(site)],
    ["leaderboard.schema.json", JSON.stringify(leaderboardSchema, null, 2) + "\n"],
    ["leaderboard.csv", leaderboardCsv(site)],
    ["runs.csv", runsCsv(site)],
    ["leaderboard.md", leaderboardMarkdown(site)],
  ]);
  yield* data;
  yield ["croissant.json", croissantJson(site, data, url)];
  yield ["feed.atom", verdictFeed(site, url)];
  yield ["badge.svg", makeBadge({ label: "driven hunt", message: verdict, color: BADGE[verdict] })];
  // GitHub Pages would leave out folders that begin with an underscore, and take its time.
  yield [".nojekyll", ""];
  yield* runFiles(site);
}
