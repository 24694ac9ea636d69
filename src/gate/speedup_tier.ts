import { cellText } from "../table/cell.ts";
import { SampleTable } from "../table/table.ts";
import { compare } from "../stats/comparison.ts";
import { BASELINE, TUNED_BASELINE } from "../declare/baseline.ts";
import type { Outline } from "../stats/observe.ts";
import * as text from "../text.ts";
import type { Finding, Verdict } from "./finding.ts";
import { numbersOf } from "./numbers.ts";
import type { Judged } from "./time_tier.ts";

/** A ratio is as good as the worse of its two times. */
function verdictOf(own: Finding, other: Finding): Verdict {
  for (const verdict of ["incomplete", "drift", "inconclusive"] as const) {
    if (own.verdict === verdict || other.verdict === verdict) return verdict;
  }
  return "reproduced";
}

function compared(own: Judged, other: Judged, quantity: string): Finding {
  const every = own.subject.evidence[0]?.config.evalEvery ?? 0;
  const ratio = (a: readonly Outline[], b: readonly Outline[]) => compare(a, b, "start", every);
  const verdict = verdictOf(own.finding, other.finding);
  const samples = (j: Judged) => j.subject.expected?.samples ?? [];
  const [from, to] = [
    ratio(samples(other), samples(own)),
    ratio(other.subject.evidence, own.subject.evidence),
  ];
  return {
    tier: "speedup",
    subject: cellText(own.subject.cell),
    quantity: `${quantity} over ${other.subject.cell.algorithm}`,
    verdict,
    from: text.ratioWithInterval(from),
    to: text.ratioWithInterval(to),
    certainty: "median over seeds with its 95 % interval; follows from the two times",
    numbers: numbersOf({
      n: { expected: from?.pairs ?? 0, found: to?.pairs ?? 0 },
      ratio: to && { low: to.low, high: to.high },
      interval: to?.interval ?? null,
    }),
    seeds: own.subject.evidence.map(({ seed }) => seed),
    look: verdict === "reproduced"
      ? ""
      : `the times of ${own.subject.cell.algorithm} and ${other.subject.cell.algorithm}`,
  };
}

/**
 * Speedups over the baseline and attributions over the control. They are ratios of times that are judged already, so
 * they show what has moved and get no test of their own: a second test of the same data would only add false alarms.
 */
export function judgeSpeedups(judged: readonly Judged[], partners: readonly Judged[] = []): Finding[] {
  const rowOf = (own: Judged) => ({ cell: own.subject.cell, own });
  const table = new SampleTable([...partners, ...judged].map(rowOf));
  return judged.map(rowOf).flatMap((row) => {
    const pairs = [
      [BASELINE, "speedup"],
      [TUNED_BASELINE, "speedup"],
      [row.own.subject.control, "attribution"],
    ] as const;
    return pairs.flatMap(([algorithm, quantity]) => {
      const other = table.tunedBeside(row, algorithm);
      return other ? [compared(row.own, other.own, quantity)] : [];
    });
  });
}
