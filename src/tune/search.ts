import { geometricMean } from "simple-statistics";
import type { Values } from "../declare/field.ts";
import type { RunRecord } from "../run/record/record.ts";

/** The runs of one setting of a method on one problem. */
export interface Setting {
  /** What differs from the method's own constants; nothing for these themselves. */
  readonly constants: Values;
  readonly records: readonly RunRecord[];
}

/** Settings of a method on one problem, in the order in which they are tried. */
export interface Search {
  readonly settings: readonly Setting[];
  /** Null where no setting generalised with every seed. */
  readonly best: Setting | null;
}

/**
 * Geometric mean over the seeds of the gradient calls to generalise; Infinity where a seed did not get there or was not
 * run. The method's own memorisation counts: what a user waits for is the whole of it.
 */
export const score = ({ records }: Setting, seeds: readonly number[]): number =>
  seeds.every((seed) => records.some((record) => record.seed === seed && record.generalised))
    ? geometricMean(records.map(({ generalised }) => generalised!.gradientCalls))
    : Infinity;

/** The rule: of the settings that generalised with every seed, the one with the least score; of equals the first. */
export function searchOf(settings: readonly Setting[], seeds: readonly number[]): Search {
  const best = settings.reduce((a, b) => score(b, seeds) < score(a, seeds) ? b : a);
  return { settings, best: score(best, seeds) === Infinity ? null : best };
}
