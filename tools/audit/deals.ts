import { median, standardDeviation } from "simple-statistics";
import type { Stream } from "../../src/data/stream.ts";
import type { Observation } from "../../src/stats/kaplan_meier.ts";
import type { CellSample } from "./cell_sample.ts";

/** What one night brings of one cell. */
export interface Draw {
  readonly reference: readonly Observation[];
  /** New runs, one at a time, as many as are asked for. */
  next(): Observation;
}

/**
 * How honest nights are made of the runs that there are.
 *
 * `resampled`: the reference is as it is and taken for the truth; new runs are drawn from it. That a reference of few
 * seeds is itself off, which every later night then suffers from, does not show.
 *
 * `redrawn`: reference and new runs are both drawn anew each night, from a smoothed bootstrap of the runs that there are
 * (a run at random, its log time moved by normal noise of Silverman's width). Both are then honest seeds of one
 * distribution, without ties that would make the tests blunt: the rate over all references that one could have had.
 *
 * Source: Silverman & Young 1987, Biometrika 74:469 (the smoothed bootstrap).
 */
export type Scheme = "resampled" | "redrawn";
export const SCHEMES: readonly Scheme[] = ["resampled", "redrawn"];

/** Deals cell number i. */
type Deal = (i: number, random: Stream) => Draw;

const logTimes = ({ sample }: CellSample) => sample.filter((o) => !o.censored).map((o) => Math.log(o.time));

/** Width of the noise in log time; a cell of one or two events has the spread that is usual among the others. */
function widthsOf(cells: readonly CellSample[]): number[] {
  const spreads = cells.map((cell) => {
    const logs = logTimes(cell);
    return logs.length > 2 ? standardDeviation(logs) : null;
  });
  const known = spreads.filter((s) => s !== null);
  const usual = known.length ? median(known) : 0;
  return cells.map(({ sample }, i) => 1.06 * (spreads[i] ?? usual) * sample.length ** -0.2);
}

function smoothed({ sample, budget }: CellSample, width: number, random: Stream): Observation {
  const run = sample[random.integer(sample.length)];
  if (run.censored) return run;
  const time = run.time * Math.exp(width * random.normal());
  return time > budget ? { time: budget, censored: true } : { time, censored: false };
}

export const DEALS: Readonly<Record<Scheme, (cells: readonly CellSample[]) => Deal>> = {
  resampled: (cells) => (i, random) => {
    const { sample } = cells[i];
    return { reference: sample, next: () => sample[random.integer(sample.length)] };
  },
  redrawn(cells) {
    const widths = widthsOf(cells);
    return (i, random) => {
      const next = () => smoothed(cells[i], widths[i], random);
      return { reference: Array.from(cells[i].sample, next), next };
    };
  },
};
