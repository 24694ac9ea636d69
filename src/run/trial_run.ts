import { createHash } from "node:crypto";
import type { Phase } from "../algorithms/algorithm.ts";
import { type Tree, treeOf } from "../algorithms/tree.ts";
import { select, type Split } from "../data/dataset.ts";
import { stream } from "../data/stream.ts";
import type { Engine, HostArrays } from "../engine/mod.ts";
import type { Problem } from "../problem/case.ts";
import { Evaluator } from "./evaluator.ts";
import { measureEpoch, stepRow } from "./measure.ts";
import { Probing } from "./probing.ts";
import * as progress from "./progress.ts";
import type { Progress, Rules, Seen } from "./progress.ts";
import type { Checkpoint } from "./record/checkpoint.ts";
import type { Curve, Status } from "./record/record.ts";
import { type Arrays, Session } from "./session.ts";
import { Stopwatch } from "./stopwatch.ts";
import { digestOf, lastOf, Trajectory } from "./trajectory.ts";
import type { Trial } from "./trial.ts";

/** What a run tells whoever watches it. */
export interface TrialHooks {
  /** Called after each step; true makes the run stop there, resumable. */
  onStep(run: TrialRun): boolean;
  /**
   * Called when the run may be saved: at the end of each epoch (`may`), at phase changes (`should`), and before the
   * budget ends it (`must`), so that a larger budget goes on there.
   */
  onSavePoint(run: TrialRun, need: "may" | "should" | "must"): Promise<void>;
  /** Makes every evaluation a thorough one, for whoever compares all that there is to measure. */
  readonly thorough?: boolean;
}

/** Nobody watches. */
export const UNWATCHED: TrialHooks = { onStep: () => false, onSavePoint: () => Promise.resolve() };

/** The last accuracies of a curve. */
function lastSeen({ epochs }: Curve): { train: number | null; test: number } | null {
  const [train, test] = [lastOf(epochs.trainAccuracy), lastOf(epochs.testAccuracy)];
  return test === null ? null : { train, test };
}

