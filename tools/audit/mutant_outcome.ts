import { join } from "node:path";
import { catalogue } from "../../bench/mod.ts";
import { readArchive } from "../../src/run/record/archive.ts";
import { compact } from "../../src/run/record/compact.ts";
import { writeAtomically } from "../../src/files.ts";
import { sealed } from "../../src/run/record/seal.ts";
import { confirmationSeeds, rotatingSeeds } from "../../src/fleet/seeds.ts";
import { expectationOf } from "../../src/gate/bless.ts";
import { expectationPath, expectedFolder, readExpectation } from "../../src/gate/expectation.ts";
import type { Finding, Tier } from "../../src/gate/finding.ts";
import type { Judgement } from "../../src/gate/judge.ts";
import { pooled } from "../../src/pool.ts";
import { type JudgeMutant, judging, type Mutant } from "./mutants/mod.ts";
import { run, runTests } from "./process.ts";
import { inCopy } from "./tree.ts";

/** Cells of a profile: every case under every algorithm. */
export interface Cells {
  readonly cases: readonly string[];
  readonly algorithms: readonly string[];
}

/** What an audit runs of a mutant. */
export interface Scope {
  readonly profile: string;
  /** Canaries; nothing named is all of them. */
  readonly canaries: Cells;
  /** Trained on fixed seeds, for records and digests. */
  readonly fixed: Cells & { readonly seeds: readonly number[] };
  /** Trained on fresh seeds, for times: cells that generalise. Null: times are not tried. */
  readonly fresh: Cells & { readonly seeds: number } | null;
}

/** A minute of training and another one of confirmation. */
export const SCOPE: Scope = {
  profile: "smoke",
  canaries: { cases: [], algorithms: [] },
  fixed: {
    cases: ["tiny-div", "tiny-add", "tiny-glyphs"],
    algorithms: ["adamw", "adam-l2-scratch", "ppm", "ppm-gradpred", "pp-conn"],
    seeds: [0],
  },
  fresh: { cases: ["tiny-glyphs"], algorithms: ["adam-l2-scratch", "adam-l2", "ppm", "pp-conn"], seeds: 5 },
};

/** `crash`: a command failed and said so, which no one takes for a pass. `test`: a test of what judges failed. */
export type Catcher = Extract<Tier, "canary" | "record" | "digest" | "time"> | "crash" | "test";

/** What became of a mutant. */
export interface MutantOutcome {
  readonly id: string;
  readonly what: string;
  /** The first tier that catches it; null when it escaped. */
  readonly caughtBy: Catcher | null;
  /** From the start of its first command to the end of the one that caught it. */
  readonly seconds: number;
  /** What is said of it first. */
  readonly symptom: string;
  /** Whether it was caught before anything was trained. */
  readonly untrained: boolean;
  /** How far off the canaries are, as a multiple of the tolerance; Infinity where what has to be equal is not, null elsewhere. */
  readonly margin: number | null;
  /** Whether the time tier alone, on fresh seeds, calls it drift; null when that was not tried. */
  readonly byTime: boolean | null;
}

/** The run in which nothing is changed, which has to pass. */
export const CONTROL = "control";

type Caught = Pick<MutantOutcome, "caughtBy" | "symptom"> & { readonly margin?: number | null };
const nothing: Caught = { caughtBy: null, symptom: "" };

/** A canary that is off by less than this many tolerances is told from the others only just. */
export const CLEAR = 2;

/** Any day does: what matters is that the expectations do not have its seeds. */
const DAY = "2026-01-01";

const said = ({ subject, quantity, from, to, certainty }: Finding): Caught["symptom"] =>
  [`${subject}: ${quantity}: ${from} → ${to}`, certainty].filter(Boolean).join("; ");

/** The copy lies in a folder whose name says nothing. */
const placeless = (text: string, folder: string) => text.replaceAll(`${folder}/`, "");

/** A command that failed. */
const crash = (symptom: string): Caught => ({ caughtBy: "crash", symptom });

