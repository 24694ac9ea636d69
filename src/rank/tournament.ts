import { observe, type Outline } from "../stats/observe.ts";
import { failureSensitivity, swissScores } from "../stats/swiss.ts";
import { winTable } from "../stats/win_table.ts";
import type { Field } from "./standings.ts";

/** What one method comes to in Swiss-system tournaments over the problems. */
export interface Played {
  readonly method: string;
  /** Mean number of rounds won, a round a problem. */
  readonly expectedWins: number;
  /** How fast they fall when the last are eliminated after each round: large where early failures cost much. */
  readonly sensitivity: number;
}

const timesOf = (runs: readonly Outline[]) =>
  new Map(runs.flatMap((run) => {
    const time = observe(run, "generalised", "gradientCalls", "start");
    return time ? [[run.seed, time] as const] : [];
  }));

/** The second overall order: of methods that have runs on every problem. */
export function tournamentsOf(fields: readonly Field[], methods: readonly string[]): Played[] {
  const table = winTable(
    new Map(
      fields.map(({ title, runs }) =>
        [title, new Map(methods.map((method) => [method, timesOf(runs[method])]))] as const
      ),
    ),
  );
  const sensitive = new Map(failureSensitivity(table).map(({ method, sensitivity }) => [method, sensitivity]));
  return swissScores(table).map((own) => ({ ...own, sensitivity: sensitive.get(own.method)! }));
}
