import type { Milestone } from "../run/record/record.ts";
import { nextEvaluation } from "../run/schedule.ts";
import type { Outline } from "./observe.ts";

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

/** What one evaluation is in gradient calls, at the mean of the run up to there. */
const spacingInCalls = ({ epoch, gradientCalls }: Milestone, every: number): number =>
  spacingAt(epoch, every) * gradientCalls / Math.max(1, epoch);

/** Whether two crossings of one seed lie no further apart than the evaluations at which they were seen. */
function unresolved(base: Outline, own: Outline, every: number): boolean {
  const [theirs, ours] = [base.generalised, own.generalised];
  if (!theirs || !ours) return false;
  const spacing = Math.max(spacingInCalls(theirs, every), spacingInCalls(ours, every));
  return Math.abs(theirs.gradientCalls - ours.gradientCalls) <= spacing;
}

/**
 * Whether the difference of two algorithms is within one evaluation: for at least half of the seeds that both have, so that
 * the median of the differences is.
 *
 * @param every of the problem, as {@linkcode spacingAt} takes it
 */
export function withinOneEvaluation(base: readonly Outline[], own: readonly Outline[], every: number): boolean {
  const pairs = own.flatMap((run) => {
    const partner = base.find(({ seed }) => seed === run.seed);
    return partner ? [[partner, run] as const] : [];
  });
  const close = pairs.filter(([theirs, ours]) => unresolved(theirs, ours, every)).length;
  return pairs.length > 0 && 2 * close >= pairs.length;
}
