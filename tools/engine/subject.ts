import process from "node:process";
import { catalogue } from "../../bench/mod.ts";
import { select, type Split } from "../../src/data/dataset.ts";
import { stream } from "../../src/data/stream.ts";
import { seatsOn } from "../../src/engine/lanes.ts";
import type { Engine } from "../../src/engine/mod.ts";
import { Evaluator } from "../../src/run/evaluator.ts";
import { Session } from "../../src/run/session.ts";
import { TrialRun, UNWATCHED } from "../../src/run/trial_run.ts";
import { resolve } from "../../src/run/trial.ts";
import type { Case, CommonConfig, Problem } from "../../src/problem/case.ts";
import { metered } from "./metered.ts";

export const WHAT = ["step", "evaluate", "epoch"] as const;
export type What = typeof WHAT[number];

const SEED = 0;
/** More epochs than will be timed. */
const ENDLESS = { maxEpochs: 100_000, extraEpochs: 100_000, evalEvery: 1 };

/** A case with parameters and a batch, the same for the engine and its peer. */
export interface Setting {
  readonly case: Case;
  readonly config: CommonConfig;
  readonly problem: Problem;
  readonly batch: Split;
}

/** Prepares the first batch of the first epoch at θ₀. @throws {DataError} when the case's data are absent. */
export async function settingOf(chosen: Case): Promise<Setting> {
  const config = chosen.configure({});
  const problem = await chosen.prepare(config, SEED);
  const { train } = problem.dataset;
  const batch = select(train, stream(SEED, "batches/0").permutation(train.size).subarray(0, config.batchSize));
  return { case: chosen, config, problem, batch };
}

/** One call, as its process saw it. */
export interface Call {
  readonly ms: number;
  /** Processor time of the whole process meanwhile: less than `ms` where other processes took the core. */
  readonly cpuMs: number;
  /** Mean loss of the batch before the step, or of the training set. */
  readonly loss: number;
}

/** Something that can be timed: a program of an engine, or a peer. */
export interface Contender {
  /** Whether it computes on the processor: else its share of a core says nothing. */
  readonly isOnProcessor: boolean;
  call(what: What): Promise<Call>;
  stop(): Promise<void>;
}

/** A contender whose work was counted. */
export interface Subject extends Contender {
  /** How many copies a call trains. */
  readonly lanes: number;
  /** Floating-point operations in matrix products of one call. */
  readonly flops: Readonly<Record<What, number>>;
  /** Bytes that one call has to move at least: parameters, and at a step both moments, read and written once. */
  readonly bytes: Readonly<Record<What, number>>;
}

/** AdamW on a case, as a trial has it. */
const adamwOn = (id: string, engine: string, overrides = {}) =>
  resolve(catalogue, { case: id, overrides, algorithm: "adamw", seed: SEED, engine });

/** The session of an AdamW step as a trial starts it, fed with one batch again and again. */
async function stepper(engine: Engine, { case: { id }, problem, batch }: Setting) {
  const { algorithm, hyper } = adamwOn(id, engine.id);
  const [phase] = algorithm.phases(hyper, problem.model.layout);
  const state = phase.enter({ prey: problem.theta0 }, stream(SEED, "direction"));
  const session = await Session.start(engine, { problem, phase, state, batchSize: batch.size, seed: SEED });
  let t = 0;
  return {
    step: async (): Promise<number> => (await session.step(batch, ++t, t)).loss[0],
    dispose: () => session.dispose(),
  };
}

/** A run as `bench` makes it, evaluated on both splits after every epoch as the paper does; a call is one epoch. */
async function trainer(engine: Engine, { case: { id }, problem }: Setting) {
  const trial = adamwOn(id, engine.id, ENDLESS);
  // Stopped after the first step of each epoch, so that from stop to stop there is one epoch with its evaluation.
  const hooks = { ...UNWATCHED, onStep: (run: TrialRun) => run.progress.stepInEpoch === 1 };
  const run = await TrialRun.start(trial, problem, engine, hooks, null);
  return {
    async epoch(): Promise<number> {
      await run.finish();
      return run.progress.lossSum / run.progress.lossCount;
    },
    dispose: () => run.dispose(),
  };
}

/** One copy of a case in training: what can be asked of it, and the arithmetic that it has done. */
async function copyOf(engine: Engine, setting: Setting) {
  const { problem } = setting;
  const { train } = problem.dataset;
  const counted = metered(engine);
  const { step, dispose } = await stepper(counted, setting);
  // Only who is asked for an epoch starts a run: most of a subject's preparation would be its first evaluation.
  let training: ReturnType<typeof trainer> | null = null;
  const epoch = async () => (await (training ??= trainer(counted, setting))).epoch();
  const evaluator = await Evaluator.create(counted, { ...problem, dataset: { train, test: train } });
  return {
    flops: () => counted.flops,
    work: { step, evaluate: async () => (await evaluator.score(problem.theta0, "train")).loss, epoch },
    async stop() {
      await dispose();
      await (await training)?.dispose();
      await evaluator.dispose();
    },
  };
}

const FLOAT_BYTES = 4;

/** θ, m and v are read and written by a step; an evaluation reads θ. */
function bytesOf({ config, problem }: Setting): Record<What, number> {
  const whole = problem.theta0.length * FLOAT_BYTES;
  const steps = Math.floor(problem.dataset.train.size / config.batchSize);
  return { step: 6 * whole, evaluate: whole, epoch: 6 * whole * steps + 2 * whole };
}

/**
 * Compiles the AdamW step and the evaluation of one case on its training set; a run of it starts with the first epoch that
 * is asked for. Parameters of the evaluation stay θ₀. With lanes so many copies are trained by one call where the engine
 * can, and times and arithmetic are those of one.
 */
export async function subjectOf(engine: Engine, setting: Setting, lanes: number): Promise<Subject> {
  const count = engine.compileWide ? lanes : 1;
  const seats = seatsOn(engine, count);
  const taken = Array.from({ length: count }, () => seats.take());
  const copies = await Promise.all(taken.map((seat) => copyOf(seat, setting)));
  const done = () => copies.reduce((sum, copy) => sum + copy.flops(), 0);
  const flops = { step: 0, evaluate: 0, epoch: 0 };
  return {
    isOnProcessor: engine.device === undefined,
    lanes: count,
    flops,
    bytes: bytesOf(setting),
    async call(what) {
      const [start, cpu, before] = [performance.now(), process.cpuUsage(), done()];
      const [loss] = await Promise.all(copies.map(({ work }) => work[what]()));
      const ms = (performance.now() - start) / count;
      const { user, system } = process.cpuUsage(cpu);
      flops[what] = (done() - before) / count;
      return { ms, cpuMs: (user + system) / 1000 / count, loss };
    },
    async stop() {
      for (const copy of copies) await copy.stop();
      for (const seat of taken) await seat.leave();
    },
  };
}
