import { type Law, type LawDrift, lawDrift, type Point, predictionRatios } from "../laws/mod.ts";
import { inside } from "../stats/interval.ts";
import type { Verdict } from "./finding.ts";
import * as limits from "./limits.ts";
import { commonFollowUp } from "./observations.ts";

/** Runs of one algorithm over a sweep, T in epochs: expected, new, and of seeds that the screen has not seen. */
export interface Sweep {
  readonly reference: readonly Point[];
  readonly screen: readonly Point[];
  readonly confirm: readonly Point[];
}

/** What is made of a sweep. */
export interface LawDecision {
  readonly verdict: Verdict;
  readonly reason: string;
  /** Whether fresh seeds at every setting of the sweep must confirm it. */
  readonly awaits: boolean;
  /** Of the likelihood ratio, on the new runs and on fresh seeds (corrected over the laws); null where there is no test. */
  readonly p: number | null;
  readonly confirmation: number | null;
  /** T predicted anew / T predicted by the expected law, where they are farthest apart. */
  readonly ratio: number | null;
}

/** Whether new runs obey the law of the reference, told at a level; the audit puts a cheaper one in its place. */
export type LawTest = (
  law: Law,
  samples: readonly [reference: readonly Point[], fresh: readonly Point[]],
  level: number,
) => LawDrift | null;

/** Whether two samples of a sweep are shown to obey laws that predict the same within ÷/× `EQUIVALENT`. */
export type LawEquivalence = (law: Law, samples: readonly [readonly Point[], readonly Point[]]) => boolean;

const BY_INTERVALS: LawEquivalence = (law, samples) => {
  const xs = [...new Set(samples[0].map(({ x }) => x))];
  const ratios = predictionRatios(law, samples, xs, { level: limits.LEVEL, resamples: limits.LAW_RESAMPLES, seed: 0 });
  return ratios !== null && ratios.every((ratio) => inside(ratio, limits.EQUIVALENT));
};

/** Dealings of the labels that can tell a level: p is at least 1/(dealings + 1). */
export const dealingsFor = (level: number): number => Math.max(limits.LAW_PERMUTATIONS, Math.ceil(2 / level));

const FULL: LawTest = (law, [reference, fresh], level) =>
  lawDrift(law, reference, fresh, { permutations: dealingsFor(level), seed: 0 });

interface LawOptions {
  /** Laws that are judged together: what fresh seeds show is corrected for their number. */
  readonly laws?: number;
  readonly test?: LawTest;
  readonly equivalent?: LawEquivalence;
}

/** log T predicted anew − log T predicted by the expected law. */
const shiftAt = ({ reference, fresh }: LawDrift, x: number) => Math.log(fresh.predict(x) / reference.predict(x));

/** The setting where two fits predict what is farthest apart. */
const farthest = (drift: LawDrift, points: readonly Point[]): number =>
  points.map(({ x }) => x).reduce((a, b) => Math.abs(shiftAt(drift, b)) > Math.abs(shiftAt(drift, a)) ? b : a);

/** The greatest factor between what two fits predict at the settings of a sweep. */
const apart = (drift: LawDrift, points: readonly Point[]): number =>
  Math.exp(Math.abs(shiftAt(drift, farthest(drift, points))));

/** Two samples of a sweep, setting by setting cut to the same follow-up: only then can their labels be exchanged. */
export function paired(before: readonly Point[], now: readonly Point[]): readonly [Point[], Point[]] {
  const fresh = Map.groupBy(now, ({ stratum }) => stratum);
  const pairs = [...Map.groupBy(before, ({ stratum }) => stratum)].map(([stratum, points]) =>
    commonFollowUp([points, fresh.get(stratum) ?? []])
  );
  const known = new Set(before.map(({ stratum }) => stratum));
  const alone = now.filter(({ stratum }) => !known.has(stratum));
  return [pairs.flatMap(([points]) => points), [...pairs.flatMap(([, points]) => points), ...alone]];
}

/** Whether two tests see the law move the same way, where the first sees it move farthest. */
function agree(first: LawDrift, second: LawDrift, points: readonly Point[]): boolean {
  const x = farthest(first, points);
  return shiftAt(first, x) * shiftAt(second, x) > 0;
}

/** Runs that have a time, or were given up: a diverged one has none, and a law speaks of the others. */
const finite = (points: readonly Point[]) => points.filter(({ time }) => Number.isFinite(time));

const settings = (points: readonly Point[]) => new Set(points.map(({ stratum }) => stratum));

/** Verdict on the law of one sweep: a shift that is seen on new runs and once more on fresh seeds is drift. */
export function decideLaw(
  law: Law,
  { reference, screen, confirm }: Sweep,
  { laws = 1, test = FULL, equivalent = BY_INTERVALS }: LawOptions = {},
): LawDecision {
  const samples = paired(finite(reference), finite(screen));
  const drift = test(law, samples, limits.LAW);
  const seen = {
    p: drift?.p ?? null,
    confirmation: null,
    ratio: drift && Math.exp(shiftAt(drift, farthest(drift, reference))),
  };
  const say = (verdict: Verdict, reason: string, more: Partial<LawDecision> = {}): LawDecision => (
    { verdict, reason, awaits: false, ...seen, ...more }
  );
  if (!drift) return say("inconclusive", "the new runs do not determine the law");
  const factor = apart(drift, reference);
  const p = `likelihood ratio p = ${drift.p.toPrecision(2)}, predictions up to ×${factor.toPrecision(3)} apart`;
  if (drift.p > limits.LAW) {
    if (factor <= limits.EQUIVALENT && equivalent(law, samples)) return say("reproduced", p);
    return say("inconclusive", `${p}; their 90 % intervals reach beyond ÷/× ${limits.EQUIVALENT}`);
  }
  const complete = settings(screen).isSubsetOf(settings(confirm));
  if (!complete) return say("inconclusive", `${p}; fresh seeds at every setting must confirm it`, { awaits: true });
  const again = test(law, paired(finite(reference), finite(confirm)), limits.LAW / laws);
  if (!again) return say("inconclusive", `${p}; the fresh seeds do not determine the law`);
  const confirmation = Math.min(1, laws * again.p);
  const confirmed = confirmation <= limits.LAW && apart(again, reference) > limits.MATERIAL &&
    agree(drift, again, reference);
  return say(confirmed ? "drift" : "inconclusive", `${p}; on fresh seeds p = ${confirmation.toPrecision(2)}`, {
    confirmation,
  });
}
