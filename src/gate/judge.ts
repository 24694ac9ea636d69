import type { Catalogue } from "../catalogue/catalogue.ts";
import { planOf } from "../fleet/plan.ts";
import type { Archive } from "../run/record/archive.ts";
import { type Cell, cellOfTrial, cellText } from "../table/cell.ts";
import { type CellRuns, tableOf } from "../table/table.ts";
import type { Provenance, Run } from "../run/record/record.ts";
import type { Trial } from "../run/trial.ts";
import { digestFinding } from "./digests.ts";
import { type Expectation, readExpectation } from "./expectation.ts";
import { joinedTo, NONE_JOINED, pairsOfNights, withJoined } from "./joined.ts";
import { type Finding, type Verdict, worst } from "./finding.ts";
import { type JudgedLaw, judgeLaws } from "./law_tier.ts";
import * as limits from "./limits.ts";
import { numbersOf } from "./numbers.ts";
import { type CellNights, judgeNights, type NightPair, nightsOfCells } from "./night_tier.ts";
import { judgeSpeedups } from "./speedup_tier.ts";
import { news, repeated, type RunsByCell, type Subject, subjectsOf } from "./subject.ts";
import { type Judged, judgeTimes } from "./time_tier.ts";
import { seedsToConfirmLaw } from "./screen.ts";

/** A cell that fresh seeds have to confirm, and how many. */
export interface Flagged {
  readonly cell: Cell;
  readonly seeds: number;
  /** Whether the expected code is to run them as well. */
  readonly paired: boolean;
}

/** Everything the gate has to say. */
export interface Judgement {
  readonly schema: 2;
  readonly profile: string;
  readonly engine: string;
  readonly verdict: Verdict;
  /** Runs that were judged: those that repeat an expected one bit for bit, and those that tell something new. */
  readonly runs: { readonly repeated: number; readonly fresh: number };
  /** p of all cells together; null when nothing was tested. */
  readonly omnibus: number | null;
  /** Commits that the records were made at, ` with changes` where the code was not as committed. */
  readonly commits: readonly string[];
  /** Cells whose records were made by code that computes something else than the code that judges. */
  readonly otherCode: readonly string[];
  readonly findings: readonly Finding[];
  /** What nights have shown together of each cell, as far as they have shown anything. */
  readonly nights: readonly CellNights[];
  readonly flagged: readonly Flagged[];
}

/** What is judged: the cells of a plan, on one engine. */
export interface GateInput {
  readonly catalogue: Catalogue;
  readonly profile: string;
  readonly engine: string;
  readonly plan: readonly Trial[];
  readonly expectations: readonly Expectation[];
  /** Cells that the profile has as it stands: that nothing is expected of one of them is incomplete, not a pass. */
  readonly promised?: ReadonlySet<string>;
  /** The same seeds under both codes, as nights have gathered them, by the key of the cell. */
  readonly nights?: ReadonlyMap<string, readonly NightPair[]>;
  /** Baselines and controls that were not asked for and are there: ratios over them are shown. */
  readonly beside?: readonly CellRuns<Run>[];
}

/** What a judgement is made of, and where else runs lie that it takes for expected. */
type Asked = Omit<GateInput, "expectations" | "nights"> & { readonly joined?: string | null };

/**
 * The input of a plan. Expectations of its own profile come first; a cell is the same cell in every profile.
 *
 * @throws {UsageError} for a damaged expectation, or damaged runs that joined one
 */
export function gateInputOf(
  { catalogue, profile, engine, plan, beside = [], joined = null }: Asked,
  root?: string,
): GateInput {
  const planned = plan.map((trial) => cellOfTrial(catalogue, trial).key);
  const keys = new Set([...planned, ...beside.map(({ cell }) => cell.key)]);
  const ids = [...new Set(plan.map((trial) => trial.case.id))];
  const folders = [profile, ...catalogue.profiles.map(({ id }) => id).filter((id) => id !== profile)];
  const all = folders.flatMap((folder) => ids.map((id) => readExpectation(folder, id, root)));
  const concerned = all.filter((e) => e !== null).filter(({ cells }) => cells.some(({ cell }) => keys.has(cell.key)));
  const more = concerned.map((each) =>
    joined === null ? NONE_JOINED : joinedTo(each, { root: joined, engine, catalogue })
  );
  const nights = new Map<string, readonly NightPair[]>();
  concerned.forEach(({ cells }, i) => {
    const own = pairsOfNights(more[i], catalogue);
    // A cell is judged by the first expectation that has it, and the pairs are of its blessing.
    for (const { cell: { key } } of cells) if (!nights.has(key)) nights.set(key, own.get(key) ?? []);
  });
  return {
    catalogue,
    profile,
    engine,
    plan,
    expectations: concerned.map((each, i) => withJoined(each, more[i], catalogue)),
    promised: promisedBy(catalogue, profile, engine),
    nights,
    beside,
  };
}

/** The keys of the cells that a profile has, whatever was asked of it; none for what is no profile. */
function promisedBy(catalogue: Catalogue, profile: string, engine: string): Set<string> {
  const found = catalogue.profiles.find(({ id }) => id === profile);
  const whole = { cases: [], algorithms: [], seeds: [], overrides: {}, engine };
  const plan = found ? planOf(catalogue, found, whole, "every") : [];
  return new Set(plan.map((trial) => cellOfTrial(catalogue, trial).key));
}

