import { createHash } from "node:crypto";
import { parse } from "yaml";
import citationText from "../../CITATION.cff" with { type: "text" };
import type { COLUMNS, RUN_COLUMNS } from "./downloads.ts";
import type { SiteData } from "./site_data.ts";

/** An author as the Citation File Format has them: an entity with a name, or a person with parts of one. */
type Author = { readonly name: string } | { readonly "family-names": string; readonly "given-names"?: string };

interface Reference {
  readonly title: string;
  readonly url: string;
  readonly authors: readonly Author[];
}

/** What CITATION.cff says of us and of what is examined; a test reads it by its format. */
interface Citation extends Reference {
  readonly abstract: string;
  readonly version: string;
  readonly license: string;
  readonly keywords: readonly string[];
  /** `2026-11-28`. */
  readonly "date-released": string;
  readonly references: readonly Reference[];
}

const citation: Citation = parse(citationText);

/** Source: the Croissant format 1.0, appendix 1; of its terms those that are used. */
const CONTEXT = {
  "@language": "en",
  "@vocab": "https://schema.org/",
  sc: "https://schema.org/",
  cr: "http://mlcommons.org/croissant/",
  dct: "http://purl.org/dc/terms/",
  citeAs: "cr:citeAs",
  column: "cr:column",
  conformsTo: "dct:conformsTo",
  dataType: { "@id": "cr:dataType", "@type": "@vocab" },
  extract: "cr:extract",
  field: "cr:field",
  fileObject: "cr:fileObject",
  recordSet: "cr:recordSet",
  source: "cr:source",
};

/** Files that hold the data: what they are in the words of their formats, and in ours. */
const FILES = {
  "leaderboard.json": ["application/json", "every row with every figure, its interval and its runs"],
  "leaderboard.schema.json": ["application/schema+json", "the form of leaderboard.json"],
  "leaderboard.csv": ["text/csv", "the table as it is shown"],
  "runs.csv": ["text/csv", "what each run came to: outcome, epochs and gradient calls of its milestones"],
  "leaderboard.md": ["text/markdown", "the same for a README"],
} as const;

type ColumnDocs<Name extends string> = Readonly<Record<Name, readonly [type: "Text" | "Integer", doc: string]>>;

/** Columns of leaderboard.csv. Most are texts: a bound has a sign before it, a ratio one behind. */
const ROW_DOCS: ColumnDocs<keyof typeof COLUMNS> = {
  problem: ["Text", "case, and how it differs from its default form"],
  rank: ["Text", "place by median gradient calls on the seeds that all rows have; empty where it is open"],
  algorithm: ["Text", "algorithm, and how its constants differ from those that it has for the case"],
  runs: ["Integer", "runs, one a seed"],
  generalised: ["Integer", "runs that generalised within their budget"],
  epochs: ["Text", "median epochs to generalise"],
  "gradient calls": ["Text", "median gradient calls to generalise"],
  speedup: ["Text", "T(adamw)/T(algorithm) in gradient calls, median of pairs of the same seed"],
  "gradient calls, sustained": ["Text", "median gradient calls to the crossing that lasts"],
  "speedup, sustained": ["Text", "speedup to the crossing that lasts"],
  "rank, sustained": ["Text", "place by the crossing that lasts"],
  "after memorising": ["Text", "speedup counted from memorisation"],
  "over tuned": ["Text", "T(adamw-tuned)/T(algorithm)"],
  attribution: ["Text", "T(control)/T(algorithm): what the trick itself is worth"],
  control: ["Text", "the same method with its trick taken out"],
  steady: ["Text", "share of the epochs after generalising above the threshold"],
  verdict: ["Text", "of the gate: these runs against what is expected"],
};

