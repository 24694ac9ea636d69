import type { RunSummary, Timing } from "../run/record/record.ts";
import type { Observation } from "./kaplan_meier.ts";

export type Unit = "epochs" | "gradientCalls" | "seconds";
export type Goal = "memorised" | "generalised";
export type Origin = "start" | "memorisation";

/** What times are read from. */
export type Outline = Pick<RunSummary, "seed" | "status" | "epochs" | "gradientCalls" | "memorised" | "generalised"> & {
  readonly timing: Omit<Timing, "finishedAt">;
  /** Epochs between the row of the crossing and the one before it, where that is not what the schedule has. */
  readonly spacing?: number;
};

/**
 * Time to memorise or to generalise of one run; a run that never got there is censored where it stopped.
 *
 * One epoch is the least that is counted: milestones are seen at the ends of epochs, so a run that memorises and
 * generalises in the same one needed some part of it. A diverged run will never get there, however long it is given: it
 * stays at risk for ever.
 *
 * @returns null when the time counts from memorisation and the run generalised before it, or without: there is no such time
 */
export function observe(record: Outline, goal: Goal, unit: Unit, origin: Origin): Observation | null {
  const at = (which: Goal) => {
    const milestone = record[which];
    if (!milestone) return null;
    if (unit === "seconds") {
      return which === "memorised" ? record.timing.secondsMemorised : record.timing.secondsGeneralised;
    }
    return unit === "epochs" ? milestone.epoch : milestone.gradientCalls;
  };
  const spent =
    { epochs: record.epochs, gradientCalls: record.gradientCalls, seconds: record.timing.wallSeconds }[unit];
  const oneEpoch = spent / Math.max(1, record.epochs);
  const [start, reached] = [origin === "start" ? 0 : at("memorised"), at(goal)];
  if (reached === null && record.status === "diverged") return { time: Infinity, censored: true };
  // Neither memorised nor generalised: whatever it would have needed in between is at least what is counted.
  if (start === null) return reached === null ? { time: oneEpoch, censored: true } : null;
  if (reached !== null && reached < start) return null;
  return { time: Math.max((reached ?? spent) - start, oneEpoch), censored: reached === null };
}

/** Runs of two algorithms of equal seed: [baseline, algorithm]. */
export function withPartners(base: readonly Outline[], own: readonly Outline[]): (readonly [Outline, Outline])[] {
  // Of two runs of one seed the first counts.
  const bySeed = new Map(base.toReversed().map((run) => [run.seed, run]));
  return own.flatMap((run) => {
    const partner = bySeed.get(run.seed);
    return partner ? [[partner, run] as const] : [];
  });
}

/** The same goal of two algorithms, run by run of equal seed, in gradient calls: [baseline, algorithm]. */
export function pairsOf(
  base: readonly Outline[],
  own: readonly Outline[],
  origin: Origin,
): (readonly [Observation, Observation])[] {
  return withPartners(base, own).flatMap(([partner, record]) => {
    const [theirs, ours] = [partner, record].map((r) => observe(r, "generalised", "gradientCalls", origin));
    return theirs && ours ? [[theirs, ours] as const] : [];
  });
}
