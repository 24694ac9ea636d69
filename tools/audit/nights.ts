import { type Stream, stream } from "../../src/data/stream.ts";
import type { Observation } from "../../src/stats/kaplan_meier.ts";
import { smallestP } from "../../src/stats/permutation.ts";
import { clopperPearson } from "../../src/stats/proportion.ts";
import type { Interval } from "../../src/stats/interval.ts";
import * as limits from "../../src/gate/limits.ts";
import { commonFollowUp } from "../../src/gate/observations.ts";
import {
  type Effort,
  FULL,
  type Screening,
  screenTimes,
  seedsToConfirmLaw,
  type Times,
} from "../../src/gate/screen.ts";
import { isExact, logRatios } from "../../src/gate/pairs.ts";
import { decide } from "../../src/gate/verdict.ts";
import type { CellSample } from "./cell_sample.ts";
import { decideLaws, type SweepDecision } from "./law_nights.ts";
import { dealOf, type Draw, type Scheme } from "./deals.ts";

/** A share of nights, with its exact 95 % interval. */
export interface Rate {
  readonly nights: number;
  readonly hits: number;
  readonly rate: number;
  readonly interval: Interval;
}

/** The same over all cells, and in each of them. */
export interface Power extends Rate {
  readonly byCell: readonly { readonly name: string; readonly nights: number; readonly hits: number }[];
}

const rateOf = (hits: number, nights: number): Rate => ({
  nights,
  hits,
  rate: hits / nights,
  interval: clopperPearson(hits, nights, 0.95),
});

/** What the audit needs of the gate's limits; a test puts others in their place. */
export interface Procedure {
  readonly screen: (cells: readonly Times[]) => Screening;
  /** Whether a confirmed cell is called drift. */
  readonly drifts: (times: Times, shift: Screening["shifts"][number]) => boolean;
  readonly laws: (cells: readonly CellSample[], times: readonly Times[]) => readonly SweepDecision[];
}

/** A run that takes `factor` times as long, given up at the end of its budget. */
function slowed(observation: Observation, factor: number, budget: number): Observation {
  if (observation.censored) return observation;
  const time = observation.time * factor;
  return time > budget ? { time: budget, censored: true } : { time, censored: false };
}

const many = (n: number, next: () => Observation) => Array.from({ length: n }, next);

/** Ways to deal out the labels of two samples. */
const dealings = (n: number, m: number) => (n === m ? 2 : 1) / smallestP(n, m);

/**
 * The gate's screen with its full number of permutations, as far as that matters.
 *
 * Cells with no more dealings than permutations are tested exactly, whatever their number. The omnibus test draws its
 * dealings from one seeded stream, so fewer are the beginning of more: once there are more hits than p ≤ 0.01 of 10,000
 * allows, the rest cannot change what is decided. Most nights need a tenth of the work.
 */
export function screenAsDecided(cells: readonly Times[]): Screening {
  const sizes = cells.flatMap(({ reference, screen, confirm }) =>
    [screen, confirm].filter((fresh) => fresh.length && reference.length).map((fresh) =>
      dealings(reference.length, fresh.length)
    )
  );
  const listed = Math.ceil(Math.max(500, ...sizes.filter((size) => size <= FULL.permutations)) * (1 + 1e-9));
  // Dealings of a cell that are too many for the gate must be as many and the same as there.
  const drawn = sizes.some((size) => size > FULL.permutations);
  if (!drawn && listed < FULL.permutations) {
    const effort: Effort = { ...FULL, permutations: listed };
    const screening = screenTimes(cells, effort);
    const hits = Math.round((screening.omnibus ?? 1) * (listed + 1)) - 1;
    if (hits + 1 > limits.OMNIBUS * (FULL.permutations + 1)) return screening;
  }
  return screenTimes(cells, FULL);
}

/** Drift depends on the ratio and not on its interval, so its resamples can be few. */
const RESAMPLES = 10;

export const GATE: Procedure = {
  screen: screenAsDecided,
  drifts: (times, shift) => decide(times, shift, RESAMPLES).verdict === "drift",
  laws: decideLaws,
};

/** As the gate compares samples: cut to the same follow-up. */
function cut({ reference, screen, confirm, pairs }: Times): Times {
  const [before, now, again] = commonFollowUp([reference, screen, confirm]);
  return { reference: before, screen: now, confirm: again, pairs };
}

/** What a night runs of a cell before anything is flagged; where seeds are the same, no more than the reference has. */
function firstLook({ reference, next, paired }: Draw, fresh: number, slow: (o: Observation) => Observation): Times {
  if (!paired) return { reference, screen: many(fresh, () => slow(next())), confirm: [] };
  const pairs = reference.slice(0, fresh).map((expected, k) => [expected, slow(paired.again(k))] as const);
  const screen = logRatios(pairs);
  return {
    reference,
    screen: pairs.map(([, now]) => now),
    confirm: [],
    pairs: screen && { screen, confirm: [], exact: isExact(pairs) },
  };
}

