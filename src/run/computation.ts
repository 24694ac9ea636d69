import type { Phase } from "../algorithms/algorithm.ts";
import { leaves, type Tree } from "../algorithms/tree.ts";
import { stream } from "../data/stream.ts";
import { packageVersions } from "../engine/mod.ts";
import { graphText, trace } from "../jit/mod.ts";
import type { Problem } from "../problem/case.ts";
import { Masks } from "./dropout.ts";
import { arithmetic } from "./arithmetic.ts";
import { stepProgram } from "./programs.ts";
import { advance, hasMemorised, type Rules, type Seen, START } from "./progress.ts";
import { Fingerprint, rehearsal, shortened } from "./rehearsal.ts";
import { digestOf } from "./trajectory.ts";
import { nextEvaluation, nextRecorded, nextThorough } from "./schedule.ts";
import type { Trial } from "./trial.ts";
import { TrialRun, UNWATCHED } from "./trial_run.ts";

/** Packages that draw the data, θ₀ and the order of the batches. */
const DRAWING = ["pure-rand", "d3-random"];

/** Steps that are compared one by one: a schedule of an algorithm may bend anywhere. */
const CLOCK_END = 100_000;

/** Some as late as any run comes: steps for clocks and masks, epochs for the order of batches. */
const LATE = [10, 50, 100, 500, 1000, 1601, 5000, 10_000, 50_000, 100_000, 1_000_000];

/** Positions up to which the schedules are compared. */
const SCHEDULE_END = 20_000;

/** Graphs of the phases that a rehearsal is too short for all the same. */
function noteUnreached(noted: Fingerprint, trial: Trial, problem: Problem, reached: number): void {
  const phases = trial.algorithm.phases(trial.hyper, problem.model.layout);
  if (reached === phases.length - 1) return;
  let state: Tree<Float32Array> = { prey: problem.theta0 };
  phases.forEach((phase: Phase, i) => {
    state = phase.enter(state, stream(trial.spec.seed, "direction", trial.config.seeding));
    if (i <= reached) return;
    const { body, state: kept, inputs } = stepProgram(problem, phase, state, trial.config.batchSize);
    noted.text("graph", graphText(trace(body, { ...kept, ...inputs })));
    noted.arrays("state", leaves(state));
  });
}

const positions = (next: (at: number) => number): number[] => {
  const found = [0];
  while (found.at(-1)! < SCHEDULE_END) found.push(next(found.at(-1)!));
  return found;
};

/** What counts as zero: an engine may have set its thread to take subnormal numbers for that, and no clock means them. */
const settled = (value: number): number => Math.abs(value) < 2 ** -1022 ? 0 : value;

const settledAll = (clock: Readonly<Record<string, number>>) =>
  Object.fromEntries(Object.entries(clock).map(([name, value]) => [name, settled(value)]));

/** A phase's clocks, step by step and then as late as any run comes. */
function noteClocks(noted: Fingerprint, phase: Phase): void {
  const names = Object.keys(phase.clock(1));
  noted.text("clocks", JSON.stringify([names, LATE.map((t) => settledAll(phase.clock(t)))]));
  const values = new Float64Array(names.length * CLOCK_END);
  for (let t = 0; t < CLOCK_END && names.length > 0; t++) {
    const clock = phase.clock(t + 1);
    names.forEach((name, i) => values[t * names.length + i] = settled(clock[name]));
  }
  noted.bytes("clock", new Uint8Array(values.buffer));
}

/** Accuracies on both sides of a threshold, and at it. */
const around = (threshold: number) => [0, 0.5 * threshold, 0.99 * threshold, threshold, threshold + 1e-9, 1];
const LOSSES = [0, 1, 10, 1e3, 1e30, Infinity, -Infinity, NaN];

/** What decides over a run: when it has memorised and generalised, when a phase and when the run ends, what loss ends it. */
function noteRules(noted: Fingerprint, rules: Rules): void {
  const { config } = rules;
  const accuracies = [...around(config.memorisedAbove), ...around(config.generalisedAbove)];
  rules.phases.forEach((_, phase) => {
    const now = { ...START, phase, epoch: 1 };
    const seen = accuracies.map((x) => [hasMemorised(now, x, rules), advance(now, evaluated(x, x), rules)]);
    const ended = LOSSES.map((loss) => advance(now, { kind: "step", loss }, rules).status);
    noted.text("rules", JSON.stringify([seen, ended]));
  });
}

const evaluated = (train: number, test: number): Seen => ({ kind: "evaluation", train, test });

/** What a run is handed long after the rehearsal: orders of batches and masks. */
function noteLate(noted: Fingerprint, run: TrialRun, { model }: Problem): void {
  const { trial: { spec: { seed }, config: { batchSize: rows } } } = run;
  const masks = new Masks({ seed, model, rows });
  for (const at of LATE) {
    noted.arrays(`order of epoch ${at}`, { order: run.order(at) });
    noted.arrays(`masks of step ${at}`, masks.at(at));
  }
}

/**
 * Fingerprint of what a trial computes: SHA-256 over a rehearsal of it.
 *
 * The trial is run for a few epochs, with the real loop, data, start and batches, on an engine that computes nothing: it
 * notes the traced graph of every phase and of the evaluation, every state and every batch and clock that it is handed,
 * and answers by a script in which each phase has its turn. What the run makes of the answers, its curve and its
 * milestones, enters too, then clocks, schedules, masks and orders far beyond the rehearsal, what decides at thresholds and
 * of losses, the versions of what draws numbers, and the files that turn a graph into numbers.
 *
 * Renames, comments and refactorings do not move it, but for those files and for names that are part of a graph: leaves of
 * the state and clocks. A changed β₂, another leaf of a state, another order do. It does not depend on the engine, nor on
 * the processor.
 */
export async function computationOf(trial: Trial, problem: Problem): Promise<string> {
  const noted = new Fingerprint();
  const run = await TrialRun.start(shortened(trial), problem, rehearsal(noted, problem), UNWATCHED, null);
  await run.finish();
  noteUnreached(noted, trial, problem, run.progress.phase);
  noteLate(noted, run, problem);
  noteRules(noted, run.rules);
  noted.text("curve", digestOf(run.trajectory.curve));
  noted.text("progress", JSON.stringify(run.progress));
  for (const phase of trial.algorithm.phases(trial.hyper, problem.model.layout)) {
    const { until, restartsClock, gradientCalls } = phase;
    noted.text("phase", JSON.stringify([until, restartsClock, gradientCalls]));
    noteClocks(noted, phase);
  }
  noted.text("evaluations", JSON.stringify(positions((at) => nextEvaluation(at, trial.config.evalEvery))));
  noted.text("thorough", JSON.stringify(positions(nextThorough)));
  noted.text("recorded", JSON.stringify(positions(nextRecorded)));
  noted.text("arithmetic", arithmetic());
  noted.text("versions", JSON.stringify({ deno: Deno.version.deno, ...packageVersions(DRAWING) }));
  return noted.hex();
}
