import type { Catalogue } from "../catalogue/catalogue.ts";
import type { Values } from "../declare/field.ts";
import type { Run } from "../run/record/record.ts";
import { type Cell, problemText } from "../table/cell.ts";
import type { CellRuns, SampleTable } from "../table/table.ts";

/** Who is ranked on a problem: one row an algorithm. */
export interface Contest<R extends Run> {
  readonly title: string;
  readonly entrants: readonly CellRuns<R>[];
}

/** Whether a cell has the constants that a search found, and its own for the rest. */
const hasFound = ({ hyper, settings }: Cell, found: Values): boolean =>
  Object.entries(found).every(([name, value]) => hyper[name] === value) &&
  Object.keys(settings).every((name) => name in found);

/**
 * Whether a cell is how its algorithm takes part: at what its search on the case found, or at its own constants where nothing
 * was found. What was not searched like the others takes no part, baselines aside.
 */
function takesPart({ tuning, algorithms }: Catalogue, cell: Cell): boolean {
  const algorithm = algorithms.find(({ id }) => id === cell.algorithm);
  // What was found on a problem was found on it as it is: of another share of data, say, nothing is tuned.
  if (!algorithm || algorithm.role === "ablation" || cell.untuned || Object.keys(cell.variant).length) return false;
  if (!(cell.case in tuning.searches)) return false;
  const searched = tuning.searches[cell.case][cell.algorithm];
  if (!searched && algorithm.role !== "baseline") return false;
  return hasFound(cell, searched?.found ?? {});
}

/** Problem by problem who takes part, as far as there are records; problems with one entrant are no contest. */
export const contestsOf = <R extends Run>(catalogue: Catalogue, table: SampleTable<CellRuns<R>>): Contest<R>[] =>
  table.problems().map((rows) => ({
    title: problemText(rows[0].cell),
    entrants: rows.filter(({ cell }) => takesPart(catalogue, cell)),
  })).filter(({ entrants }) => entrants.length > 1);