/** Columns of runs.csv; what a run did not come to is an empty cell. */
const RUN_DOCS: ColumnDocs<"problem" | "method" | keyof typeof RUN_COLUMNS> = {
  problem: ["Text", "as in leaderboard.csv"],
  method: ["Text", "its algorithm there"],
  seed: ["Integer", "what every random number of the run is drawn from"],
  id: ["Text", "of its record, and of its page: run.html#id"],
  status: ["Text", "grokked, censored (the budget ended before it generalised) or diverged"],
  epochs: ["Integer", "epochs that it had; a censored run generalises later than that"],
  "gradient calls": ["Integer", "gradient evaluations in them"],
  "memorised, epoch": ["Integer", "first evaluated epoch above the threshold on the training set"],
  "memorised, gradient calls": ["Integer", "gradient evaluations up to it"],
  "generalised, epoch": ["Integer", "first evaluated epoch above the threshold on the test set"],
  "generalised, gradient calls": ["Integer", "gradient evaluations up to it"],
};

const nameOf = (author: Author) =>
  "name" in author ? author.name : [author["given-names"], author["family-names"]].filter(Boolean).join(" ");

const creators = (authors: readonly Author[]) =>
  authors.map((author) => ({ "@type": "name" in author ? "Organization" : "Person", name: nameOf(author) }));

const citeAs = ({ title, authors, version, "date-released": date }: Citation) =>
  `@misc{drivenhunt, title = {${title}}, author = {${authors.map(nameOf).join(" and ")}}, ` +
  `year = {${date.slice(0, 4)}}, version = {${version}}}`;

const fileObjects = (files: ReadonlyMap<string, string>, url: string) =>
  Object.entries(FILES).map(([path, [encodingFormat, description]]) => {
    const contents = files.get(path)!;
    return {
      "@type": "cr:FileObject",
      "@id": path,
      name: path,
      description,
      contentUrl: `${url}${path}`,
      contentSize: `${new TextEncoder().encode(contents).length} B`,
      encodingFormat,
      sha256: createHash("sha256").update(contents).digest("hex"),
    };
  });

const recordSet = (id: string, description: string, path: keyof typeof FILES, docs: ColumnDocs<string>) => ({
  "@type": "cr:RecordSet",
  "@id": id,
  name: id,
  description,
  field: Object.entries(docs).map(([column, [type, description]]) => ({
    "@type": "cr:Field",
    "@id": `${id}/${column.replace(/\W+/g, "-")}`,
    name: column,
    description,
    dataType: `sc:${type}`,
    source: { fileObject: { "@id": path }, extract: { column } },
  })),
});

/**
 * Metadata for those who look for data sets, as schema.org and Croissant have them.
 *
 * @param files contents of the site's files, by their paths
 * @param url where the site will be; `""` where that is not known, and what it names is beside it
 *
 * Source: https://docs.mlcommons.org/croissant/docs/croissant-spec-1.0.html
 */
export function croissantJson(
  { profile, engine, updated }: Pick<SiteData, "profile" | "engine" | "updated">,
  files: ReadonlyMap<string, string>,
  url: string,
): string {
  const { title, abstract, version, license, keywords, authors, references } = citation;
  const description = `The leaderboard of the profile '${profile}' on the engine '${engine}'. ${abstract}`;
  const dataset = {
    "@context": CONTEXT,
    "@type": "sc:Dataset",
    conformsTo: "http://mlcommons.org/croissant/1.0",
    name: `${title}: ${profile}`,
    description,
    url: url || "./",
    version,
    license: `https://spdx.org/licenses/${license}.html`,
    keywords,
    creator: creators(authors),
    datePublished: citation["date-released"],
    dateModified: updated,
    citeAs: citeAs(citation),
    citation: references.map(({ title, url, authors }) => ({
      "@type": "ScholarlyArticle",
      name: title,
      url,
      author: creators(authors),
    })),
    distribution: fileObjects(files, url),
    recordSet: [
      recordSet("rows", "An algorithm on a problem, over its seeds", "leaderboard.csv", ROW_DOCS),
      recordSet("runs", "One run: its outcome and milestones", "runs.csv", RUN_DOCS),
    ],
  };
  return JSON.stringify(dataset) + "\n";
}
