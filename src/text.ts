import type { Interval } from "./stats/interval.ts";
import type { Estimate } from "./stats/kaplan_meier.ts";

export const NOTHING = "–";

export const integer = (n: number): string => Math.round(n).toLocaleString("en-US");

/** `9,200`, or `≥ 15,000` where the median was not reached. */
export function estimate(e: Estimate | null): string {
  if (!e) return NOTHING;
  return e.relation === ">=" ? `≥ ${integer(e.value)}` : integer(e.value);
}

const factor = (x: number) => `${x >= 100 ? integer(x) : x.toPrecision(3)}×`;
const end = (x: number) => x === Infinity ? "∞" : x >= 100 ? integer(x) : x.toPrecision(3);

/** `20.1×`; `≥ 4.2×` where the baseline is censored, `≤ 0.8×` where the algorithm is; never a bare bound. */
export function ratio(r: Interval | null): string {
  if (!r || (r.low === 0 && r.high === Infinity)) return NOTHING;
  if (r.high === Infinity) return `≥ ${factor(r.low)}`;
  if (r.low === 0) return `≤ ${factor(r.high)}`;
  return r.low === r.high ? factor(r.low) : `${factor(r.low)} – ${factor(r.high)}`;
}

/** `[16.0, 18.2]`; an end of which nothing is known is 0.00 or ∞. */
export const interval = ({ low, high }: Interval): string => `[${end(low)}, ${end(high)}]`;

/** The same, or `""` where there is none, or one that says nothing. */
export const intervalIfAny = (found: Interval | null | undefined): string =>
  !found || (found.low === 0 && found.high === Infinity) ? "" : interval(found);

/** A ratio of two medians, and whether it is more than the evaluations can tell. */
type Compared = Interval & { readonly withinOneEvaluation: boolean };

/** The same as {@linkcode ratio}, or that the two are too near each other for one. */
export const resolvedRatio = (found: Compared | null): string =>
  found?.withinOneEvaluation ? "within one evaluation" : ratio(found);

/** `17.5× [16.2, 18.0]`: a median over seeds, and its interval where there is one. */
export const ratioWithInterval = (found: (Compared & { readonly interval: Interval | null }) | null): string =>
  [resolvedRatio(found), intervalIfAny(found?.interval)].filter(Boolean).join(" ");

/** `n = 6` where a figure rests on fewer runs than there are, or `""`. */
export const restsOn = (runs: number, all: number): string => runs < all ? `n = ${runs}` : "";

export const percent = (x: number | null): string => x === null ? NOTHING : `${(100 * x).toFixed(0)} %`;

/** `45 s`, `3:20`, `1:02:03`. */
export function duration(seconds: number): string {
  if (!Number.isFinite(seconds)) return NOTHING;
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  const two = (n: number) => String(n).padStart(2, "0");
  const [h, m, s] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  return h ? `${h}:${two(m)}:${two(s)}` : `${m}:${two(s)}`;
}

/** `0–4, 7`: ascending, runs of three and more as ranges. */
export function seeds(numbers: readonly number[]): string {
  const sorted = [...new Set(numbers)].sort((a, b) => a - b);
  const parts: string[] = [];
  for (let i = 0; i < sorted.length; i++) {
    let j = i;
    while (sorted[j + 1] === sorted[j] + 1) j++;
    if (j - i < 2) parts.push(`${sorted[i]}`);
    else parts.push(`${sorted[i]}–${sorted[i = j]}`);
  }
  return parts.join(", ");
}
