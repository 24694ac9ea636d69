import { PER_DAY } from "../fleet/seeds.ts";
import { holm } from "../stats/holm.ts";
import type { Observation } from "../stats/kaplan_meier.ts";
import { omnibusTest } from "../stats/omnibus.ts";
import { permutationTest, smallestP } from "../stats/permutation.ts";
import * as limits from "./limits.ts";

/** Times of one cell: expected, new, and of seeds that the screen has not seen. */
export interface Times {
  readonly reference: readonly Observation[];
  readonly screen: readonly Observation[];
  readonly confirm: readonly Observation[];
}

/** What the screen and the confirmation say of one cell. */
export interface Shift {
  /** Holm-adjusted p of the screen; null when there is nothing new. */
  readonly p: number | null;
  /** Why it needs confirmation, or null. */
  readonly flagged: string | null;
  /** Holm-adjusted p over the flagged cells; null before fresh seeds are there. */
  readonly confirmation: number | null;
  /** Significant on fresh seeds, in the direction of the screen. */
  readonly confirmed: boolean;
}

export interface Screening {
  readonly shifts: readonly Shift[];
  /** p of all cells together; null when there is nothing new. */
  readonly omnibus: number | null;
}

/** How many permutations; fewer where thousands of nights are simulated. */
export interface Effort {
  readonly permutations: number;
  readonly seed: number;
}
export const FULL: Effort = { permutations: limits.PERMUTATIONS, seed: 0 };

/** The least p that times without ties and censoring give: complete separation, at either end. */
const leastP = (n: number, m: number) => n === m ? smallestP(n, m) : 2 * smallestP(n, m);

type Result = ReturnType<typeof permutationTest>;

/** Why a cell needs confirmation, or null. */
function flag(cell: Times, { p }: Result, adjusted: number, tests: number, omnibus: number): string | null {
  if (adjusted <= limits.SCREEN) return "screen";
  if (omnibus <= limits.OMNIBUS && p <= limits.SCREEN) return "omnibus";
  // Five expected and two new runs hardly give p < 0.095: such a design can only say "as far out as can be".
  const least = leastP(cell.reference.length, cell.screen.length);
  return least * tests > limits.SCREEN && p <= least ? "as extreme as so few runs can be" : null;
}

/**
 * The screen: a two-sided permutation test on Peto–Peto scores in each cell, Holm over cells, and a stratified omnibus
 * test. Then the confirmation: the flagged cells again, with Holm over them, on seeds that the screen has not seen.
 */
export function screenTimes(cells: readonly Times[], effort: Effort = FULL): Screening {
  const results = cells.map(({ reference, screen }) =>
    screen.length ? permutationTest(reference, screen, effort) : null
  );
  const tested = cells.flatMap((_, i) => results[i] ? [i] : []);
  const omnibus = tested.length
    ? omnibusTest(tested.map((i) => ({ reference: cells[i].reference, fresh: cells[i].screen })), effort).p
    : null;
  const adjusted = spread(cells.length, tested, holm(tested.map((i) => results[i]!.p)));
  const flagged = cells.map((cell, i) => results[i] && flag(cell, results[i], adjusted[i]!, tested.length, omnibus!));
  const waiting = cells.flatMap((cell, i) => flagged[i] && cell.confirm.length ? [i] : []);
  const again = waiting.map((i) => permutationTest(cells[i].reference, cells[i].confirm, effort));
  const confirmations = spread(cells.length, waiting, holm(again.map(({ p }) => p)));
  const shifts = cells.map((_, i): Shift => {
    const direction = again[waiting.indexOf(i)]?.direction;
    return {
      p: adjusted[i],
      flagged: flagged[i],
      confirmation: confirmations[i],
      confirmed: confirmations[i] !== null && confirmations[i] <= limits.CONFIRM &&
        direction === results[i]!.direction,
    };
  });
  return { shifts, omnibus };
}

/** Fresh seeds that each setting of a sweep needs when its law has moved: as many as planned, as far as a day has them. */
export const seedsToConfirmLaw = (planned: number): number => Math.min(PER_DAY, Math.max(limits.LAW_SEEDS, planned));

/** Values at their places, null elsewhere. */
function spread(length: number, places: readonly number[], values: readonly number[]): (number | null)[] {
  const all = new Array<number | null>(length).fill(null);
  places.forEach((place, i) => all[place] = values[i]);
  return all;
}

/** Fresh seeds that a flagged cell needs, so that the confirmation can reach its level among `flagged` cells. */
export function seedsToConfirm(reference: number, screened: number, flagged: number): number {
  let seeds = Math.max(screened, 3);
  while (leastP(reference, seeds) > limits.CONFIRM / flagged && seeds < 20) seeds++;
  return seeds;
}
