import { markdownTable } from "markdown-table";
import { geometricMean } from "simple-statistics";
import type { RunRecord } from "../../src/run/record/record.ts";
import { NOTHING } from "../../src/text.ts";
import type { Values } from "../../src/declare/field.ts";
import { tuned } from "../../bench/profiles/tuned.ts";
import { freshSeedsMarkdown } from "./fresh_seeds.ts";
import { keptRecords } from "../kept.ts";
import { rivalsMarkdown } from "./rivals.ts";
import { keptSearches, searchesMarkdown, selfTuningMarkdown } from "./searches.ts";
import { DECAYS, GRID, RATES, tune, type Tuned } from "../../bench/profiles/tune.ts";

/** The runs of one setting of a case, in the order of their seeds. */
interface Setting {
  readonly constants: Tuned;
  readonly records: readonly RunRecord[];
}

/** AdamW on one problem over the grid of the profile `tune`, settings in its order. */
export interface Search {
  /** A case, with its data fraction where that is not 1. */
  readonly problem: string;
  readonly settings: readonly Setting[];
  /** Null where no setting generalised with every seed. */
  readonly best: Tuned | null;
}

/** Geometric mean over seeds of the epochs to generalise; Infinity where a seed did not get there. */
const score = ({ records }: Setting): number =>
  records.length === tune.seeds.length && records.every(({ generalised }) => generalised)
    ? geometricMean(records.map(({ generalised }) => generalised!.epoch))
    : Infinity;

const same = (a: Values, b: Tuned) => a.learningRate === b.learningRate && a.weightDecay === b.weightDecay;

function searchOf(problem: string, records: readonly RunRecord[]): Search {
  const settings = GRID.map((constants): Setting => ({
    constants,
    records: records.filter(({ hyper }) => same(hyper, constants)).sort((a, b) => a.seed - b.seed),
  }));
  // Of equals the first: the smaller learning rate, then the smaller decay.
  const best = settings.reduce((a, b) => score(b) < score(a) ? b : a);
  return { problem, settings, best: score(best) === Infinity ? null : best.constants };
}

function problemOf({ case: id, config }: RunRecord): string {
  const { beta = 1 }: Values = { ...config };
  return beta === 1 ? id : `${id} beta=${beta}`;
}

/** What the records in `expected/tune` say of AdamW over the grid. */
export function searches(records: readonly RunRecord[] = keptRecords(tune.id)): Search[] {
  const gridded = records.filter(({ algorithm }) => algorithm === "adamw");
  return [...Map.groupBy(gridded, problemOf)].map(([problem, own]) => searchOf(problem, own));
}

/** Epochs to generalise, weight decay downwards, learning rate to the right; seeds beside each other, the best in bold. */
function table({ settings, best }: Search): string {
  const cell = ({ constants, records }: Setting) => {
    const epochs = records.map(({ generalised }) => generalised?.epoch ?? NOTHING).join(" / ");
    return best && same({ ...constants }, best) ? `**${epochs}**` : epochs;
  };
  const rows = DECAYS.map((decay) => [
    `λ = ${decay}`,
    ...settings.filter(({ constants }) => constants.weightDecay === decay).map(cell),
  ]);
  return markdownTable([["", ...RATES.map((rate) => `α = ${rate}`)], ...rows], { align: ["l", "r", "r", "r"] });
}

export const tuningMarkdown = (found: readonly Search[]): string =>
  found.map((search) => `### ${search.problem}\n\n${table(search)}\n`).join("\n");

/** The tables of the methods in docs/tuning.md: what their searches found, and what it is worth on other seeds. */
export const methodTables = (): readonly [string, string][] => [
  ["The methods", searchesMarkdown(keptSearches(keptRecords(tune.id)))],
  ["One setting for all", selfTuningMarkdown(keptSearches(keptRecords(tune.id)), searches())],
  ["On fresh seeds", freshSeedsMarkdown(keptRecords(tuned.id))],
  ["Other methods", rivalsMarkdown(keptRecords(tuned.id))],
];

if (import.meta.main) {
  const tables = methodTables().map(([title, table]) => `### ${title}\n\n${table}\n`);
  console.log([tuningMarkdown(searches()), ...tables].join("\n"));
}
