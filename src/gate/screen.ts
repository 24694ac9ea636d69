import { PER_DAY } from "../fleet/seeds.ts";
import { holm } from "../stats/holm.ts";
import type { Observation } from "../stats/kaplan_meier.ts";
import { omnibusTest } from "../stats/omnibus.ts";
import { permutationTest, smallestP } from "../stats/permutation.ts";
import * as limits from "./limits.ts";
import { lookAt, omnibusOfPairs, type PairedLook, type Pairs, priorOfCells, seedsForPairs } from "./pairs.ts";

/** Times of one cell: expected, new, and of seeds that the screen has not seen. */
export interface Times {
  readonly reference: readonly Observation[];
  readonly screen: readonly Observation[];
  readonly confirm: readonly Observation[];
  /** The same runs beside those of the same seeds; left out where some have no partner, or most tell nothing. */
  readonly pairs?: Pairs | null;
}

/** What the screen and the confirmation say of one cell. */
export interface Shift {
  /** p of the screen: of the same seeds, or Holm-adjusted of others; null when there is nothing new. */
  readonly p: number | null;
  /** What the same seeds say; null where others had to be compared. */
  readonly paired: PairedLook | null;
  /** Why it needs confirmation, or null. */
  readonly flagged: string | null;
  /** p on fresh seeds, corrected for the number of cells; null before they are there. */
  readonly confirmation: number | null;
  /** Significant on fresh seeds, in the direction of the screen. */
  readonly confirmed: boolean;
  /** Fresh seeds that it needs, where it is flagged and they are not there. */
  readonly needs: number;
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

/** What the cells show whose runs have partners of the same seed; null for the others. */
function looksOf(cells: readonly Times[]): (PairedLook | null)[] {
  const prior = priorOfCells(cells.flatMap(({ pairs }) => pairs ?? []));
  return cells.map(({ pairs }) => pairs ? lookAt(pairs, prior, cells.length) : null);
}

/** A cell by its pairs, unless fresh seeds could be compared with strangers only. */
function pairedShift(look: PairedLook, strangers: Shift, { pairs }: Times, cells: number): Shift {
  const flagged = look.p <= limits.PAIRED_SCREEN ? "the same seeds" : null;
  const waiting = flagged && look.confirmation === null;
  const { confirmation, confirmed } = waiting ? strangers : {
    confirmation: flagged && look.confirmation,
    confirmed: flagged !== null && look.confirmation! <= limits.CONFIRM && look.agrees,
  };
  const needs = flagged ? seedsForPairs(look, pairs!.screen.length, cells) : 0;
  return { p: look.p, paired: look, flagged, confirmation, confirmed, needs };
}

/**
 * The screen. Where every new run has a partner of the same seed: a moderated t test of log ratios, cell by cell. Elsewhere a
 * two-sided permutation test on Peto–Peto scores, Holm over cells, and a stratified omnibus test over these cells. Then the
 * confirmation, on seeds that the screen has not seen: those of a paired cell under both codes, where that could be done, and
 * else beside the reference, with Holm over the flagged cells.
 */
export function screenTimes(cells: readonly Times[], effort: Effort = FULL): Screening {
  const looks = looksOf(cells);
  const apart = (i: number) => !looks[i] || (looks[i].p <= limits.PAIRED_SCREEN && looks[i].confirmation === null);
  const strangers = screenStrangers(
    cells.map((cell, i) => apart(i) ? cell : { ...cell, screen: [] }),
    looks.map((look) => look && (look.first.mean > 0 ? "later" : "earlier")),
    effort,
  );
  return {
    omnibus: ofEither(strangers.omnibus, omnibusOfPairs(looks.filter((look) => look !== null))),
    shifts: strangers.shifts.map((shift, i) => looks[i] ? pairedShift(looks[i], shift, cells[i], cells.length) : shift),
  };
}

/** p of either of two tests, corrected for there being two. */
const ofEither = (a: number | null, b: number | null): number | null =>
  a === null || b === null ? a ?? b : Math.min(1, 2 * Math.min(a, b));

/**
 * The tests of runs that have no partner.
 *
 * @param moved where the same seeds have moved: such a cell is flagged already, and waits for a confirmation alone
 */
function screenStrangers(
  cells: readonly Times[],
  moved: readonly (Result["direction"] | null)[],
  effort: Effort,
): Screening {
  const results = cells.map(({ reference, screen }) =>
    screen.length ? permutationTest(reference, screen, effort) : null
  );
  const tested = cells.flatMap((_, i) => results[i] && !moved[i] ? [i] : []);
  const omnibus = tested.length
    ? omnibusTest(tested.map((i) => ({ reference: cells[i].reference, fresh: cells[i].screen })), effort).p
    : null;
  const adjusted = spread(cells.length, tested, holm(tested.map((i) => results[i]!.p)));
  const flagged = cells.map((cell, i) => {
    if (!results[i]) return null;
    return moved[i] ? "the same seeds" : flag(cell, results[i], adjusted[i]!, tested.length, omnibus!);
  });
  const waiting = cells.flatMap((cell, i) => flagged[i] && cell.confirm.length ? [i] : []);
  const again = waiting.map((i) => permutationTest(cells[i].reference, cells[i].confirm, effort));
  const flags = flagged.filter(Boolean).length;
  const confirmations = spread(cells.length, waiting, holm(again.map(({ p }) => p)));
  const shifts = cells.map(({ reference, screen }, i): Shift => {
    const direction = again[waiting.indexOf(i)]?.direction;
    return {
      p: adjusted[i],
      paired: null,
      flagged: flagged[i],
      confirmation: confirmations[i],
      confirmed: confirmations[i] !== null && confirmations[i] <= limits.CONFIRM &&
        direction === (moved[i] ?? results[i]!.direction),
      needs: flagged[i] ? seedsToConfirm(reference.length, screen.length, flags) : 0,
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

/** Fresh seeds that a flagged cell without pairs needs, so that the confirmation can reach its level among `flagged` cells. */
export function seedsToConfirm(reference: number, screened: number, flagged: number): number {
  let seeds = Math.max(screened, 3);
  while (leastP(reference, seeds) > limits.CONFIRM / flagged && seeds < 20) seeds++;
  return seeds;
}
