import { median } from "simple-statistics";
import { outside } from "../stats/interval.ts";
import { logSignEvidence } from "../stats/sign_process.ts";
import { orderOf } from "../stats/sign_test.ts";
import { cellText } from "../table/cell.ts";
import * as text from "../text.ts";
import type { Finding } from "./finding.ts";
import * as limits from "./limits.ts";
import { numbersOf } from "./numbers.ts";
import type { TimePair } from "./pairs.ts";
import type { Subject } from "./subject.ts";

/** The same seed under the expected code and under that of a night. */
export interface NightPair {
  readonly times: TimePair;
  /** Hash of the files of the new code, and when its run ended (ISO 8601). */
  readonly sources: string | null;
  readonly finishedAt: string;
}

/** What the pairs of all nights since a blessing say of one cell. */
export interface CellNights {
  /** As a reader knows it. */
  readonly subject: string;
  readonly key: string;
  /** Seeds with which the new run was later, earlier, or neither is known. */
  readonly later: number;
  readonly earlier: number;
  readonly same: number;
  /** See `sign_process.ts`, and from where on it is drift. */
  readonly evidence: number;
  readonly needed: number;
  /** Median of T new / T expected over the seeds that tell a direction; null where none does, or it is a bound without end. */
  readonly ratio: number | null;
  readonly drifts: boolean;
}

const ratioOf = ([expected, fresh]: TimePair): number => fresh.time / expected.time;

/** Signs of the pairs that the newest code has made: whatever older code did, it no longer does. */
function newestSigns(pairs: readonly NightPair[]): number {
  const newest = pairs.reduce((a, b) => b.finishedAt > a.finishedAt ? b : a);
  const own = pairs.filter(({ sources }) => sources === newest.sources);
  return own.reduce((sum, { times }) => sum + orderOf(times), 0);
}

function nightsOf({ cell }: Subject, pairs: readonly NightPair[], needed: number): CellNights | null {
  if (pairs.length === 0) return null;
  const signs = pairs.map(({ times }) => orderOf(times));
  const [later, earlier] = [1, -1].map((wanted) => signs.filter((sign) => sign === wanted).length);
  const telling = pairs.filter((_, i) => signs[i] !== 0).map(({ times }) => ratioOf(times));
  const ratio = telling.length ? median(telling) : null;
  const evidence = Math.min(Number.MAX_VALUE, Math.exp(logSignEvidence(later, earlier)));
  const material = ratio !== null && outside({ low: ratio, high: ratio }, limits.MATERIAL);
  const goesOn = newestSigns(pairs) * (later - earlier) > 0;
  return {
    subject: cellText(cell),
    key: cell.key,
    later,
    earlier,
    same: pairs.length - later - earlier,
    evidence,
    needed,
    ratio: ratio !== null && Number.isFinite(ratio) ? ratio : null,
    drifts: evidence >= needed && material && goesOn,
  };
}

/**
 * What nights have shown together since the last blessing, on seeds that both codes have run: a test by signs that may be
 * looked at every night. Under "nothing has moved" the two codes of a pair can be exchanged; that any of the cells is ever
 * called drift by it before the next blessing has a probability of at most {@linkcode limits.NIGHTS}. It is drift as long as
 * the newest code goes on in the same direction, so that what was taken back clears it.
 *
 * @param cells that are judged by it, however few are asked for
 */
export function nightsOfCells(
  subjects: readonly Subject[],
  pairs: ReadonlyMap<string, readonly NightPair[]>,
  cells: number,
): CellNights[] {
  const needed = Math.max(cells, subjects.length) / limits.NIGHTS;
  return subjects.flatMap((subject) => nightsOf(subject, pairs.get(subject.cell.key) ?? [], needed) ?? []);
}

/** Cells that nights have shown to move; of the others there is nothing to say yet. */
export function judgeNights(nights: readonly CellNights[], subjects: readonly Subject[]): Finding[] {
  return nights.filter(({ drifts }) => drifts).map((found): Finding => {
    const { subject, key, later, earlier, same, evidence, needed, ratio } = found;
    const { cell, control } = subjects.find((each) => each.cell.key === key)!;
    const pairs = later + earlier + same;
    const range = ratio === null ? null : { low: ratio, high: ratio };
    return {
      tier: "nights",
      subject,
      cell: { case: cell.case, key },
      quantity: "gradient calls to generalise, night by night",
      verdict: "drift",
      from: "as often later as earlier",
      to: `of ${pairs} seeds ${later} later, ${earlier} earlier, ${same} the same`,
      certainty: `evidence ${evidence.toPrecision(2)}, drift from ${text.integer(needed)} on; median ratio ${
        text.ratio(range)
      }`,
      numbers: numbersOf({ n: { expected: pairs, found: pairs }, ratio: range, evidence }),
      seeds: [],
      look: `what was merged since the blessing; whether ${control ?? "other cells"} moved too`,
    };
  });
}
