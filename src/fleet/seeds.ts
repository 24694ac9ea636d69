import { UsageError } from "../errors.ts";

/** From here on each day has a block of seeds for evidence, from the other on one that confirms what that has shown. */
const FIRST_ROTATING = 10_000;
/** Out of the way of any seed that somebody chooses: what is given by hand is evidence, whatever its digits are. */
const FIRST_CONFIRMING = 500_000_000;
const BLOCK = 100;
/** As many of each as a day has. */
export const PER_DAY = 50;
const DAY_MS = 86_400_000;
const EPOCH = Date.UTC(2026, 0, 1);

/** Whether a seed is of those of a day, of either kind. */
export const rotates = (seed: number): boolean => seed >= FIRST_ROTATING;

/** Whether a seed is of those that only confirm. */
export const confirms = (seed: number): boolean => seed >= FIRST_CONFIRMING;

/** Where the block of a day (UTC) from 2026 on begins. @throws {UsageError} */
function blockOf(day: string): number {
  const time = /^\d{4}-\d{2}-\d{2}$/.test(day) ? Date.parse(`${day}T00:00:00Z`) : NaN;
  // Date.parse takes the 31st of February for the 3rd of March.
  const real = !Number.isNaN(time) && new Date(time).toISOString().startsWith(day);
  if (!real || time < EPOCH) {
    throw new UsageError(`--rotate '${day}': expected a date from 2026-01-01 on, e.g. --rotate 2026-11-23`);
  }
  return BLOCK * Math.round((time - EPOCH) / DAY_MS);
}

const range = (from: number, count: number): number[] => {
  if (count > PER_DAY) throw new UsageError(`${count} seeds were asked for; a day has ${PER_DAY}`);
  return Array.from({ length: count }, (_, i) => from + i);
};

/**
 * Seeds of a day: what fixed seeds show is known after one night, so evidence comes from seeds that change.
 *
 * @param day as 2026-11-23
 * @throws {UsageError}
 */
export const rotatingSeeds = (day: string, count: number): number[] => range(FIRST_ROTATING + blockOf(day), count);

/** Seeds of the same day that no screen has seen. */
export const confirmationSeeds = (day: string, count: number): number[] =>
  range(FIRST_CONFIRMING + blockOf(day), count);

export const today = (): string => new Date().toISOString().slice(0, 10);
