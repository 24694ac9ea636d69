import { max, median } from "simple-statistics";
import { nextEvaluation } from "../run/schedule.ts";
import { type Outline, withPartners } from "./observe.ts";

/**
 * Epochs between an evaluated epoch and the one before it, as the schedule has them: a crossing at that epoch may have
 * come at any time since.
 *
 * @param every epochs between evaluations; 0: every epoch up to 100, then at each 1 % of growth
 */
export function spacingAt(epoch: number, every: number): number {
  if (every > 0) return every;
  let before = 0;
  for (let next = nextEvaluation(0, 0); next < epoch; next = nextEvaluation(next, 0)) before = next;
  return epoch - before;
}

/** What one evaluation is in gradient calls, at the mean of the run up to its crossing; null without one. */
function spacingInCalls({ generalised, spacing }: Outline, every: number): number | null {
  if (!generalised) return null;
  const { epoch, gradientCalls } = generalised;
  return (spacing ?? spacingAt(epoch, every)) * gradientCalls / Math.max(1, epoch);
}

/** How much later `own` crossed than `base`, in gradient calls; infinite where one of them did not, null where neither. */
function delay(base: Outline, own: Outline): number | null {
  if (base.generalised && own.generalised) return own.generalised.gradientCalls - base.generalised.gradientCalls;
  if (!base.generalised && !own.generalised) return null;
  return base.generalised ? Infinity : -Infinity;
}

/**
 * Whether the difference of two algorithms is within one evaluation: the median over the seeds that both have of how much later
 * one crosses is no more than the median of what an evaluation is there.
 *
 * @param every of the problem, as {@linkcode spacingAt} takes it
 */
export function withinOneEvaluation(base: readonly Outline[], own: readonly Outline[], every: number): boolean {
  const pairs = withPartners(base, own);
  const delays = pairs.map(([theirs, ours]) => delay(theirs, ours));
  const spacings = pairs.flatMap(([theirs, ours]) => {
    const known = [theirs, ours].map((run) => spacingInCalls(run, every)).filter((spacing) => spacing !== null);
    return known.length ? [max(known)] : [];
  });
  if (spacings.length === 0 || delays.some((each) => each === null)) return false;
  return Math.abs(median(delays as number[])) <= median(spacings);
}
