import { cellText } from "../table/cell.ts";
import { kaplanMeierMedian, type Observation } from "../stats/kaplan_meier.ts";
import * as text from "../text.ts";
import type { Finding } from "./finding.ts";
import { numbersOf, seedCorrelation } from "./numbers.ts";
import { confirms } from "../fleet/seeds.ts";
import { commonFollowUp, observationsOf, tellingBudget } from "./observations.ts";
import { type Screening, screenTimes, type Shift, type Times } from "./screen.ts";
import { lostSeeds, news, pairsOf, repeated, type Subject } from "./subject.ts";
import { BEYOND, decide, type Decision } from "./verdict.ts";

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
  return { reference, screen: fresh, confirm: again, pairs: pairsOf(subject) };
}

/** New runs that were given up before they could tell as much as the expected ones: what is seen of them is less, not more. */
function givenUpEarly(subject: Subject): string | null {
  const { screen, confirm } = news(subject);
  const needed = tellingBudget(subject.expected?.samples ?? []);
  const early = [...screen, ...confirm].filter(({ status, config }) =>
    status === "censored" && config.maxEpochs < needed
  );
  if (early.length === 0) return null;
  const given = Math.min(...early.map(({ config }) => config.maxEpochs));
  return `${early.length} new runs were given up after ${given} epochs, the expected ones were followed for ${needed}`;
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

function certainty({ p, paired, confirmation }: Shift, { ratio, interval, reason }: Decision): string {
  const tests = [
    p === null ? "" : `p = ${p.toPrecision(2)} (${paired ? "same seeds" : "Holm"})`,
    confirmation === null
      ? ""
      : `on fresh seeds p = ${confirmation.toPrecision(2)}${paired?.confirmation == null ? "" : " (both codes)"}`,
  ].filter(Boolean);
  return [`ratio ${text.ratio(ratio)}, 90 % ${text.interval(interval)}`, ...tests, reason].join("; ");
}

/** Where to look first when a cell's times have moved. */
function whereToLook(
  { cell, control, expected, sources }: Subject,
  decision: Decision,
  { paired }: Shift,
): string {
  if (decision.verdict === "reproduced") return "";
  if (decision.verdict === "inconclusive") {
    return decision.awaits
      ? `deno task bench -c ${cell.case} -a ${cell.algorithm}${paired ? "" : " --rotate today"} --confirm`
      : `more seeds: deno task bench -c ${cell.case} -a ${cell.algorithm} --rotate today`;
  }
  const expectedAt = [...new Set(expected?.samples.map(({ source }) => sources[source].commit?.slice(0, 9) ?? "?"))]
    .join(", ");
  const others = control ? `; whether ${control} moved too` : "";
  return `src/algorithms and the case since ${expectedAt}, where its expectation was made${others}`;
}

/** Seeds that no longer get there: neither medians nor ratios of the others show it. */
function lostText(subject: Subject): string | null {
  const lost = lostSeeds(subject);
  return lost.length ? `with seeds ${text.seeds(lost)} the expected run got there, and the new one did not` : null;
}

/** A run that was given up early, or that does not get there any more, never makes a verdict greener. */
function notGreener(decision: Decision, subject: Subject): Decision {
  const against = givenUpEarly(subject) ?? (decision.reason === BEYOND ? null : lostText(subject));
  if (decision.verdict !== "reproduced" || against === null) return decision;
  return { ...decision, verdict: "inconclusive", reason: against };
}

function findingOf(subject: Subject, times: Times, shift: Shift): Finding {
  const { cell, planned, promised, expected, evidence } = subject;
  const [before, now] = [expected?.samples ?? [], evidence].map((runs) => observationsOf(runs));
  // What fresh seeds confirm is not of the seeds that every night has.
  const screened = evidence.filter(({ seed }) => !confirms(seed));
  const base = {
    tier: "time",
    subject: cellText(cell),
    cell: { case: cell.case, key: cell.key },
    quantity: QUANTITY,
    from: sampleText(before),
    to: sampleText(now),
    seeds: evidence.map(({ seed }) => seed),
    numbers: numbersOf({
      n: { expected: before.length, found: now.length },
      calls: { expected: kaplanMeierMedian(before), found: kaplanMeierMedian(observationsOf(screened)) },
      seconds: evidence.reduce((sum, { timing }) => sum + timing.wallSeconds, 0),
    }),
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
      verdict: promised ? "incomplete" : "inconclusive",
      certainty: promised ? "there is no expectation, and the profile should have one" : "there is no expectation",
      look: promised ? "whether expected/ is whole: git status; for a new cell deno task bless" : "deno task bless",
    };
  }
  // Seeds that confirm were run for a law: they are no evidence against what the others show bit for bit.
  const looked = evidence.filter(({ seed }) => !confirms(seed));
  if ((looked.length ? looked : evidence).every((record) => repeated(subject, record))) {
    return {
      ...base,
      verdict: "reproduced",
      certainty: "every trajectory equals the expected one bit for bit",
      numbers: { ...base.numbers, ratio: { low: 1, high: 1 } },
      look: "",
    };
  }
  const decision = notGreener(decide(times, shift), subject);
  const anew = evidence.filter((record) => !repeated(subject, record));
  return {
    ...base,
    verdict: decision.verdict,
    certainty: certainty(shift, decision),
    numbers: {
      ...base.numbers,
      ratio: decision.ratio,
      interval: decision.interval,
      p: shift.p,
      confirmation: shift.confirmation,
      r: seedCorrelation(expected.samples, anew),
    },
    look: whereToLook(subject, decision, shift),
  };
}

/** The statistical tier over all cells of a judgement. */
export function judgeTimes(subjects: readonly Subject[]): { readonly judged: Judged[]; readonly screening: Screening } {
  const times = subjects.map(timesOf);
  const testable = times.map((t) => t.reference.length ? t : { ...t, screen: [], confirm: [], pairs: null });
  const screening = screenTimes(testable);
  const judged = subjects.map((subject, i) => ({
    subject,
    times: times[i],
    shift: screening.shifts[i],
    finding: findingOf(subject, times[i], screening.shifts[i]),
  }));
  return { judged, screening };
}
