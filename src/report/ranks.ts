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

/** Who stands where, and who is told apart from whom. */
export interface Order {
  readonly problems: readonly string[];
  readonly standings: readonly Standing[];
  readonly duels: readonly Duel[];
}

/** Everything that is said of the ranks. */
export interface Ranks extends Order {
  readonly played: readonly Played[];
  readonly costs: readonly CostRow[];
}

/** Which crossing counts. */
type Seen = (run: Run) => Outline;

/**
 * Who was run on all the seeds that the others have: medians of other seeds are of other problems. Who lacks one of them takes
 * no part; cells with hardly any seeds do not decide which these are.
 */
function onCommonSeeds({ title, entrants }: Contest<Run>): Contest<Run> {
  const common = commonSeeds(entrants);
  const kept = entrants.filter(({ records }) => common.every((seed) => records.some((run) => run.seed === seed)));
  return {
    title,
    entrants: common.length === 0 ? [] : kept.map((own) => ({
      ...own,
      records: own.records.filter(({ seed }) => common.includes(seed)),
    })),
  };
}

/** The least budget of anybody, in gradient calls: who had more is looked at as far as that, or a loss would be no loss. */
function leastBudget(entrants: readonly CellRuns<Run>[]): number {
  const budgets = entrants.flatMap(({ records }) =>
    records.filter(({ epochs }) => epochs > 0).map(({ config, gradientCalls, epochs }) =>
      config.maxEpochs * gradientCalls / epochs
    )
  );
  return Math.min(...budgets);
}

/** A run seen no further than so many gradient calls. */
function within(limit: number, run: Outline): Outline {
  if (run.generalised && run.generalised.gradientCalls <= limit) return run;
  if (run.status === "diverged" || run.gradientCalls <= limit) return run;
  return { ...run, generalised: null, status: "censored", gradientCalls: limit };
}

function fieldOf({ title, entrants }: Contest<Run>, seen: Seen): Field {
  const limit = leastBudget(entrants);
  const runs = entrants.map(({ cell, records }) => [cell.algorithm, records.map((run) => within(limit, seen(run)))]);
  return { title, runs: Object.fromEntries(runs) };
}

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

/** Contests as they are looked at: common seeds, and no further than the least budget. */
function fieldsOf(catalogue: Catalogue, table: SampleTable<CellRuns<Run>>, seen: Seen) {
  const contests = contestsOf(catalogue, table).map(onCommonSeeds).filter(({ entrants }) => entrants.length > 1);
  return { contests, fields: contests.map((contest) => fieldOf(contest, seen)) };
}

/** The order of fields; null where no two methods take part in anything. */
function orderOf(fields: readonly Field[]): Order | null {
  const { standings, duels } = standingsOf(fields);
  return standings.length < 2 ? null : { problems: fields.map(({ title }) => title), standings, duels };
}

/** The order of the methods that take part in a table alone, without tournaments and costs. */
export const orderIn = (catalogue: Catalogue, table: SampleTable<CellRuns<Run>>, seen: Seen): Order | null =>
  orderOf(fieldsOf(catalogue, table, seen).fields);

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
  const { contests, fields } = fieldsOf(catalogue, table, seen);
  const order = orderOf(fields);
  if (!order) return null;
  const played = tournamentsOf(fields, order.standings.map(({ method }) => method));
  const costs: CostRow[] = [];
  for (const contest of contests) costs.push(...await costRows(catalogue, contest, seen));
  return { ...order, played, costs };
}
