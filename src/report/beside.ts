import type { Catalogue } from "../catalogue/catalogue.ts";
import { BASELINE, TUNED_BASELINE } from "../declare/baseline.ts";
import type { Run } from "../run/record/record.ts";
import { methodText, problemText } from "../table/cell.ts";
import { type CellRuns, SampleTable, tableOf } from "../table/table.ts";
import { allThere, type Asked } from "./leaderboard.ts";

/** The seeds and records of a cell, and those of the same cell elsewhere; where both have a seed, the first count. */
function joined<R extends Run>(own: Asked<R>, others: CellRuns<R>): Asked<R> {
  const fresh = others.records.filter(({ seed }) => !own.seeds.includes(seed));
  const records = [...own.records, ...fresh].sort((a, b) => a.seed - b.seed);
  return { ...own, records, seeds: [...own.seeds, ...fresh.map(({ seed }) => seed)] };
}

/** Cells with those of other records of the same problems beside them, problem by problem. */
export function withOthers<R extends Run>(
  catalogue: Catalogue,
  cells: readonly Asked<R>[],
  records: readonly R[],
): Asked<R>[] {
  const others = tableOf(catalogue, records);
  const keys = new Set(cells.map(({ cell }) => cell.key));
  const order = catalogue.algorithms.map(({ id }) => id);
  const rows = others.rows.toSorted((a, b) => order.indexOf(a.cell.algorithm) - order.indexOf(b.cell.algorithm));
  return [...Map.groupBy(cells, ({ cell }) => cell.problem)].flatMap(([problem, own]) => [
    ...own.map((each) => {
      const elsewhere = others.at(each.cell.key);
      return elsewhere ? joined(each, elsewhere) : each;
    }),
    ...allThere(rows.filter(({ cell }) => cell.problem === problem && !keys.has(cell.key))),
  ]);
}

/** What a ratio of a cell is over, and is not there. */
export interface MissingPartner {
  readonly own: Asked;
  readonly partner: string;
  readonly ratio: "speedup" | "attribution";
}

/** The baselines and controls that cells lack on their problem: without them a ratio is a dash. */
export function missingPartners(cells: readonly Asked[]): MissingPartner[] {
  const table = new SampleTable(cells);
  return cells.flatMap((own) => {
    const { algorithm } = own.cell;
    const wanted = algorithm === TUNED_BASELINE ? [] : [[BASELINE, "speedup"], [own.control, "attribution"]] as const;
    return wanted.flatMap(([partner, ratio]) =>
      partner === null || partner === algorithm || table.beside(own, partner) ? [] : [{ own, partner, ratio }]
    );
  });
}

/** One line a problem that says which ratios cannot be given, and how they could be. */
export function missingText(
  { algorithms }: Pick<Catalogue, "algorithms">,
  missing: readonly MissingPartner[],
  folderWith: (one: MissingPartner) => string | null,
): string[] {
  return [...Map.groupBy(missing, ({ own }) => own.cell.problem).values()].map((all) => {
    const { own: { cell, seeds } } = all[0];
    const methods = [...new Set(all.map(({ own }) => methodText(own.cell)))].join(", ");
    const needs = all.map(({ partner, ratio, own }) =>
      ratio === "speedup" ? `speedup needs ${partner}` : `attribution of ${own.cell.algorithm} its control ${partner}`
    );
    const partners = [...new Set(all.map(({ partner }) => partner))];
    const theirs = algorithms.filter(({ id }) => partners.includes(id)).flatMap(({ fields }) => Object.keys(fields));
    const settings = Object.entries(cell.settings).filter(([name]) => theirs.includes(name));
    const sets = [...Object.entries(cell.variant), ...settings].map(([name, value]) => ` --set '${name}=${value}'`);
    const command = `deno task bench -c ${cell.case}${sets.join("")} -a ${partners.join(",")} -s ${seeds.join(",")}`;
    const folder = all.map(folderWith).find((found) => found !== null);
    const other = folder ? `, or --with ${folder}` : "";
    return `${problemText(cell)} ${methods}: ${[...new Set(needs)].join(", ")}: ${command}${other}`;
  });
}