const chosen = ({ cases, algorithms }: Cells): string[] => [
  ...cases.flatMap((id) => ["-c", id]),
  ...algorithms.flatMap((id) => ["-a", id]),
];

/** The first finding of a tier that is not as it should be. */
function wrong({ findings }: Judgement, tier: Catcher & Tier, verdicts: readonly Finding["verdict"][]): Caught | null {
  const found = findings.find((f) => f.tier === tier && verdicts.includes(f.verdict));
  return found ? { caughtBy: tier, symptom: said(found) } : null;
}

/** How far the canaries of a judgement are off that are. A trajectory that did not reach its end has no measure of it. */
function marginOf({ findings }: Judgement): number {
  const wrong = findings.filter(({ tier, verdict }) => tier === "canary" && verdict !== "reproduced");
  return Math.max(0, ...wrong.map(({ numbers: { deviation } }) => deviation?.worst ?? Infinity));
}

/** The first canary that fails catches; where it does so only just, the others are asked too how far off they are. */
async function byCanary(folder: string, { canaries }: Scope): Promise<Caught> {
  const ask = (...how: string[]) => run(folder, "worker", ["canary", ...how, ...chosen(canaries)]);
  const { code, judgement, complaint } = await ask("--fail-fast");
  if (!judgement) return crash(complaint);
  const caught = wrong(judgement, "canary", ["drift", "incomplete"]);
  if (!caught) return code === 0 ? nothing : crash(`exit code ${code} without a finding`);
  const margin = marginOf(judgement);
  const all = margin < CLEAR ? (await ask()).judgement : null;
  return { ...caught, margin: all ? marginOf(all) : margin };
}

/** Trains, then judges what the results folder holds by then. */
class Trials {
  constructor(readonly folder: string, readonly profile: string, readonly results: string) {}

