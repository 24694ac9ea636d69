import { median } from "simple-statistics";
import { outside } from "../stats/interval.ts";
import { logSignEvidence } from "../stats/sign_process.ts";
import { cellText } from "../table/cell.ts";
import * as text from "../text.ts";
import type { Finding } from "./finding.ts";
import * as limits from "./limits.ts";
import { numbersOf } from "./numbers.ts";
import { logRatios, type TimePair } from "./pairs.ts";
import type { Subject } from "./subject.ts";

/** What the pairs of all nights since a blessing say of one cell. */
interface Nights {
  readonly subject: Subject;
  readonly pairs: number;
  readonly later: number;
  readonly earlier: number;
  readonly evidence: number;
  readonly ratio: number;
}

function nightsOf(subject: Subject, pairs: readonly TimePair[]): Nights | null {
  const ratios = logRatios(pairs);
  if (!ratios) return null;
  const later = ratios.filter((ratio) => ratio > 0).length;
  const earlier = ratios.filter((ratio) => ratio < 0).length;
  return {
    subject,
    pairs: pairs.length,
    later,
    earlier,
    evidence: Math.min(Number.MAX_VALUE, Math.exp(logSignEvidence(later, earlier))),
    ratio: Math.exp(median(ratios)),
  };
}

const counted = ({ later, earlier, pairs }: Nights) =>
  `of ${pairs} seeds ${later} later, ${earlier} earlier, ${pairs - later - earlier} the same`;

function findingOf(nights: Nights, needed: number): Finding {
  const { subject: { cell, control }, pairs, ratio, evidence } = nights;
  const drifts = evidence >= needed && outside({ low: ratio, high: ratio }, limits.MATERIAL);
  return {
    tier: "nights",
    subject: cellText(cell),
    cell: { case: cell.case, key: cell.key },
    quantity: "gradient calls to generalise, night by night",
    verdict: drifts ? "drift" : "reproduced",
    from: "as often later as earlier",
    to: counted(nights),
    certainty: `evidence ${evidence.toPrecision(2)}, drift from ${text.integer(needed)} on; ` +
      `median ratio ${text.ratio({ low: ratio, high: ratio })}`,
    numbers: numbersOf({ n: { expected: pairs, found: pairs }, ratio: { low: ratio, high: ratio }, evidence }),
    seeds: [],
    look: drifts ? `what was merged since the blessing; whether ${control ?? "other cells"} moved too` : "",
  };
}

/**
 * What nights have shown together since the last blessing, on seeds that both codes have run: a test by signs that may be
 * looked at every night. Under "nothing has moved" the two codes of a pair can be exchanged; that any of the cells is ever
 * called drift by it has a probability of at most {@linkcode limits.NIGHTS}.
 */
export function judgeNights(subjects: readonly Subject[], pairs: ReadonlyMap<string, readonly TimePair[]>): Finding[] {
  const known = subjects.flatMap((subject) => nightsOf(subject, pairs.get(subject.cell.key) ?? []) ?? []);
  return known.map((nights) => findingOf(nights, subjects.length / limits.NIGHTS));
}
