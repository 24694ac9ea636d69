import type { LawClaim } from "../declare/claim.ts";
import type { Fit, Point } from "../laws/mod.ts";
import { initialNormOf } from "../run/record/outline.ts";
import type { Run } from "../run/record/record.ts";
import type { Finding } from "./finding.ts";
import { numbersOf } from "./numbers.ts";
import { lawById, pointsOf, sweepsOf } from "./law_points.ts";
import { decideLaw, type LawDecision } from "./law_verdict.ts";
import { news, repeated, type Subject } from "./subject.ts";

const withNorm = (records: readonly Run[]) =>
  records.map((record) => ({ ...record, initialNorm: initialNormOf(record) }));

/** Points of a sweep: expected, new, and of the seeds that confirm. */
function sweepOf(claim: LawClaim, subjects: readonly Subject[]) {
  const collect = (runs: (subject: Subject) => Parameters<typeof pointsOf>[2]): Point[] =>
    subjects.flatMap((subject) => pointsOf(claim, subject.cell, runs(subject)));
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

/** A law under judgement, and the cells that have to be run again before it can be drift. */
export interface JudgedLaw {
  readonly finding: Finding;
  readonly awaiting: readonly Subject[];
}

type Said = Pick<LawDecision, "verdict" | "reason"> & Partial<LawDecision>;

/** One algorithm over a sweep. */
interface JudgedSweep {
  readonly claim: LawClaim;
  readonly algorithm: string;
  readonly subjects: readonly Subject[];
}

function judgeLaw({ claim, algorithm, subjects }: JudgedSweep, laws: number): JudgedLaw {
  const sweep = sweepOf(claim, subjects);
  const law = lawById(claim.law);
  const missing = subjects.some(({ evidence, planned }) => evidence.length < planned);
  const same = subjects.every((subject) => subject.evidence.every((record) => repeated(subject, record)));
  const said: Said = missing
    ? { verdict: "incomplete", reason: "runs of the sweep are missing" }
    : sweep.reference.length === 0
    ? { verdict: "inconclusive", reason: "there is no expectation" }
    : same
    ? { verdict: "reproduced", reason: "every trajectory equals the expected one bit for bit" }
    : decideLaw(law, sweep, { laws });
  const finding: Finding = {
    tier: "law",
    subject: `${claim.case} ${algorithm}`,
    quantity: `${claim.formula}, T in epochs`,
    verdict: said.verdict,
    from: fitText(law.fit(sweep.reference)),
    to: fitText(law.fit(sweep.all)),
    certainty: said.reason,
    numbers: numbersOf({
      n: { expected: sweep.reference.length, found: sweep.all.length },
      ratio: same && said.verdict === "reproduced"
        ? { low: 1, high: 1 }
        : said.ratio
        ? { low: said.ratio, high: said.ratio }
        : null,
      p: said.p ?? null,
      confirmation: said.confirmation ?? null,
    }),
    seeds: [...new Set(sweep.all.map(({ seed }) => seed))],
    look: said.verdict === "reproduced"
      ? ""
      : said.awaits
      ? `deno task bench -c ${claim.case} -a ${subjects[0].cell.algorithm} --rotate today --confirm`
      : `the times of ${claim.case} ${algorithm} at the ends of the sweep`,
  };
  return { finding, awaiting: said.awaits ? subjects : [] };
}

/** Whether the laws that the paper claims are still the same, for each algorithm that was run over the sweep. */
export function judgeLaws(lawClaims: readonly LawClaim[], subjects: readonly Subject[]): JudgedLaw[] {
  const sweeps = lawClaims.flatMap((claim) =>
    [...sweepsOf(claim, subjects)].map(([algorithm, own]): JudgedSweep => ({ claim, algorithm, subjects: own }))
  );
  return sweeps.map((sweep) => judgeLaw(sweep, sweeps.length));
}