/** One case under one algorithm from one seed, from initialisation to its outcome. */
export class TrialRun {
  readonly trial: Trial;
  readonly trajectory: Trajectory;
  readonly stopwatch: Stopwatch;
  progress: Progress;
  /** Scores of the last evaluated epoch, for whoever watches. */
  accuracy: { train: number | null; test: number } | null = null;
  readonly #engine: Engine;
  readonly #problem: Problem;
  readonly #evaluator: Evaluator;
  readonly #probing: Probing;
  readonly #phases: readonly Phase[];
  /** By what it is decided when phases and the run end. */
  readonly rules: Rules;
  readonly #hooks: TrialHooks;
  #session: Session | null = null;
  /** θ₀: initialisation, or the memorised vector once a memorisation phase has ended. */
  #origin: Float32Array;

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
    this.#phases = trial.algorithm.phases(trial.hyper, problem.model.layout);
    this.rules = {
      config: trial.config,
      phases: this.#phases,
      stepsPerEpoch: Math.floor(problem.dataset.train.size / trial.config.batchSize),
    };
    this.trajectory = new Trajectory(trial.probes, from?.curve);
    this.#probing = new Probing(engine, problem, trial.probes, trial.config.batchSize);
    this.stopwatch = new Stopwatch(from?.timing);
    this.progress = from?.progress ?? progress.START;
    this.#origin = from?.arrays.origin ?? problem.theta0;
    this.accuracy = from && lastSeen(from.curve);
  }

  /**
   * Prepares model and programs; goes on from a checkpoint when there is one.
   *
   * @param problem what `trial.case.prepare` gives for the trial
   * @param from a checkpoint of the same run with the same probes
   */
  static async start(
    trial: Trial,
    problem: Problem,
    engine: Engine,
    hooks: TrialHooks,
    from: Checkpoint | null,
  ): Promise<TrialRun> {
    const run = new TrialRun(trial, engine, problem, await Evaluator.create(engine, problem), hooks, from);
    if (from) {
      const { origin: _, ...state } = from.arrays;
      await run.#enter(treeOf(state));
      // A budget that has grown since finds the run at its end, before the evaluation that would have ended it.
      const between = run.progress.stepInEpoch === 0 && run.progress.epoch > 0;
      if (between && progress.isEvaluated(run.progress, run.rules)) await run.#evaluate();
    } else {
      await run.#enter(run.phase.enter({ prey: problem.theta0 }, run.#stream("direction")));
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
    const arrays = { ...await this.#session!.copy(), origin: this.#origin };
    const { trial: { id, stem, spec }, progress, trajectory: { curve } } = this;
    return { id, stem, spec, progress, timing: this.stopwatch.read(), curve, arrays };
  }

  get status(): Status | null {
    return this.progress.status;
  }

  get phase(): Phase {
    return this.#phases[this.progress.phase];
  }

  get parameters(): number {
    return this.#problem.theta0.length;
  }

  /** SHA-256 of the curve and of the final prey, bit for bit. */
  async digest(): Promise<string> {
    const { prey } = await this.#session!.state();
    const bytes = new Uint8Array(prey.buffer, prey.byteOffset, prey.byteLength);
    return createHash("sha256").update(digestOf(this.trajectory.curve)).update(bytes).digest("hex");
  }

  async dispose(): Promise<void> {
    await this.#session?.dispose();
    await this.#evaluator.dispose();
    await this.#probing.dispose();
  }

  #advance(seen: Seen): void {
    this.progress = progress.advance(this.progress, seen, this.rules);
  }

  #stream = (name: string) => stream(this.trial.spec.seed, name, this.trial.config.seeding);

  async #enter(state: Tree<Float32Array>): Promise<void> {
    await this.#session?.dispose();
    const { batchSize } = this.trial.config;
    const { seed } = this.trial.spec;
    const own = { problem: this.#problem, phase: this.phase, state, batchSize, seed };
    this.#session = await Session.start(this.#engine, own);
  }

  async #enterNextPhase(): Promise<void> {
    const previous = await this.#session!.tree();
    if (this.phase.until.kind === "memorised") this.#origin = previous.prey as Float32Array;
    this.#advance({ kind: "phase entered" });
    await this.#enter(this.phase.enter(previous, this.#stream("direction")));
    await this.#hooks.onSavePoint(this, "should");
  }

  /** The training samples in the order in which an epoch has them. */
  order(epoch: number): Int32Array {
    return this.#stream(`batches/${epoch}`).permutation(this.#problem.dataset.train.size);
  }

  /** Runs what is left of the epoch under way; false when a hook stopped it or the loss is no number. */
  async #epoch(): Promise<boolean> {
    const { trial: { config } } = this;
    const order = this.order(this.progress.epoch);
    while (this.progress.stepInEpoch < this.rules.stepsPerEpoch) {
      if (progress.hasDoneItsSteps(this.progress, this.rules)) await this.#enterNextPhase();
      const from = this.progress.stepInEpoch * config.batchSize;
      if (!await this.#step(order.subarray(from, from + config.batchSize))) return false;
      if (this.#hooks.onStep(this)) return false;
    }
    this.#advance({ kind: "epoch completed" });
    // The budget may end the run with an evaluation that a larger one would not make: what goes on is the state before it.
    if (this.progress.epoch === config.maxEpochs) await this.#hooks.onSavePoint(this, "must");
    if (progress.isEvaluated(this.progress, this.rules)) await this.#evaluate();
    if (!this.status) await this.#hooks.onSavePoint(this, "may");
    return true;
  }

  /** One optimiser step; false when the loss is no longer a number. */
  async #step(indices: Int32Array): Promise<boolean> {
    const batch = select(this.#problem.dataset.train, indices);
    const results = await this.#session!.step(batch, this.progress.t + 1, this.progress.steps);
    this.#advance({ kind: "step", loss: results.loss[0] });
    if (progress.isRecorded(this.progress)) await this.#recordStep(results, batch);
    return this.status === null;
  }

  async #recordStep(results: HostArrays, batch: Split): Promise<void> {
    const { prey, predator }: Arrays = await this.#session!.state();
    const agents = { prey, predator, origin: this.#origin };
    this.trajectory.addStep(stepRow(this.progress, results, agents), await this.#probing.step(agents, batch));
    this.#advance({ kind: "step recorded" });
  }

  async #evaluate(): Promise<void> {
    const { prey, predator }: Arrays = await this.#session!.copy();
    const agents = { prey, predator, origin: this.#origin };
    const { row, train, test } = await measureEpoch(
      this.progress,
      this.rules,
      this.#evaluator,
      agents,
      this.#hooks.thorough,
    );
    this.trajectory.addEpoch(row, await this.#probing.evaluation(agents));
    // Where the training set was not scored, the last score of it is what is known.
    this.accuracy = { train: train ?? this.accuracy?.train ?? null, test };
    this.#advance({ kind: "evaluation", train, test });
    this.stopwatch.note(this.progress);
    if (!this.status && progress.hasMemorised(this.progress, train, this.rules)) await this.#enterNextPhase();
  }
}
