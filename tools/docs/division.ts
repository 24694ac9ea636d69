import { markdownTable } from "markdown-table";
import { catalogue } from "../../bench/mod.ts";
import { METHODS } from "../../bench/profiles/methods.ts";
import { BASELINE } from "../../src/declare/baseline.ts";
import { allThere, leaderboardOf, type Row } from "../../src/report/leaderboard.ts";
import { problemText } from "../../src/table/cell.ts";
import { tableOf } from "../../src/table/table.ts";
import { estimate, NOTHING, ratioWithInterval, restsOn } from "../../src/text.ts";
import { keptRecords } from "../kept.ts";
import type { Comparison } from "../../src/stats/comparison.ts";

const CASES = ["div97", "div97-smallinit"];
/** A form on which fewer methods were run than these says nothing about them. */
const LEAST_METHODS = 3;

/** One form of the paper's division, under every method that it was run with. */
export interface DivisionForm {
  readonly title: string;
  readonly rows: readonly Row[];
}

/** Every form that the repository keeps whose baseline generalises and on which methods were run. @throws {Error} */
export function divisionForms(): DivisionForm[] {
  const records = keptRecords("paper", "study").filter((record) => CASES.includes(record.case));
  const rows = leaderboardOf(allThere(tableOf(catalogue, records).rows)).filter(({ settings }) => !settings);
  const problems = [...Map.groupBy(rows, ({ cell }) => cell.problem).values()];
  return problems
    .filter((own) => own.length >= LEAST_METHODS)
    .filter((own) => own.some(({ algorithm, grokked }) => algorithm === BASELINE && grokked > 0))
    .map((own) => ({ title: problemText(own[0].cell), rows: own }));
}

/** `3/5, 2.71× (n = 2)`: runs that generalised, and a ratio where there is one. */
function cell(row: Row | undefined, of: (row: Row) => Comparison | null): string {
  if (!row) return NOTHING;
  const found = of(row);
  const ratio = ratioWithInterval(found);
  const n = found ? restsOn(found.pairs, row.seeds.length) : "";
  return `${row.grokked}/${row.seeds.length}, ${ratio}${n && ratio !== NOTHING ? ` (${n})` : ""}`;
}

/** Forms side by side: the baseline's epochs, then each method's outcome and ratio. */
export function divisionMarkdown(forms: readonly DivisionForm[], of: (row: Row) => Comparison | null): string {
  const rowOf = ({ rows }: DivisionForm, id: string) => rows.find(({ algorithm }) => algorithm === id);
  const baseline = forms.map((form) => {
    const row = rowOf(form, BASELINE)!;
    return `${row.grokked}/${row.seeds.length}, ${estimate(row.generalise.epochs)} epochs`;
  });
  const ids = METHODS.filter((id) => id !== BASELINE && forms.some((form) => rowOf(form, id)));
  const rows = ids.map((id) => [`\`${id}\``, ...forms.map((form) => cell(rowOf(form, id), of))]);
  const head = ["", ...forms.map(({ title }) => `\`${title}\``)];
  const align = ["l", ...forms.map(() => "r")];
  return markdownTable([head, [`\`${BASELINE}\``, ...baseline], ...rows], { align });
}

/** The two tables of docs/findings.md. */
export const divisionTables = (forms = divisionForms()): readonly [string, string][] => [
  ["speedup over `adamw`", divisionMarkdown(forms, (row) => row.speedup)],
  ["attribution over the control", divisionMarkdown(forms, (row) => row.attribution)],
];

if (import.meta.main) console.log(divisionTables().map(([title, table]) => `${title}\n\n${table}`).join("\n\n"));
