import { UsageError } from "../errors.ts";

/** Seeds below this are fixed; from here on each day has a block of its own. */
const FIRST_ROTATING = 10_000;
const BLOCK = 100;
/** In a block: the first half is for evidence, the second half confirms what the first has shown. */
export const CONFIRMATION = 50;
const DAY_MS = 86_400_000;
const EPOCH = Date.UTC(2026, 0, 1);

/** Whether a seed is of those that only confirm. */
export const confirms = (seed: number): boolean => seed >= FIRST_ROTATING && seed % BLOCK >= CONFIRMATION;

/** First seed of the block of a day (UTC) from 2026 on. @throws {UsageError} */
function blockOf(day: string): number {
  const time = /^\d{4}-\d{2}-\d{2}$/.test(day) ? Date.parse(`${day}T00:00:00Z`) : NaN;
  // Date.parse takes the 31st of February for the 3rd of March.
  const real = !Number.isNaN(time) && new Date(time).toISOString().startsWith(day);
  if (!real || time < EPOCH) {
    throw new UsageError(`--rotate '${day}': expected a date from 2026-01-01 on, e.g. --rotate 2026-11-23`);
  }
  return FIRST_ROTATING + BLOCK * Math.round((time - EPOCH) / DAY_MS);
}

const range = (from: number, count: number): number[] => {
  if (count > CONFIRMATION) throw new UsageError(`${count} seeds were asked for; a day has ${CONFIRMATION}`);
  return Array.from({ length: count }, (_, i) => from + i);
};

/**
 * Seeds of a day: what fixed seeds show is known after one night, so evidence comes from seeds that change.
 *
 * @param day as 2026-11-23
 * @throws {UsageError}
 */
export const rotatingSeeds = (day: string, count: number): number[] => range(blockOf(day), count);

/** Seeds of the same day that no screen has seen. */
export const confirmationSeeds = (day: string, count: number): number[] => range(blockOf(day) + CONFIRMATION, count);

export const today = (): string => new Date().toISOString().slice(0, 10);
