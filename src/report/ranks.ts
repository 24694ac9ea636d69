import type { Catalogue } from "../catalogue/catalogue.ts";
import { valuesText } from "../declare/field.ts";
import { type Costs, costsOf } from "../rank/costs.ts";
import { type Contest, contestsOf } from "../rank/entrants.ts";
import { type Duel, type Field, type Standing, standingsOf } from "../rank/standings.ts";
import { type Played, tournamentsOf } from "../rank/tournament.ts";
import type { Run } from "../run/record/record.ts";
import type { Outline } from "../stats/observe.ts";
import type { CellRuns, SampleTable } from "../table/table.ts";
import { commonSeeds } from "./leaderboard.ts";

/** One method on one problem, at its constants. */
export interface CostRow extends Costs {
  readonly problem: string;
  readonly method: string;
  readonly constants: string;
}

/** Everything that is said of the ranks. */
export interface Ranks {
  readonly problems: readonly string[];
  readonly standings: readonly Standing[];
  readonly duels: readonly Duel[];
  readonly played: readonly Played[];
  readonly costs: readonly CostRow[];
}

/** Which crossing counts. */
type Seen = (run: Run) => Outline;

/** Everybody on the seeds that all of a problem have, those with hardly any aside: medians of other seeds are other problems. */
function onCommonSeeds({ title, entrants }: Contest<Run>): Contest<Run> {
  const common = commonSeeds(entrants);
  const kept = entrants.map((own) => ({ ...own, records: own.records.filter(({ seed }) => common.includes(seed)) }));
  return { title, entrants: kept.filter(({ records }) => records.length > 0) };
}

const fieldOf = ({ title, entrants }: Contest<Run>, seen: Seen): Field => ({
  title,
  runs: Object.fromEntries(entrants.map(({ cell, records }) => [cell.algorithm, records.map(seen)])),
});

/** Problem by problem, the cheapest in gradient calls first. */
async function costRows(catalogue: Catalogue, { title, entrants }: Contest<Run>, seen: Seen): Promise<CostRow[]> {
  const rows: CostRow[] = [];
  for (const own of entrants) {
    const { algorithm, settings } = own.cell;
    const constants = valuesText(settings) || "its own";
    rows.push({ problem: title, method: algorithm, constants, ...await costsOf(catalogue, own, seen) });
  }
  const calls = ({ gradientCalls }: CostRow) => gradientCalls?.value ?? Infinity;
  return rows.sort((a, b) => calls(a) - calls(b));
}

/**
 * The ranks of the methods that take part in a table, and what each of them took.
 *
 * @param seen by which crossing a run is told
 * @returns null where no two methods take part in anything
 */
export async function ranksOf(
  catalogue: Catalogue,
  table: SampleTable<CellRuns<Run>>,
  seen: Seen,
): Promise<Ranks | null> {
  const contests = contestsOf(catalogue, table).map(onCommonSeeds);
  if (contests.length === 0) return null;
  const fields = contests.map((contest) => fieldOf(contest, seen));
  const { standings, duels } = standingsOf(fields);
  const played = tournamentsOf(fields, standings.map(({ method }) => method));
  const costs: CostRow[] = [];
  for (const contest of contests) costs.push(...await costRows(catalogue, contest, seen));
  return { problems: fields.map(({ title }) => title), standings, duels, played, costs };
}