/** The same with fresh seeds, those of paired cells under both codes. */
function secondLook(
  times: Times,
  { next, paired }: Draw,
  { seeds, bothCodes }: { readonly seeds: number; readonly bothCodes: boolean },
  slow: (o: Observation) => Observation,
): Times {
  const { pairs } = times;
  if (!paired || !pairs || !bothCodes || seeds === 0) return { ...times, confirm: many(seeds, () => slow(next())) };
  const both = Array.from({ length: seeds }, () => paired.both()).map(([expected, now]) =>
    [expected, slow(now)] as const
  );
  const exact = pairs.exact && isExact(both);
  return { ...times, confirm: both.map(([, now]) => now), pairs: { ...pairs, exact, confirm: logRatios(both) ?? [] } };
}

/** Fresh seeds of each cell: of those that are flagged, and of all of a sweep whose law has moved. */
function seedsOf(
  cells: readonly CellSample[],
  { shifts }: Screening,
  laws: readonly SweepDecision[],
): number[] {
  const swept = new Set(laws.flatMap((law) => law.awaits ? law.cells : []));
  return shifts.map(({ needs }, i) => needs || (swept.has(i) ? seedsToConfirmLaw(cells[i].fresh) : 0));
}

/** What came of a night: whether it is called drift where it was asked, and the runs that it made to confirm. */
interface Outcome {
  readonly drift: boolean;
  readonly confirming: number;
}

/**
 * One night: the screen over all cells and the laws of all sweeps, fresh seeds for what they flag, all judged again, and
 * whether any cell of `asked`, or any law where laws are asked for, is drift.
 */
function night(
  cells: readonly CellSample[],
  draws: readonly Draw[],
  shift: (cell: number) => number,
  asked: (cell: number) => boolean,
  { screen, drifts, laws }: Procedure,
): Outcome {
  const slow = (i: number) => (o: Observation) => slowed(o, shift(i), cells[i].budget);
  const first = cells.map(({ fresh }, i) => firstLook(draws[i], fresh, slow(i)));
  const screening = screen(first.map(cut));
  const decisions = laws(cells, first);
  const seeds = seedsOf(cells, screening, decisions);
  // The expected code confirms what pairs have shown, not what a law has.
  const codesOf = (i: number) => screening.shifts[i].paired && screening.shifts[i].flagged ? 2 : 1;
  const confirming = seeds.reduce((sum, n, i) => sum + codesOf(i) * n, 0);
  // Where nothing that is asked for is flagged, nothing can be confirmed.
  const suspected = screening.shifts.some((s, i) => s.flagged && asked(i)) || decisions.some(({ awaits }) => awaits);
  if (!suspected) return { drift: false, confirming };
  const second = first.map((times, i) =>
    secondLook(times, draws[i], { seeds: seeds[i], bothCodes: codesOf(i) === 2 }, slow(i))
  );
  const { shifts } = screen(second.map(cut));
  const drift = shifts.some((s, i) => asked(i) && s.confirmed && drifts(cut(second[i]), s)) ||
    laws(cells, second).some(({ verdict }) => verdict === "drift");
  return { drift, confirming };
}

/** Nights in which nothing has changed, those of them that the gate calls drift somewhere, and what confirming took. */
export function falseAlarms(
  cells: readonly CellSample[],
  nights: number,
  scheme: Scheme,
  procedure: Procedure = GATE,
): Rate & { readonly confirming: number } {
  const random: Stream = stream(0, `nights/${scheme}`);
  const deal = dealOf(scheme, cells);
  const outcomes = Array.from({ length: nights }, () => {
    const draws = cells.map((_, i) => deal(i, random));
    return night(cells, draws, () => 1, () => true, procedure);
  });
  const alarms = outcomes.filter(({ drift }) => drift).length;
  const confirming = outcomes.reduce((sum, outcome) => sum + outcome.confirming, 0) / nights;
  return { ...rateOf(alarms, nights), confirming };
}

/**
 * Share of nights in which one cell that takes `factor` times as long, another one each night, is called drift there: by its
 * times, not by the law of a sweep that it may be part of.
 */
export function power(
  cells: readonly CellSample[],
  nights: number,
  factor: number,
  scheme: Scheme = "redrawn",
  { screen, drifts }: Procedure = GATE,
): Power {
  const procedure: Procedure = { screen, drifts, laws: () => [] };
  const random: Stream = stream(0, `power/${scheme}/${factor}`);
  const deal = dealOf(scheme, cells);
  // Where no run generalises, none can take longer.
  const able = cells.flatMap(({ sample }, i) => sample.some((o) => !o.censored) ? [i] : []);
  const byCell = cells.map(({ name }) => ({ name, nights: 0, hits: 0 }));
  for (let n = 0; n < nights; n++) {
    const target = able[n % able.length];
    const draws = cells.map((_, i) => deal(i, random));
    const { drift } = night(cells, draws, (i) => i === target ? factor : 1, (i) => i === target, procedure);
    byCell[target].nights++;
    if (drift) byCell[target].hits++;
  }
  const hits = byCell.reduce((sum, cell) => sum + cell.hits, 0);
  return { ...rateOf(hits, nights), byCell: byCell.filter((cell) => cell.nights > 0) };
}
