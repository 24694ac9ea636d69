import { geometricMean } from "simple-statistics";
import { score, type Setting } from "./search.ts";

/** The search of a method on one problem. */
export interface OnProblem {
  readonly problem: string;
  /** In the order in which they are tried, which is the same on every problem. */
  readonly settings: readonly Setting[];
}

/** What a setting that was chosen on other problems is worth on one. */
export interface HeldOut {
  readonly problem: string;
  /** Number of the setting, from 0; null where none generalised with every seed on all the others. */
  readonly setting: number | null;
  /** Its score here; Infinity where it did not generalise with every seed. */
  readonly score: number;
  /** The score of the setting that is best here. */
  readonly best: number;
}

/**
 * One setting for all problems: for each of them the setting with the least geometric mean of the scores on the others, and
 * what it comes to on the one that was left out. It says who needs no search, and takes no run that the searches have not
 * made: the problem that is held out has not been looked at. What a method has for a family of cases (presets) stays.
 *
 * @param seeds those of the searches
 */
export function leaveOneOut(searches: readonly OnProblem[], seeds: readonly number[]): HeldOut[] {
  const scores = searches.map(({ settings }) => settings.map((setting) => score(setting, seeds)));
  return searches.map(({ problem }, held) => {
    const others = scores.filter((_, i) => i !== held);
    const means = scores[held].map((_, setting) => {
      const own = others.map((on) => on[setting]);
      return own.includes(Infinity) ? Infinity : geometricMean(own);
    });
    const least = Math.min(...means);
    const setting = least === Infinity ? null : means.indexOf(least);
    return {
      problem,
      setting,
      score: setting === null ? Infinity : scores[held][setting],
      best: Math.min(...scores[held]),
    };
  });
}
