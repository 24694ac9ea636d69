import { type LawClaim, lawClaims } from "../../bench/claims/mod.ts";
import { type Fit, type LawDrift, lawDrift, type Point } from "../laws/mod.ts";
import type { RunRecord } from "../run/record.ts";
import type { Finding, Verdict } from "./finding.ts";
import { lawById, pointsOf } from "./law_points.ts";
import * as limits from "./limits.ts";
import { initialNormOf } from "./sample.ts";
import { news, repeated, type Subject } from "./subject.ts";

/** A law's labels are dealt out anew by refitting it each time, so fewer than of the times. */
const PERMUTATIONS = 500;
const LEVEL = 0.01;

const withNorm = (records: readonly RunRecord[]) =>
  records.map((record) => ({ ...record, initialNorm: initialNormOf(record) }));

/** Points of a sweep: expected, new, and of the seeds that confirm. */
function sweepOf(claim: LawClaim, subjects: readonly Subject[]) {
  const collect = (runs: (subject: Subject) => Parameters<typeof pointsOf>[2]): Point[] =>
    subjects.flatMap((subject) => pointsOf(claim, subject.cell.variant, runs(subject)));
  return {
    reference: collect(({ expected }) => expected?.samples ?? []),
    screen: collect((subject) => withNorm(news(subject).screen)),
    confirm: collect((subject) => withNorm(news(subject).confirm)),
    all: collect(({ evidence }) => withNorm(evidence)),
  };
}

/** `B = 1.2e+6, eta = 0.093`. */
const fitText = (fit: Fit | null): string =>
  fit
    ? Object.entries(fit.parameters).map(([name, value]) => `${name} = ${value.toPrecision(3)}`).join(", ")
    : "not determined";

/** The greatest factor between what two fits predict at the settings of a sweep. */
function apart({ reference, fresh }: LawDrift, points: readonly Point[]): number {
  return Math.max(...points.map(({ x }) => Math.exp(Math.abs(Math.log(fresh.predict(x) / reference.predict(x))))));
}

interface Said {
  readonly verdict: Verdict;
  readonly certainty: string;
}

function say({ reference, screen, confirm }: ReturnType<typeof sweepOf>, claim: LawClaim): Said {
  const law = lawById(claim.law);
  const options = { permutations: PERMUTATIONS, seed: 0 };
  const drift = lawDrift(law, reference, screen, options);
  if (!drift) return { verdict: "inconclusive", certainty: "the new runs do not determine the law" };
  const factor = apart(drift, reference);
  const p = `likelihood ratio p = ${drift.p.toPrecision(2)}, predictions up to ×${factor.toPrecision(3)} apart`;
  if (drift.p <= LEVEL) {
    const again = confirm.length ? lawDrift(law, reference, confirm, options) : null;
    if (!again) return { verdict: "inconclusive", certainty: `${p}; fresh seeds must confirm it` };
    const confirmed = again.p <= LEVEL && apart(again, reference) > limits.MATERIAL;
    const more = `on fresh seeds p = ${again.p.toPrecision(2)}`;
    return { verdict: confirmed ? "drift" : "inconclusive", certainty: `${p}; ${more}` };
  }
  return { verdict: factor <= limits.EQUIVALENT ? "reproduced" : "inconclusive", certainty: p };
}

function judgeLaw(claim: LawClaim, algorithm: string, subjects: readonly Subject[]): Finding {
  const sweep = sweepOf(claim, subjects);
  const law = lawById(claim.law);
  const missing = subjects.some(({ evidence, planned }) => evidence.length < planned);
  const same = subjects.every((subject) => subject.evidence.every((record) => repeated(subject, record)));
  const said: Said = missing
    ? { verdict: "incomplete", certainty: "runs of the sweep are missing" }
    : sweep.reference.length === 0
    ? { verdict: "inconclusive", certainty: "there is no expectation" }
    : same
    ? { verdict: "reproduced", certainty: "every trajectory equals the expected one bit for bit" }
    : say(sweep, claim);
  return {
    tier: "law",
    subject: `${claim.case} ${algorithm}`,
    quantity: `${claim.formula}, T in epochs`,
    from: fitText(law.fit(sweep.reference)),
    to: fitText(law.fit(sweep.all)),
    seeds: [...new Set(sweep.all.map(({ seed }) => seed))],
    look: said.verdict === "reproduced" ? "" : `the times of ${claim.case} ${algorithm} at the ends of the sweep`,
    ...said,
  };
}

/** Whether the laws that the paper claims are still the same, for each algorithm that was run over the sweep. */
export function judgeLaws(subjects: readonly Subject[]): Finding[] {
  return lawClaims.flatMap((claim) => {
    const own = Map.groupBy(subjects.filter(({ cell }) => cell.case === claim.case), ({ cell }) => cell.algorithm);
    return [...own].filter(([, cells]) => cells.length >= 3)
      .map(([algorithm, cells]) => judgeLaw(claim, algorithm, cells));
  });
}
