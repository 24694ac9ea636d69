import { inside, type Interval, outside } from "../stats/interval.ts";
import type { Observation } from "../stats/kaplan_meier.ts";
import { medianRatio } from "../stats/median_ratio.ts";
import { clopperPearson } from "../stats/proportion.ts";
import type { Verdict } from "./finding.ts";
import * as limits from "./limits.ts";
import { ratioOf } from "./pairs.ts";
import type { Shift, Times } from "./screen.ts";

/** What is made of a cell's times. */
export interface Decision {
  readonly verdict: Verdict;
  /** T new / T expected: of pairs, or of medians; a range where they are censored. */
  readonly ratio: Interval;
  readonly interval: Interval;
  readonly reason: string;
  /** Whether fresh seeds must confirm what was seen. */
  readonly awaits: boolean;
}

/**
 * Whether it is shown that at most half of the runs reach the target within the budget: then the median lies beyond it.
 * One-sided at 5 %, so at least five runs, none of which did.
 */
function mostlyBeyond(sample: readonly Observation[]): boolean {
  const reached = sample.filter((o) => !o.censored).length;
  return clopperPearson(reached, sample.length, limits.LEVEL).high < 0.5;
}

/** Why a cell that mostly does not generalise is reproduced. */
export const BEYOND = "beyond the budget, as expected";

/** Verdict on the times of one cell, given what screen and confirmation said. */
export function decide(
  { reference, screen, confirm, pairs }: Times,
  shift: Shift,
  resamples = limits.RESAMPLES,
): Decision {
  const fresh = [...screen, ...confirm];
  // A bound is no evidence that two times are the same.
  const paired = pairs?.exact ? shift.paired : null;
  const { ratio, interval } = paired
    ? ratioOf(paired)
    : medianRatio(reference, fresh, { level: limits.LEVEL, resamples, seed: 0 });
  const say = (verdict: Verdict, reason: string, awaits = false): Decision => (
    { verdict, ratio, interval, reason, awaits }
  );
  if (shift.flagged && shift.confirmation === null) {
    return say("inconclusive", "a shift that fresh seeds must confirm", true);
  }
  if (shift.confirmed && outside(ratio, limits.MATERIAL)) return say("drift", "confirmed on fresh seeds");
  const least = paired ? limits.LEAST_PAIRS : limits.LEAST_NEW;
  if (fresh.length >= least && inside(interval, limits.EQUIVALENT)) {
    return say("reproduced", "the interval lies inside ÷/× 1.25");
  }
  if (mostlyBeyond(reference) && mostlyBeyond(fresh)) return say("reproduced", BEYOND);
  if (fresh.length < least) return say("inconclusive", `fewer than ${least} new runs`);
  return say("inconclusive", "the interval reaches beyond ÷/× 1.25: too few runs, or too scattered ones");
}
