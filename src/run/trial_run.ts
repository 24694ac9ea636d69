import { createHash } from "node:crypto";
import type { Problem } from "../../bench/cases/mod.ts";
import type { Phase } from "../algorithms/mod.ts";
import { leaves, treeOf } from "../algorithms/tree.ts";
import { select } from "../data/dataset.ts";
import { stream } from "../data/stream.ts";
import type { Engine, HostArrays, Program } from "../engine/mod.ts";
import { type Checkpoint, type Cursor, START } from "./record/checkpoint.ts";
import { Evaluator } from "./evaluator.ts";
import { measureEpoch, stepRow } from "./measure.ts";
import { stepProgram } from "./programs.ts";
import type { Status } from "./record/record.ts";
import { nextEvaluation, nextRecorded } from "./schedule.ts";
import type { Trial } from "./trial.ts";
import { Trajectory } from "./trajectory.ts";

type Arrays = Record<string, Float32Array>;

/** What a run tells whoever watches it. */
export interface TrialHooks {
  /** Called after each step; true makes the run stop there, resumable. */
  onStep(run: TrialRun): boolean;
  /** Called when the run may be saved: at phase changes (`due`), and at the end of each epoch. */
  onSavePoint(run: TrialRun, due: boolean): Promise<void>;
}

const copied = (arrays: HostArrays): Arrays =>
  Object.fromEntries(Object.entries(arrays).map(([name, array]) => [name, (array as Float32Array).slice()]));

/** One case under one algorithm from one seed, from initialisation to its outcome. */
export class TrialRun {
  readonly trial: Trial;
  readonly trajectory: Trajectory;
  readonly cursor: Cursor;
  status: Status | null = null;
  /** Scores of the last evaluated epoch, for whoever watches. */
  accuracy: { train: number; test: number } | null = null;
  readonly #engine: Engine;
  readonly #problem: Problem;
  readonly #evaluator: Evaluator;
  readonly #phases: readonly Phase[];
  readonly #hooks: TrialHooks;
  #program: Program | null = null;
  /** θ₀: initialisation, or the memorised vector once a memorisation phase has ended. */
  #origin: Float32Array;
  #since = performance.now();

  private constructor(
    trial: Trial,
    engine: Engine,
    problem: Problem,
    evaluator: Evaluator,
    hooks: TrialHooks,
    from: Checkpoint | null,
  ) {
    this.trial = trial;
    this.#engine = engine;
    this.#problem = problem;
    this.#evaluator = evaluator;
    this.#hooks = hooks;
    this.#phases = trial.algorithm.phases(trial.hyper);
    this.trajectory = new Trajectory(from?.curve);
    this.cursor = from?.cursor ?? { ...START };
    this.#origin = from?.arrays.origin ?? problem.theta0;
  }

  /** Prepares data, model and programs; goes on from a checkpoint when there is one. */
  static async start(trial: Trial, engine: Engine, hooks: TrialHooks, from: Checkpoint | null): Promise<TrialRun> {
    const problem = await trial.case.prepare(trial.config, trial.spec.seed);
    const run = new TrialRun(trial, engine, problem, await Evaluator.create(engine, problem), hooks, from);
    if (from) {
      const { origin: _, ...state } = from.arrays;
      await run.#load(state);
    } else {
      await run.#enterNextPhase({ prey: problem.theta0 });
      await run.#evaluate();
    }
    return run;
  }

