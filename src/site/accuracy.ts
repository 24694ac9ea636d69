import { median } from "simple-statistics";
import type { Role } from "../algorithms/algorithm.ts";
import type { RunRecord } from "../run/record/record.ts";
import type { BoardProblem, RankedRow } from "./site_data.ts";

/** Points of a band, evenly spread over the logarithm of gradient calls. */
const POINTS = 64;

/** Test accuracy of one method at given gradient calls, in thousandths: median over seeds, least and greatest; null after the end of all. */
export interface AccuracyBand {
  readonly method: string;
  readonly role: Role;
  readonly seeds: number;
  readonly median: readonly (number | null)[];
  readonly low: readonly (number | null)[];
  readonly high: readonly (number | null)[];
}

/** Test accuracies of all methods of a problem. */
export interface Accuracies {
  /** Test accuracy above which a run has generalised. */
  readonly threshold: number;
  readonly gradientCalls: readonly number[];
  /** In the order of the board. */
  readonly methods: readonly AccuracyBand[];
}

/** Logarithmic grid from the first evaluation after the start to the last of all runs. */
function gridOf(runs: readonly RunRecord[]): number[] {
  const calls = runs.flatMap(({ curve: { epochs } }) => epochs.gradientCalls).filter((x) => x !== null && x > 0);
  const [least, greatest] = [Math.min(...calls as number[]), Math.max(...calls as number[])];
  const ratio = (greatest / least) ** (1 / (POINTS - 1));
  return Array.from({ length: POINTS }, (_, i) => Math.round(least * ratio ** i));
}

/** Accuracy at the last evaluation up to each of `grid`, that of the end from there on; null before the first. */
function accuracyAt({ curve: { epochs } }: RunRecord, grid: readonly number[]): (number | null)[] {
  const { gradientCalls, testAccuracy } = epochs;
  let row = -1;
  return grid.map((calls) => {
    while (row + 1 < gradientCalls.length && gradientCalls[row + 1]! <= calls) row++;
    return row < 0 ? null : testAccuracy[row];
  });
}

/**
 * The band of one method, up to where its last run ends. A run that has ended counts on with its last value, as on the page
 * that compares runs: so the median crosses the threshold where the run in the middle does.
 */
function bandOf({ method, role, runs }: RankedRow, grid: readonly number[]): AccuracyBand {
  const curves = runs.map((run) => accuracyAt(run, grid));
  const end = Math.max(...runs.map(({ curve: { epochs } }) => epochs.gradientCalls.at(-1) ?? 0));
  const at = (of: (values: number[]) => number) =>
    grid.map((calls, i) => {
      const values = curves.map((curve) => curve[i]).filter((y) => y !== null);
      return calls > end || values.length === 0 ? null : Math.round(1000 * of(values));
    });
  return {
    method,
    role,
    seeds: runs.length,
    median: at(median),
    low: at((values) => Math.min(...values)),
    high: at((values) => Math.max(...values)),
  };
}

/** Test accuracies over gradient calls of every method of a problem; null without runs. */
export function accuraciesOf({ rows }: BoardProblem): Accuracies | null {
  const shown = rows.filter(({ runs }) => runs.length > 0);
  const runs = shown.flatMap((row) => row.runs);
  if (runs.length === 0) return null;
  const gradientCalls = gridOf(runs);
  return {
    threshold: runs[0].config.generalisedAbove,
    gradientCalls,
    methods: shown.map((row) => bandOf(row, gradientCalls)),
  };
}
