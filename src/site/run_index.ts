import { type Cell, methodText, problemText } from "../table/cell.ts";
import { type Milestones, milestonesOf } from "./calls.ts";
import { scriptJson, slug } from "./html.ts";
import type { RankedRow, SiteData } from "./site_data.ts";

/** The runs of one cell, and what they came to. */
export interface IndexedMethod {
  readonly method: string;
  readonly slug: string;
  /** Ids by seed. */
  readonly runs: Readonly<Record<number, string>>;
  readonly calls: Milestones;
  readonly steady: number | null;
}

/** The runs of one problem. */
export interface IndexedProblem {
  readonly problem: string;
  readonly slug: string;
  readonly methods: readonly IndexedMethod[];
}

/** Name of a cell in a fragment: `mnist1k~ppm`. */
export const cellSlug = (cell: Pick<Cell, "case" | "variant" | "algorithm" | "settings">): string =>
  `${slug(problemText(cell))}~${slug(methodText(cell))}`;

const methodOf = ({ method, runs, shareAbove }: RankedRow): IndexedMethod => ({
  method,
  slug: slug(method),
  runs: Object.fromEntries(runs.map(({ seed, id }) => [seed, id])),
  calls: milestonesOf(runs),
  steady: shareAbove === null ? null : Number(shareAbove.toPrecision(3)),
});

/** What there is to compare: problems, their methods, the runs of those. */
export const runIndexOf = ({ problems }: Pick<SiteData, "problems">): IndexedProblem[] =>
  problems.map(({ title, rows }) => ({
    problem: title,
    slug: slug(title),
    methods: rows.filter(({ runs }) => runs.length > 0).map(methodOf),
  }));

/** Where the script of the index lies, seen from the page that loads it. */
export const INDEX_PATH = "runs/index.js";

export const runIndexScript = (site: SiteData): string => `showIndex(${scriptJson(runIndexOf(site))});\n`;