/** Cells of a plan with the number of runs it has in each. */
function plannedCells({ catalogue, plan }: GateInput) {
  const cells = new Map<string, { cell: Cell; control: string | null; runs: number }>();
  for (const trial of plan) {
    const cell = cellOfTrial(catalogue, trial);
    const planned = cells.get(cell.key) ?? { cell, control: trial.algorithm.control, runs: 0 };
    cells.set(cell.key, planned);
    planned.runs++;
  }
  return [...cells.values()];
}

const rejection = (line: string): Finding => ({
  tier: "record",
  subject: "results",
  quantity: "a record",
  verdict: "incomplete",
  from: "as a run wrote it",
  to: "something else",
  certainty: line,
  numbers: numbersOf(),
  seeds: [],
  look: "delete the file and run again",
});

/** @param subjects cells with something new, whose p it is */
function omnibusFinding(p: number, subjects: readonly Subject[]): Finding {
  const expected = subjects.reduce((sum, subject) => sum + (subject.expected?.samples.length ?? 0), 0);
  const found = subjects.reduce((sum, subject) => sum + news(subject).screen.length, 0);
  return {
    tier: "omnibus",
    subject: "all cells",
    quantity: "gradient calls to generalise",
    verdict: "inconclusive",
    from: "no shift",
    to: "a shift somewhere",
    certainty: `stratified permutation test, p = ${p.toPrecision(2)} ≤ ${limits.OMNIBUS}`,
    numbers: numbersOf({ n: { expected, found }, p }),
    seeds: [...new Set(subjects.flatMap(({ evidence }) => evidence.map(({ seed }) => seed)))],
    look: "the cells with the smallest p",
  };
}

/** What fresh seeds have to confirm: single cells, and all cells of a sweep whose law has moved. */
function flaggedOf(judged: readonly Judged[], laws: readonly JudgedLaw[]): Flagged[] {
  const waiting = judged.filter(({ shift }) => shift.flagged && shift.confirmation === null);
  const single = waiting.map(({ subject: { cell }, shift: { needs, paired } }): Flagged => (
    { cell, seeds: needs, paired: paired !== null }
  ));
  const known = new Set(single.map(({ cell }) => cell.key));
  const swept = laws.flatMap(({ awaiting }) => awaiting).filter(({ cell }) => !known.has(cell.key));
  return [
    ...single,
    ...swept.map(({ cell, planned }) => ({ cell, seeds: seedsToConfirmLaw(planned), paired: false })),
  ];
}

/** Baselines and controls that nobody asked for: of them no more is said than the ratios over them. */
function partnersOf({ beside = [], expectations }: GateInput): Subject[] {
  const evidence = new Map(beside.map(({ cell, records }) => [cell.key, records]));
  const cells = beside.map(({ cell, control, records }) => ({ cell, control, runs: records.length }));
  return subjectsOf(cells, expectations, { evidence });
}

/** What is judged: records, and which of them are known to be of code that computes something else. */
export type Evidence = Archive<Run> & {
  readonly otherCode?: ReadonlySet<string>;
  /** Runs of the expected code on seeds that confirm, where it could be run. */
  readonly blessed?: readonly Run[];
};

const byCell = (catalogue: Catalogue, records: readonly Run[]): RunsByCell =>
  new Map(tableOf(catalogue, records).rows.map(({ cell, records }) => [cell.key, records]));

const commitText = ({ commit, dirty }: Provenance): string => `${commit ?? "unknown"}${dirty ? " with changes" : ""}`;

/** Compares records with expectations, tier by tier; canaries that were run before come first. */
export function judge(
  input: GateInput,
  archive: Evidence,
  canaries: readonly Finding[] = [],
): Judgement {
  const { catalogue, profile, engine, expectations } = input;
  const own = archive.records.filter((record) => record.engine === engine);
  const evidence = byCell(catalogue, own);
  const subjects = subjectsOf(plannedCells(input), expectations, {
    evidence,
    blessed: byCell(catalogue, (archive.blessed ?? []).filter((record) => record.engine === engine)),
    promised: input.promised,
  });
  const { judged, screening: { omnibus } } = judgeTimes(subjects);
  const partners = judgeTimes(partnersOf(input)).judged;
  const laws = judgeLaws(catalogue.lawClaims, subjects);
  const flagged = flaggedOf(judged, laws);
  const nights = nightsOfCells(subjects, input.nights ?? new Map(), input.promised?.size ?? 0);
  const diffuse = omnibus !== null && omnibus <= limits.OMNIBUS && judged.every(({ shift }) => !shift.flagged);
  const findings = [
    ...canaries,
    ...archive.rejected.map(rejection),
    ...subjects.map(digestFinding).filter((finding) => finding !== null),
    ...judged.map(({ finding }) => finding),
    ...judgeNights(nights, subjects),
    ...(diffuse ? [omnibusFinding(omnibus, subjects.filter((each) => news(each).screen.length > 0))] : []),
    ...judgeSpeedups(judged, partners),
    ...laws.map(({ finding }) => finding),
  ];
  const commits = subjects.flatMap(({ evidence }) => evidence.map(({ provenance }) => commitText(provenance)));
  const repeats = subjects.flatMap((subject) =>
    subject.evidence.map((record) => repeated(subject, record) !== undefined)
  );
  const repeatedRuns = repeats.filter(Boolean).length;
  const otherCode = subjects.filter(({ evidence }) => evidence.some(({ id }) => archive.otherCode?.has(id)));
  return {
    schema: 2,
    profile,
    engine,
    verdict: worst(findings.map(({ verdict }) => verdict)),
    runs: { repeated: repeatedRuns, fresh: repeats.length - repeatedRuns },
    omnibus,
    commits: [...new Set(commits)],
    otherCode: otherCode.map(({ cell }) => cellText(cell)),
    findings,
    nights,
    flagged,
  };
}
