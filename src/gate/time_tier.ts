import { cellText } from "../table/cell.ts";
import { kaplanMeierMedian, type Observation } from "../stats/kaplan_meier.ts";
import * as text from "../text.ts";
import type { Finding } from "./finding.ts";
import { commonFollowUp, observationsOf } from "./observations.ts";
import { type Screening, screenTimes, type Shift, type Times } from "./screen.ts";
import { news, repeated, type Subject } from "./subject.ts";
import { decide, type Decision } from "./verdict.ts";

/** A cell's times, the tests on them, and what follows. */
export interface Judged {
  readonly subject: Subject;
  readonly times: Times;
  readonly shift: Shift;
  readonly finding: Finding;
}

function timesOf(subject: Subject): Times {
  const { screen, confirm } = news(subject);
  const samples = [subject.expected?.samples ?? [], screen, confirm].map((runs) => observationsOf(runs));
  const [reference, fresh, again] = commonFollowUp(samples);
  return { reference, screen: fresh, confirm: again };
}

const QUANTITY = "gradient calls to generalise";
/** `2,785 (5 runs)`, `≥ 46,955 (2 of 3 runs)`. */
export function sampleText(sample: readonly Observation[]): string {
  const median = kaplanMeierMedian(sample);
  const reached = sample.filter((o) => !o.censored).length;
  const runs = reached === sample.length ? `${reached} runs` : `${reached} of ${sample.length} runs`;
  if (!median) return sample.length ? `never (${runs})` : "nothing";
  return `${text.estimate(median)} (${runs})`;
}

function certainty({ p, confirmation }: Shift, { ratio, interval, reason }: Decision): string {
  const tests = [
    p === null ? "" : `p = ${p.toPrecision(2)} (Holm)`,
    confirmation === null ? "" : `on fresh seeds p = ${confirmation.toPrecision(2)}`,
  ].filter(Boolean);
  return [`ratio ${text.ratio(ratio)}, 90 % ${text.interval(interval)}`, ...tests, reason].join("; ");
}

/** Where to look first when a cell's times have moved. */
function whereToLook({ cell, control, expected, sources }: Subject, decision: Decision): string {
  if (decision.verdict === "reproduced") return "";
  if (decision.verdict === "inconclusive") {
    return decision.awaits
      ? `deno task bench -c ${cell.case} -a ${cell.algorithm} --rotate today --confirm`
      : `more seeds: deno task bench -c ${cell.case} -a ${cell.algorithm} --rotate today`;
  }
  const expectedAt = [...new Set(expected?.samples.map(({ source }) => sources[source].commit?.slice(0, 9) ?? "?"))]
    .join(", ");
  const others = control ? `; whether ${control} moved too` : "";
  return `src/algorithms and the case since ${expectedAt}, where its expectation was made${others}`;
}

function findingOf(subject: Subject, times: Times, shift: Shift): Finding {
  const { cell, planned, expected, evidence } = subject;
  const base = {
    tier: "time",
    subject: cellText(cell),
    cell: { case: cell.case, key: cell.key },
    quantity: QUANTITY,
    from: sampleText(observationsOf(expected?.samples ?? [])),
    to: sampleText(observationsOf(evidence)),
    seeds: evidence.map(({ seed }) => seed),
  } as const;
  if (evidence.length < planned) {
    const missing = `${evidence.length} of ${planned} runs are there`;
    return {
      ...base,
      verdict: "incomplete",
      certainty: missing,
      look: "deno task bench goes on where it was",
    };
  }
  if (!expected) {
    return {
      ...base,
      verdict: "inconclusive",
      certainty: "there is no expectation",
      look: "deno task bless",
    };
  }
  if (evidence.every((record) => repeated(subject, record))) {
    return {
      ...base,
      verdict: "reproduced",
      certainty: "every trajectory equals the expected one bit for bit",
      look: "",
    };
  }
  const decision = decide(times, shift);
  return {
    ...base,
    verdict: decision.verdict,
    certainty: certainty(shift, decision),
    look: whereToLook(subject, decision),
  };
}

/** The statistical tier over all cells of a judgement. */
export function judgeTimes(subjects: readonly Subject[]): { readonly judged: Judged[]; readonly screening: Screening } {
  const times = subjects.map(timesOf);
  const testable = times.map((t) => t.reference.length ? t : { ...t, screen: [], confirm: [] });
  const screening = screenTimes(testable);
  const judged = subjects.map((subject, i) => ({
    subject,
    times: times[i],
    shift: screening.shifts[i],
    finding: findingOf(subject, times[i], screening.shifts[i]),
  }));
  return { judged, screening };
}
