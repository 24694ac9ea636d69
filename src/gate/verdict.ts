import { inside, type Interval, outside } from "../stats/interval.ts";
import type { Observation } from "../stats/kaplan_meier.ts";
import { medianRatio } from "../stats/median_ratio.ts";
import { clopperPearson } from "../stats/proportion.ts";
import type { Verdict } from "./finding.ts";
import * as limits from "./limits.ts";
import type { Shift, Times } from "./screen.ts";

/** What is made of a cell's times. */
export interface Decision {
  readonly verdict: Verdict;
  /** T new / T expected, of medians; a range where they are censored. */
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

/** Verdict on the times of one cell, given what screen and confirmation said. */
export function decide({ reference, screen, confirm }: Times, shift: Shift, resamples = limits.RESAMPLES): Decision {
  const fresh = [...screen, ...confirm];
  const { ratio, interval } = medianRatio(reference, fresh, { level: limits.LEVEL, resamples, seed: 0 });
  const say = (verdict: Verdict, reason: string, awaits = false): Decision => (
    { verdict, ratio, interval, reason, awaits }
  );
  if (shift.flagged && shift.confirmation === null) {
    return say("inconclusive", "a shift that fresh seeds must confirm", true);
  }
  if (shift.confirmed && outside(ratio, limits.MATERIAL)) return say("drift", "confirmed on fresh seeds");
  if (fresh.length >= limits.LEAST_NEW && inside(interval, limits.EQUIVALENT)) {
    return say("reproduced", "the interval lies inside ÷/× 1.25");
  }
  if (mostlyBeyond(reference) && mostlyBeyond(fresh)) return say("reproduced", "beyond the budget, as expected");
  if (fresh.length < limits.LEAST_NEW) return say("inconclusive", `fewer than ${limits.LEAST_NEW} new runs`);
  return say("inconclusive", "the interval reaches beyond ÷/× 1.25: too few runs, or too scattered ones");
}
