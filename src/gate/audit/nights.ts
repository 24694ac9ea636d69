import { type Stream, stream } from "../../data/stream.ts";
import type { Observation } from "../../stats/kaplan_meier.ts";
import { type Effort, screenTimes, seedsToConfirm, type Times } from "../screen.ts";
import { decide } from "../verdict.ts";

/** A cell as the simulation sees it: the times of its seeds, and how many new runs a night brings. */
export interface CellSample {
  readonly name: string;
  readonly sample: readonly Observation[];
  readonly fresh: number;
}

/** What one night brings of one cell. */
interface Draw {
  readonly reference: readonly Observation[];
  /** New runs, one at a time, as many as are asked for. */
  next(): Observation;
}

/** How honest nights are made of the runs that there are. */
export type Scheme = "resampled" | "split";

/**
 * `resampled`: new runs are drawn from the reference with replacement. `split`: the cell's runs are dealt out, some stay
 * reference and the others are the new runs, so that both are honest seeds of the same distribution; when the new ones
 * are used up, further ones are drawn from all of them.
 */
const DEALS: Readonly<Record<Scheme, (cell: CellSample, random: Stream) => Draw>> = {
  resampled: ({ sample }, random) => ({ reference: sample, next: () => sample[random.integer(sample.length)] }),
  split: ({ sample, fresh }, random) => {
    const dealt = Array.from(random.permutation(sample.length), (i) => sample[i]);
    const taken = Math.min(fresh, Math.floor(sample.length / 2));
    const [now, reference] = [dealt.slice(0, taken), dealt.slice(taken)];
    return { reference, next: () => now.pop() ?? sample[random.integer(sample.length)] };
  },
};

/** A run that takes `factor` times as long, given up where it would have been. */
function slowed(observation: Observation, factor: number, budget: number): Observation {
  if (observation.censored) return observation;
  const time = observation.time * factor;
  return time > budget ? { time: budget, censored: true } : { time, censored: false };
}

/** End of the follow-up of a cell, from its censored runs; runs that all got there were followed as long as it takes. */
const budgetOf = (sample: readonly Observation[]) => Math.min(...sample.filter((o) => o.censored).map((o) => o.time));

const many = (n: number, next: () => Observation) => Array.from({ length: n }, next);

/** Fewer permutations and resamples than the gate takes: thousands of nights have to be lived through. */
const EFFORT: Effort = { permutations: 4000, seed: 0 };
const RESAMPLES = 200;

/** One night: the screen over all cells, fresh seeds for what it flags, and the verdict `drift` by cell. */
function night(cells: readonly CellSample[], draws: readonly Draw[], shift: (cell: number) => number): boolean[] {
  const next = (i: number) => {
    const budget = budgetOf(cells[i].sample);
    return () => slowed(draws[i].next(), shift(i), budget);
  };
  const screened: Times[] = cells.map(({ fresh }, i) => ({
    reference: draws[i].reference,
    screen: many(fresh, next(i)),
    confirm: [],
  }));
  const { shifts } = screenTimes(screened, EFFORT);
  const flagged = shifts.filter((s) => s.flagged).length;
  if (flagged === 0) return cells.map(() => false);
  const confirmed = screened.map((times, i) => {
    if (!shifts[i].flagged) return times;
    const seeds = seedsToConfirm(times.reference.length, times.screen.length, flagged);
    return { ...times, confirm: many(seeds, next(i)) };
  });
  const second = screenTimes(confirmed, EFFORT).shifts;
  return confirmed.map((times, i) => second[i].confirmed && decide(times, second[i], RESAMPLES).verdict === "drift");
}

/** Nights in which nothing has changed, and those of them that the gate called drift. */
export function falseAlarms(cells: readonly CellSample[], nights: number, scheme: Scheme): number {
  const random = stream(0, `nights/${scheme}`);
  let alarms = 0;
  for (let n = 0; n < nights; n++) {
    const draws = cells.map((cell) => DEALS[scheme](cell, random));
    if (night(cells, draws, () => 1).some(Boolean)) alarms++;
  }
  return alarms;
}

/** Share of nights in which a shift of one cell, another one each night, is called drift there. */
export function power(cells: readonly CellSample[], nights: number, factor: number): number {
  const random = stream(0, `power/${factor}`);
  const able = cells.flatMap(({ sample }, i) => sample.some((o) => !o.censored) ? [i] : []);
  let seen = 0;
  for (let n = 0; n < nights; n++) {
    const target = able[n % able.length];
    const draws = cells.map((cell) => DEALS.resampled(cell, random));
    if (night(cells, draws, (i) => i === target ? factor : 1)[target]) seen++;
  }
  return seen / nights;
}