  /** Trains to the outcome; `status` stays null when a hook stopped the run. */
  async finish(): Promise<void> {
    while (!this.status) {
      if (!await this.#epoch()) return;
    }
  }

  /** State, milestones and curve as they are now. */
  async checkpoint(): Promise<Checkpoint> {
    this.clockWork();
    const arrays = { ...copied(await this.#program!.state()), origin: this.#origin };
    const { trial: { id, spec }, cursor, trajectory: { curve } } = this;
    return { id, spec, cursor, curve, arrays };
  }

  get phase(): Phase {
    return this.#phases[this.cursor.phase];
  }

  get parameters(): number {
    return this.#problem.theta0.length;
  }

  /** SHA-256 of the curve and of the final prey, bit for bit. */
  async digest(): Promise<string> {
    const { prey } = await this.#program!.state();
    const bytes = new Uint8Array(prey.buffer, prey.byteOffset, prey.byteLength);
    return createHash("sha256").update(JSON.stringify(this.trajectory.curve)).update(bytes).digest("hex");
  }

  async dispose(): Promise<void> {
    await this.#program?.dispose();
    await this.#evaluator.dispose();
  }

  /** Seconds of work so far, which the cursor keeps from now on. */
  clockWork(): number {
    const now = performance.now();
    this.cursor.workSeconds += (now - this.#since) / 1000;
    this.#since = now;
    return this.cursor.workSeconds;
  }

  async #load(state: Arrays): Promise<void> {
    await this.#program?.dispose();
    const spec = stepProgram(this.#problem, this.phase, treeOf(state), this.trial.config.batchSize);
    this.#program = await this.#engine.compile(spec);
    this.#program.load(state);
  }

  async #enterNextPhase(previous: Arrays): Promise<void> {
    const { cursor } = this;
    if (cursor.phase >= 0 && this.phase.until.kind === "memorised") this.#origin = previous.prey;
    cursor.phase++;
    cursor.phaseStep = 0;
    cursor.recordFrom = 0;
    if (this.phase.restartsClock) cursor.t = 0;
    const state = this.phase.enter(treeOf(previous), stream(this.trial.spec.seed, "direction"));
    await this.#load(leaves(state));
  }

  /** Runs what is left of the epoch under way; false when a hook stopped it or the loss is no number. */
  async #epoch(): Promise<boolean> {
    const { cursor, trial: { config, spec } } = this;
    const { train } = this.#problem.dataset;
    const order = stream(spec.seed, `batches/${cursor.epoch}`).permutation(train.size);
    const steps = Math.floor(train.size / config.batchSize);
    while (cursor.stepInEpoch < steps) {
      await this.#leavePhaseAfterItsSteps();
      const from = cursor.stepInEpoch * config.batchSize;
      if (!await this.#step(order.subarray(from, from + config.batchSize))) return false;
      if (this.#hooks.onStep(this)) return false;
    }
    cursor.epoch++;
    cursor.stepInEpoch = 0;
    if (cursor.epoch >= cursor.nextEvaluation || cursor.epoch === config.maxEpochs) await this.#evaluate();
    if (!this.status) await this.#hooks.onSavePoint(this, false);
    return true;
  }

  async #leavePhaseAfterItsSteps(): Promise<void> {
    const { until } = this.phase;
    if (until.kind !== "steps" || this.cursor.phaseStep < until.count) return;
    await this.#enterNextPhase(copied(await this.#program!.state()));
    await this.#hooks.onSavePoint(this, true);
  }

  /** One optimiser step; false when the loss is no longer a number. */
  async #step(indices: Int32Array): Promise<boolean> {
    const { cursor, phase } = this;
    const batch = select(this.#problem.dataset.train, indices);
    const clock = Object.entries(phase.clock(cursor.t + 1)).map(([name, x]) => [name, Float32Array.of(x)]);
    const columns = Object.entries(batch.inputs).map(([name, column]) => [name, column.values]);
    const results = await this.#program!.run({
      targets: batch.targets,
      ...Object.fromEntries(columns),
      ...Object.fromEntries(clock),
    });
    cursor.t++;
    cursor.steps++;
    cursor.stepInEpoch++;
    cursor.phaseStep++;
    cursor.gradientCalls += phase.gradientCalls;
    const loss = results.loss[0];
    cursor.lossSum += loss;
    cursor.lossCount++;
    const finite = Number.isFinite(loss);
    if (cursor.phaseStep >= cursor.recordFrom || !finite) await this.#recordStep(results);
    if (!finite) this.status = "diverged";
    return finite;
  }

  async #recordStep(results: HostArrays): Promise<void> {
    const { prey, predator } = await this.#program!.state() as Arrays;
    this.trajectory.addStep(stepRow(this.cursor, results, { prey, predator, origin: this.#origin }));
    this.cursor.recordFrom = nextRecorded(this.cursor.phaseStep);
  }

  async #evaluate(): Promise<void> {
    const { cursor, trial: { config } } = this;
    const { prey, predator } = copied(await this.#program!.state());
    const { row, train, test } = await measureEpoch(cursor, this.#evaluator, { prey, predator, origin: this.#origin });
    this.trajectory.addEpoch(row);
    this.accuracy = { train: train.accuracy, test: test.accuracy };
    cursor.lossSum = 0;
    cursor.lossCount = 0;
    await this.#judge(train.accuracy > config.memorisedAbove, test.accuracy > config.generalisedAbove);
  }

  /** Notes milestones, decides whether the run is over, and plans the next evaluation. */
  async #judge(memorised: boolean, generalised: boolean): Promise<void> {
    const { cursor, trial: { config } } = this;
    const { epoch, steps, gradientCalls } = cursor;
    if (memorised && !cursor.memorised) {
      cursor.memorised = { epoch, steps, gradientCalls };
      cursor.secondsMemorised = this.clockWork();
    }
    if (generalised && !cursor.generalised) {
      cursor.generalised = { epoch, steps, gradientCalls };
      cursor.generalisedRow = this.trajectory.curve.epochs.epoch.length - 1;
      cursor.secondsGeneralised = this.clockWork();
    }
    const end = cursor.generalised
      ? Math.min(config.maxEpochs, cursor.generalised.epoch + config.extraEpochs)
      : config.maxEpochs;
    // After the crossing every epoch is evaluated: whether it lasts is a question about each of them.
    cursor.nextEvaluation = cursor.generalised ? epoch + 1 : nextEvaluation(epoch, config.evalEvery);
    if (epoch >= end) {
      this.status = cursor.generalised ? "grokked" : "censored";
    } else if (memorised && this.phase.until.kind === "memorised") {
      await this.#enterNextPhase(copied(await this.#program!.state()));
      await this.#hooks.onSavePoint(this, true);
    }
  }
}
