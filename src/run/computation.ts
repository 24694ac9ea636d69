import { createHash, type Hash } from "node:crypto";
import type { Phase } from "../algorithms/algorithm.ts";
import { leaves, type Tree } from "../algorithms/tree.ts";
import { stream } from "../data/stream.ts";
import { packageVersions } from "../engine/mod.ts";
import type { Engine, HostArray, HostArrays, Program, ProgramSpec } from "../engine/mod.ts";
import { graphText, trace } from "../jit/mod.ts";
import type { Problem } from "../problem/case.ts";
import { stepProgram } from "./programs.ts";
import { digestOf } from "./trajectory.ts";
import { nextEvaluation, nextRecorded } from "./schedule.ts";
import type { Trial } from "./trial.ts";
import { TrialRun, UNWATCHED } from "./trial_run.ts";

/** Packages that draw the data, θ₀ and the order of the batches. */
const DRAWING = ["pure-rand", "d3-random"];

/** Steps whose clock is compared: the first ones, and some as late as any run comes. */
const CLOCKS = [1, 2, 3, 10, 100, 1000, 1601, 5000, 50_000, 100_000, 1_000_000];

/** Positions up to which the schedules are compared. */
const SCHEDULE_END = 20_000;

/** A digest that names the kind of whatever enters it, so that nothing can pass for something else. */
class Fingerprint {
  readonly #hash: Hash = createHash("sha256");
  /** Digests of arrays that are handed over many times, as the test set is at each evaluation. */
  readonly #known = new WeakMap<HostArray, string>();

  text(kind: string, text: string): void {
    this.#hash.update(`${kind} ${text.length}\n${text}\n`);
  }

  arrays(kind: string, arrays: HostArrays): void {
    for (const [name, array] of Object.entries(arrays)) this.text(`${kind}/${name}`, this.#digest(array));
  }

  hex(): string {
    return this.#hash.digest("hex");
  }

  #digest(array: HostArray): string {
    const known = this.#known.get(array);
    if (known) return known;
    const bytes = new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
    const found = `${array.constructor.name} ${createHash("sha256").update(bytes).digest("hex")}`;
    this.#known.set(array, found);
    return found;
  }
}

/** Whether a program scores: one that trains has a prey, whatever an algorithm calls its other leaves and its clocks. */
const scores = ({ state }: ProgramSpec): boolean => !("prey" in state);

/** What a rehearsed program answers, call by call. */
type Answer = (call: number) => Record<string, Float32Array>;

/** A program that computes nothing: it notes its graph and what it is given, and answers what it was told to. */
class RehearsedProgram implements Program {
  #state: Record<string, Float32Array> = {};
  #calls = 0;

  constructor(readonly noted: Fingerprint, readonly spec: ProgramSpec, readonly answer: Answer) {
    noted.text("graph", graphText(trace(spec.body, { ...spec.state, ...spec.inputs })));
  }

  load(state: HostArrays): void {
    // Scores are asked of the same vectors that training was given.
    if (!scores(this.spec)) this.noted.arrays("state", state);
    this.#state = Object.fromEntries(
      Object.entries(state).map(([name, array]) => [name, (array as Float32Array).slice()]),
    );
  }

  run(inputs: HostArrays): Promise<HostArrays> {
    this.noted.arrays("input", inputs);
    // Agents move, so that whatever is measured of them changes.
    for (const name of ["prey", "predator"]) {
      if (this.#state[name]) {
        this.#state[name][0] += name === "prey" ? 0.5 : 0.25;
      }
    }
    return Promise.resolve(this.answer(this.#calls++));
  }

  state(): Promise<HostArrays> {
    return Promise.resolve(this.#state);
  }

  dispose(): Promise<void> {
    return Promise.resolve();
  }
}

/** Evaluations: before any step, memorised, generalised, and one that has lost it again. */
const SCORES = [[0, 0], [1, 0], [1, 1], [1, 0], [1, 1]] as const;
const EVALUATIONS = SCORES.length - 1;

/** An engine that rehearses: steps have losses of their own, scores follow a script in which every phase has its turn. */
function rehearsal(noted: Fingerprint, { dataset: { train, test } }: Problem): Engine {
  const scoring = (spec: ProgramSpec): Answer => {
    const rows = spec.inputs.weight.shape[0];
    const calls = [train, test].map(({ size }) => Math.ceil(size / rows));
    let asked = 0;
    return () => {
      // A split is scored by several calls; the first of them gets all there is.
      const at = asked++ % (calls[0] + calls[1]);
      const round = Math.min(EVALUATIONS, Math.floor((asked - 1) / (calls[0] + calls[1])));
      const [split, first] = at < calls[0] ? [0, at === 0] : [1, at === calls[0]];
      const correct = first ? SCORES[round][split] * [train, test][split].size : 0;
      return { correct: Float32Array.of(correct), loss: Float32Array.of(at + 1) };
    };
  };
  const stepping: Answer = (call) => ({ loss: Float32Array.of(1 / (call + 1)), stepNorm: Float32Array.of(call + 1) });
  return {
    id: "rehearsal",
    compile: (spec) => Promise.resolve(new RehearsedProgram(noted, spec, scores(spec) ? scoring(spec) : stepping)),
  };
}

/** The same trial without probes and with so few epochs that a rehearsal is short; how far apart evaluations are is compared by itself. */
function shortened(trial: Trial): Trial {
  const evalEvery = Math.min(trial.config.evalEvery, 2);
  const extraEpochs = Math.min(trial.config.extraEpochs, 2);
  const config = { ...trial.config, evalEvery, extraEpochs, maxEpochs: Math.max(1, evalEvery) * (EVALUATIONS + 1) };
  return { ...trial, config, probes: [] };
}

/** Graphs of the phases that a rehearsal is too short for. */
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

/**
 * Fingerprint of what a trial computes: SHA-256 over a rehearsal of it.
 *
 * The trial is run for a few epochs, with the real loop, data, start and batches, on an engine that computes nothing: it
 * notes the traced graph of every phase and of the evaluation, every state and every batch and clock that it is handed,
 * and answers by a script in which each phase has its turn. What the run makes of the answers, its curve and its
 * milestones, enters too, then clocks and schedules far beyond the rehearsal, and the versions of what draws numbers.
 *
 * Renames, comments and refactorings do not move it; a changed β₂, another leaf of a state, another order do. It does not
 * depend on the engine, nor on the processor.
 */
export async function computationOf(trial: Trial, problem: Problem): Promise<string> {
  const noted = new Fingerprint();
  const run = await TrialRun.start(shortened(trial), problem, rehearsal(noted, problem), UNWATCHED, null);
  await run.finish();
  noteUnreached(noted, trial, problem, run.progress.phase);
  noted.text("curve", digestOf(run.trajectory.curve));
  noted.text("progress", JSON.stringify(run.progress));
  for (const phase of trial.algorithm.phases(trial.hyper, problem.model.layout)) {
    const { until, restartsClock, gradientCalls } = phase;
    noted.text("phase", JSON.stringify([until, restartsClock, gradientCalls]));
    noted.text("clock", JSON.stringify(CLOCKS.map((t) => phase.clock(t))));
  }
  noted.text("evaluations", JSON.stringify(positions((at) => nextEvaluation(at, trial.config.evalEvery))));
  noted.text("recorded", JSON.stringify(positions(nextRecorded)));
  noted.text("versions", JSON.stringify({ deno: Deno.version.deno, ...packageVersions(DRAWING) }));
  return noted.hex();
}
