import { mean, median, standardDeviation } from "simple-statistics";
import type { Stream } from "../../src/data/stream.ts";
import type { Observation } from "../../src/stats/kaplan_meier.ts";
import type { CellSample } from "./cell_sample.ts";
import rounding from "./rounding.json" with { type: "json" };
import { type RoundedCell, sharesByCase } from "./rounding_pairs.ts";

/** What one night brings of one cell. */
export interface Draw {
  readonly reference: readonly Observation[];
  /** New runs, one at a time, as many as are asked for. */
  next(): Observation;
  /** Where seeds are the same: the run of the reference's k-th seed by new arithmetic, and a new seed under both codes. */
  readonly paired?: {
    again(k: number): Observation;
    both(): readonly [expected: Observation, fresh: Observation];
  };
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
 * `paired measured`: as the following, each cell at what `gate:rounding` has measured of its case (`rounding.json`), or at
 * the least of what was measured.
 *
 * `paired 0.35`: the night runs the seeds of the reference by other arithmetic, and what is flagged on new seeds under both
 * codes. Log times of a cell are normal with the mean and the spread of the runs that there are, those of one seed correlate
 * at 0.35, and as large a share as there lies beyond the budget.
 *
 * Source: Silverman & Young 1987, Biometrika 74:469 (the smoothed bootstrap).
 */
export type Scheme = "resampled" | "redrawn" | "paired measured" | `paired ${number}`;
/** Correlations of one seed's log times that a change of the arithmetic may leave. */
const CORRELATIONS = [0, 0.35, 0.7, 0.95];
export const SCHEMES: readonly Scheme[] = [
  "resampled",
  "redrawn",
  "paired measured",
  ...CORRELATIONS.map((r): Scheme => `paired ${r}`),
];

/** Deals cell number i. */
type Deal = (i: number, random: Stream) => Draw;

const logTimes = ({ sample }: CellSample) => sample.filter((o) => !o.censored).map((o) => Math.log(o.time));

/** Spread of log times; a cell of one or two events has the one that is usual among the others. */
function spreadsOf(cells: readonly CellSample[]): number[] {
  const spreads = cells.map((cell) => {
    const logs = logTimes(cell);
    return logs.length > 2 ? standardDeviation(logs) : null;
  });
  const known = spreads.filter((s) => s !== null);
  const usual = known.length ? median(known) : 0;
  return spreads.map((spread) => spread ?? usual);
}

/** Width of the noise in log time. */
const widthsOf = (cells: readonly CellSample[]): number[] =>
  spreadsOf(cells).map((spread, i) => 1.06 * spread * cells[i].sample.length ** -0.2);

function smoothed({ sample, budget }: CellSample, width: number, random: Stream): Observation {
  const run = sample[random.integer(sample.length)];
  if (run.censored) return run;
  const time = run.time * Math.exp(width * random.normal());
  return time > budget ? { time: budget, censored: true } : { time, censored: false };
}

/** Of a case that was not measured, the least of those that were. */
function measured(cells: readonly CellSample[]): number[] {
  const shares = sharesByCase(rounding as readonly RoundedCell[]);
  const least = Math.min(...shares.values());
  return cells.map(({ name }) => shares.get(name.split(" ")[0]) ?? least);
}

/** Pairs of one seed whose log times correlate at an r of each cell. */
function pairing(cells: readonly CellSample[], correlations: readonly number[]): Deal {
  const spreads = spreadsOf(cells);
  return (i, random) => {
    const r = correlations[i];
    const { sample, budget } = cells[i];
    const logs = logTimes(cells[i]);
    const [share, middle] = [logs.length / sample.length, logs.length ? mean(logs) : 0];
    const run = (z: number, reached: boolean): Observation => {
      const time = Math.exp(middle + spreads[i] * z);
      return !reached || time > budget ? { time: budget, censored: true } : { time, censored: false };
    };
    const partner = (z: number) => r * z + Math.sqrt(1 - r * r) * random.normal();
    const reaches = () => random.uniform() < share;
    const seeds = sample.map(() => ({ z: random.normal(), reached: reaches() }));
    // Whether a seed gets there at all it keeps, in that share of cases in which it keeps its time.
    const keeps = (reached: boolean) => random.uniform() < r ? reached : reaches();
    const next = () => run(random.normal(), reaches());
    return {
      reference: seeds.map(({ z, reached }) => run(z, reached)),
      next,
      paired: {
        again: (k) => run(partner(seeds[k].z), keeps(seeds[k].reached)),
        both() {
          const [z, reached] = [random.normal(), reaches()];
          return [run(z, reached), run(partner(z), keeps(reached))];
        },
      },
    };
  };
}

const UNPAIRED: Readonly<Record<"resampled" | "redrawn", (cells: readonly CellSample[]) => Deal>> = {
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

/** How a scheme deals the cells of its nights. */
export function dealOf(scheme: Scheme, cells: readonly CellSample[]): Deal {
  if (scheme === "resampled" || scheme === "redrawn") return UNPAIRED[scheme](cells);
  if (scheme === "paired measured") return pairing(cells, measured(cells));
  return pairing(cells, cells.map(() => Number(scheme.slice("paired ".length))));
}