  /** What a failed run says, or null. */
  async train(cells: Cells, seeds: readonly number[]): Promise<Caught | null> {
    const args = [...this.#common(cells, seeds), "--no-gate", "-j", "1"];
    const { code, complaint } = await run(this.folder, "bench", ["bench", ...args]);
    return code === 0 ? null : crash(complaint);
  }

  async judge(cells: Cells, seeds: readonly number[]): Promise<Judgement | Caught> {
    const { judgement, complaint } = await run(this.folder, "gate", ["gate", ...this.#common(cells, seeds)]);
    return judgement ?? crash(complaint);
  }

  #common(cells: Cells, seeds: readonly number[]): string[] {
    return ["-p", this.profile, ...chosen(cells), "-s", seeds.join(","), "--results", `${this.folder}/${this.results}`];
  }
}

const isJudgement = (outcome: Judgement | Caught): outcome is Judgement => "findings" in outcome;

/** Results folder of the fixed seeds in a copy. */
const FIXED = "fixed";

/**
 * Makes the trajectories of the control what is expected in `base`, in the place of those of other processors: digests
 * are compared on one processor only, which thereby is this one.
 */
function expectTrajectories(base: string, control: string, profile: string): void {
  const root = join(base, "expected");
  const known = readArchive(join(expectedFolder(profile, root), "records"), catalogue).records;
  const own = readArchive(join(control, FIXED), catalogue).records;
  for (const id of new Set(own.map((record) => record.case))) {
    const records = [...known, ...own].filter((record) => record.case === id);
    const latest = [...new Map(records.map((record) => [record.id, compact(record)])).values()];
    const blessings = readExpectation(profile, id, root)?.blessings ?? [];
    const expected = expectationOf(catalogue, { profile, case: id }, latest, blessings);
    writeAtomically(expectationPath(profile, id, root), JSON.stringify(sealed(expected)));
  }
}

/** Fixed seeds: do records agree with themselves, and with the trajectories of the control, where this is not it? */
async function byFixedSeeds(folder: string, { profile, fixed }: Scope, isControl: boolean): Promise<Caught> {
  const trials = new Trials(folder, profile, FIXED);
  const failed = await trials.train(fixed, fixed.seeds);
  const outcome = await trials.judge(fixed, fixed.seeds);
  if (!isJudgement(outcome)) return failed ?? outcome;
  // A run whose record contradicts itself has failed, and the record lies there to be told.
  const told = wrong(outcome, "record", ["incomplete", "drift"]) ?? failed;
  // Which processor the expectations are of is not for the control to answer for: processors of one name may differ.
  return told ?? (isControl ? null : wrong(outcome, "digest", ["inconclusive", "drift"])) ?? nothing;
}

/** Fresh seeds, further ones where the screen flags a cell, and only `drift` counts: the gate's own procedure. */
async function byTimes(folder: string, profile: string, fresh: NonNullable<Scope["fresh"]>): Promise<Caught> {
  const trials = new Trials(folder, profile, "fresh");
  const seeds = rotatingSeeds(DAY, fresh.seeds);
  const failed = await trials.train(fresh, seeds);
  if (failed) return failed;
  const first = await trials.judge(fresh, seeds);
  if (!isJudgement(first)) return first;
  for (const { cell, seeds: more } of first.flagged) {
    const again = await trials.train(
      { cases: [cell.case], algorithms: [cell.algorithm] },
      confirmationSeeds(DAY, more),
    );
    if (again) return again;
  }
  if (first.flagged.length === 0) return nothing;
  const second = await trials.judge(fresh, seeds);
  return isJudgement(second) ? wrong(second, "time", ["drift"]) ?? nothing : second;
}

/** Whether tests of what judges see its slip; null: whether they pass without one. */
export function outcomeByTests(base: string, mutant: JudgeMutant | null): Promise<MutantOutcome> {
  const tests = mutant?.tests ?? [...new Set(judging.flatMap(({ tests }) => tests))];
  const { id, what } = mutant ?? { id: CONTROL, what: "nothing is changed" };
  return inCopy(base, mutant, async (folder) => {
    const start = performance.now();
    const failed = await runTests(folder, tests);
    const seconds = Math.round((performance.now() - start) / 100) / 10;
    const caught: Caught = failed === null ? nothing : { caughtBy: "test", symptom: placeless(failed, folder) };
    return { id, what, ...caught, margin: null, seconds, untrained: true, byTime: null };
  });
}

/**
 * Follows a mutant (null: the control, the project as it is) through the tiers until one catches it. What the control
 * trains on fixed seeds is expected in `base` from then on, so it goes first.
 */
export function outcomeOf(base: string, mutant: Mutant | null, scope: Scope = SCOPE): Promise<MutantOutcome> {
  const { id, what, late = false } = mutant ?? { id: CONTROL, what: "nothing is changed" };
  return inCopy(base, mutant, async (folder) => {
    const start = performance.now();
    const seconds = () => Math.round((performance.now() - start) / 100) / 10;
    let caught = await byCanary(folder, scope);
    const untrained = caught.caughtBy !== null;
    if (!untrained) caught = await byFixedSeeds(folder, scope, mutant === null);
    if (!mutant && !caught.caughtBy) expectTrajectories(base, folder, scope.profile);
    let taken = seconds();
    let byTime: boolean | null = null;
    if (scope.fresh && (!caught.caughtBy || (late && !untrained))) {
      const times = await byTimes(folder, scope.profile, scope.fresh);
      byTime = times.caughtBy === "time";
      if (!caught.caughtBy) [caught, taken] = [times, seconds()];
    }
    const symptom = placeless(caught.symptom, folder);
    const { caughtBy, margin = null } = caught;
    return { id, what, caughtBy, margin, seconds: taken, symptom, untrained, byTime };
  });
}

/** What becomes of mutants, `workers` at a time, in their order. */
export function outcomesOf(
  base: string,
  mutants: readonly (Mutant | JudgeMutant | null)[],
  workers: number,
  tell: (outcome: MutantOutcome) => void,
  scope: Scope = SCOPE,
): Promise<MutantOutcome[]> {
  return pooled(mutants, workers, async (mutant) => {
    const outcome = await (mutant && "tests" in mutant ? outcomeByTests(base, mutant) : outcomeOf(base, mutant, scope));
    tell(outcome);
    return outcome;
  });
}
