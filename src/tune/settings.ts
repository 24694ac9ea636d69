import type { Algorithm, Range } from "../algorithms/algorithm.ts";
import type { Values } from "../declare/field.ts";
import { UsageError } from "../errors.ts";

/** Three digits say as much as a search of a dozen settings can know. */
const DIGITS = 3;

/** The positive root of x^(d+1) = x + 1: the golden ratio for d = 1, the plastic constant for d = 2. */
function generalisedGoldenRatio(dimensions: number): number {
  let x = 2;
  // The iteration contracts: thirty rounds are more than double precision needs.
  for (let round = 0; round < 60; round++) x = (1 + x) ** (1 / (dimensions + 1));
  return x;
}

/**
 * The n-th point, from 1 on, of the additive recurrence R_d: x_i = (½ + n·φ^−i) mod 1, with φ the generalised golden ratio.
 *
 * Its first n points are spread evenly for every n, so that a larger budget only adds settings to those of a smaller one.
 * Source: M. Roberts, "The unreasonable effectiveness of quasirandom sequences", 2018.
 *
 * @returns d numbers in [0, 1)
 */
export function quasirandom(n: number, dimensions: number): number[] {
  const ratio = generalisedGoldenRatio(dimensions);
  return Array.from({ length: dimensions }, (_, i) => (0.5 + n / ratio ** (i + 1)) % 1);
}

const rounded = (x: number): number => Number(x.toPrecision(DIGITS));

/** The value at a share of a range; of one that is even in 1 − x it is this that has three digits, and may have more nines. */
const within = ({ low, high, ofRest }: Range, share: number): number =>
  ofRest
    ? Number((1 - rounded((1 - low) * ((1 - high) / (1 - low)) ** share)).toPrecision(2 * DIGITS))
    : rounded(low * (high / low) ** share);

/**
 * The settings that a search tries: the method's own constants, which is no override at all, and then points of
 * {@linkcode quasirandom} over its ranges, evenly in the logarithm.
 *
 * @throws {UsageError} for a method that declares nothing to search
 */
export function settingsOf({ id, search = {} }: Algorithm, count: number): Values[] {
  const ranges = Object.entries(search) as [string, Range][];
  if (ranges.length === 0) {
    throw new UsageError(`algorithm '${id}' declares no 'search': there is nothing to tune`);
  }
  const drawn = Array.from({ length: count - 1 }, (_, i) => {
    const point = quasirandom(i + 1, ranges.length);
    return Object.fromEntries(ranges.map(([name, range], axis) => [name, within(range, point[axis])]));
  });
  return [{}, ...drawn];
}

/** The constants of a method that its control has too: what is left without the trick. */
export function withoutTrick({ fields, fixed = [] }: Algorithm, found: Values): Values {
  const kept = Object.entries(found).filter(([name]) => name in fields && !fixed.includes(name));
  return Object.fromEntries(kept);
}
