import type { Algorithm } from "../algorithms/algorithm.ts";
import type { Catalogue } from "../catalogue/catalogue.ts";
import { TUNED_BASELINE } from "../declare/baseline.ts";
import type { SearchedOn } from "../declare/tuning.ts";
import type { RunRecord } from "../run/record/record.ts";
import { resolve } from "../run/trial.ts";
import type { Comparison } from "../stats/comparison.ts";
import { outside } from "../stats/interval.ts";
import { timesOf } from "../stats/times.ts";
import { cellOfTrial } from "../table/cell.ts";
import { type CellRuns, tableOf } from "../table/table.ts";
import type { Found } from "../tune/searches.ts";
import { over } from "./fresh_seeds.ts";

/** What came of a method on one problem. */
export interface EnteredOn extends Omit<Found, "algorithm"> {
  /** At what was found, on fresh seeds. */
  readonly own: readonly RunRecord[];
  /** Its control there with what it has of these constants; null for who has none. */
  readonly control: readonly RunRecord[] | null;
  /** Methods that have had the same search, see {@linkcode knownOn}. */
  readonly known: readonly CellRuns[];
}

/** A method of somebody's own after the search that all have, measured on fresh seeds. */
export interface Entered {
  readonly algorithm: Algorithm;
  /** Its file, as it was named. */
  readonly file: string;
  /** Where records of others were looked for, as it is named. */
  readonly beside: string;
  readonly engine: string;
  /** Runs that the search on one problem was allowed. */
  readonly budget: number;
  readonly tuningSeeds: readonly number[];
  readonly seeds: readonly number[];
  readonly problems: readonly EnteredOn[];
  /** Every run that this rests on. */
  readonly records: readonly RunRecord[];
}

/**
 * The tuned baseline, and the methods whose search is kept, at what it has found: as far as records of them on these seeds are
 * there.
 */
export function knownOn(
  catalogue: Catalogue,
  { case: id, measured }: SearchedOn,
  { seeds, engine }: Pick<Entered, "seeds" | "engine">,
  records: readonly RunRecord[],
): CellRuns[] {
  const table = tableOf(catalogue, records.filter(({ seed }) => seeds.includes(seed)));
  const searches = { [TUNED_BASELINE]: { found: {} }, ...catalogue.tuning.searches[id] };
  return Object.entries(searches).flatMap(([algorithm, { found }]) => {
    const spec = { case: id, overrides: { ...found, ...measured }, algorithm, seed: 0, engine };
    const there = table.at(cellOfTrial(catalogue, resolve(catalogue, spec)).key);
    return there && !there.cell.untuned ? [there] : [];
  });
}

/** What a paired comparison says of a method: it is faster or slower than the other, or they were not told apart. */
export type Verdict = "faster" | "slower" | "tie" | "too few seeds";

/** A ratio tells two apart where its interval leaves 1 out, and they are further apart than one evaluation. */
export function verdictOf(found: Comparison | null): Verdict {
  if (!found?.interval) return "too few seeds";
  if (found.withinOneEvaluation || !outside(found.interval, 1)) return "tie";
  return found.interval.low > 1 ? "faster" : "slower";
}

/** One of those that are ranked; the method itself is over nobody. */
export interface Placed {
  readonly name: string;
  readonly settings: CellRuns["cell"]["settings"];
  readonly records: readonly RunRecord[];
  /** How many times as fast as this one the method is. */
  readonly over: Comparison | null;
  readonly isOwn: boolean;
}

/** Medians in order: those that were reached, then bounds, then those who never get there. */
function byMedian(a: Placed, b: Placed): number {
  const [[late, first], [later, second]] = [a, b].map(({ records }) => {
    const median = timesOf(records, "generalised", "start").gradientCalls;
    return median && Number.isFinite(median.value) ? [Number(median.relation === ">="), median.value] : [2, 0];
  });
  return late - later || first - second;
}

/** A method among those that are known, by the median of the gradient calls; of equals the known one first. */
export function ranked({ id }: Algorithm, { search, own, known }: EnteredOn): Placed[] {
  const others = known.map(({ cell: { algorithm, settings }, records }) => (
    { name: algorithm, settings, records, over: over(records, own), isOwn: false }
  ));
  const settings = search.best?.constants ?? {};
  return [...others, { name: id, settings, records: own, over: null, isOwn: true }].sort(byMedian);
}
