import { markdownTable } from "markdown-table";
import { catalogue } from "../../bench/mod.ts";
import { SEARCHED } from "../../bench/profiles/searches.ts";
import { tuning } from "../../bench/profiles/tune.ts";
import type { Algorithm } from "../../src/algorithms/algorithm.ts";
import type { Values } from "../../src/declare/field.ts";
import { find } from "../../src/errors.ts";
import { callsText, settingText } from "../../src/report/search_markdown.ts";
import type { RunRecord } from "../../src/run/record/record.ts";
import { hyperDefaults } from "../../src/run/trial.ts";
import { integer, NOTHING } from "../../src/text.ts";
import { BUDGET_OF_A_SEARCH } from "../../src/tune/plan.ts";
import { type HeldOut, leaveOneOut, type OnProblem } from "../../src/tune/self_tuning.ts";
import { score, type Search, searchOf, type Setting } from "../../src/tune/search.ts";
import { settingsOf } from "../../src/tune/settings.ts";

/** The search of a method on a problem, as far as the repository keeps its runs. */
export interface KeptSearch extends Search {
  readonly algorithm: string;
  readonly problem: string;
}

const { seeds } = tuning;

/** The records of a method on a case whose constants are its own there but for those that are given. */
export function recordsOf(
  records: readonly RunRecord[],
  algorithm: Algorithm,
  problem: string,
  constants: Values,
): RunRecord[] {
  const wanted = { ...hyperDefaults(algorithm, find("case", catalogue.cases, problem)), ...constants };
  return records.filter((record) =>
    record.case === problem && record.algorithm === algorithm.id &&
    Object.entries(wanted).every(([name, value]) => record.hyper[name] === value)
  );
}

function searchIn(records: readonly RunRecord[], algorithm: Algorithm, problem: string): KeptSearch {
  const onTuningSeeds = records.filter(({ seed }) => seeds.includes(seed));
  const settings = settingsOf(algorithm, BUDGET_OF_A_SEARCH / seeds.length).map((constants) => ({
    constants,
    records: recordsOf(onTuningSeeds, algorithm, problem, constants),
  }));
  return { algorithm: algorithm.id, problem, ...searchOf(settings, seeds) };
}

/** Whether a setting was run as the rule has it: with the first seed, and with every one if it generalised with that. */
const isWhole = ({ records }: Setting): boolean => {
  const first = records.find(({ seed }) => seed === seeds[0]);
  return first !== undefined && (first.generalised === null || records.length === seeds.length);
};

/** Every search of a method that is kept in whole. */
export function keptSearches(records: readonly RunRecord[]): KeptSearch[] {
  return tuning.problems.flatMap(({ case: problem }) =>
    SEARCHED.map((algorithm) => searchIn(records, algorithm, problem))
  ).filter(({ settings }) => settings.every(isWhole));
}

/** `1.35×`: how much longer a setting of other problems takes than the best of the problem itself. */
const lossText = ({ score, best }: HeldOut): string =>
  score === Infinity ? NOTHING : `${integer(score)} (${(score / best).toPrecision(3)}×)`;

/**
 * One row a method: what the setting that is best on two problems comes to on the third.
 *
 * @param grid AdamW over its grid, a search a problem
 */
export function selfTuningMarkdown(found: readonly KeptSearch[], grid: readonly OnProblem[]): string {
  const problems = [...new Set(found.map(({ problem }) => problem))];
  const onGrid = problems.flatMap((problem) => grid.find((own) => own.problem === problem) ?? []);
  const methods: [string, readonly OnProblem[]][] = [
    ["adamw", onGrid],
    ...Map.groupBy(found, ({ algorithm }) => algorithm),
  ];
  const rows = methods.filter(([, own]) => own.length === problems.length).map(([algorithm, own]) => [
    `\`${algorithm}\``,
    ...leaveOneOut(own, seeds).map(lossText),
  ]);
  return markdownTable([["method", ...problems.map((problem) => `\`${problem}\``)], ...rows], {
    align: ["l", ...problems.map(() => "r")],
  });
}

/** One row a search: its own constants, and the best of all. */
export function searchesMarkdown(found: readonly KeptSearch[]): string {
  const head = ["problem", "method", "own constants", "best", "constants", "settings that generalised"];
  const rows = found.map(({ problem, algorithm, settings, best }) => [
    `\`${problem}\``,
    `\`${algorithm}\``,
    callsText(settings[0], seeds),
    best ? callsText(best, seeds) : NOTHING,
    best ? settingText(best.constants) : NOTHING,
    `${settings.filter((setting) => score(setting, seeds) < Infinity).length} of ${settings.length}`,
  ]);
  return markdownTable([head, ...rows], { align: ["l", "l", "r", "r", "l", "r"] });
}
