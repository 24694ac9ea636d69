import { median } from "simple-statistics";
import type { Catalogue } from "../../catalogue/catalogue.ts";
import { DataError } from "../../data/data_error.ts";
import type { Values } from "../../declare/field.ts";
import { type Engine, EngineFailed } from "../../engine/mod.ts";
import { reasonOf } from "../../errors.ts";
import { TrialRun, UNWATCHED } from "../../run/trial_run.ts";
import { resolve, type Trial } from "../../run/trial.ts";
import { type Deviation, deviations, exactly, isWithin, severity } from "./deviation.ts";
import { checkpointOf, digestOfLate } from "./late_start.ts";
import { type Digests, digestsOf, preparedOnce } from "./problem.ts";
import { type Reference, stepsOf } from "./reference.ts";

/** What came of one canary. Only `passed` is a pass. */
export interface CanaryResult {
  readonly case: string;
  readonly canary: string;
  readonly algorithm: string;
  readonly seed: number;
  readonly verdict: "passed" | "failed" | "not run";
  /** Where run and reference part first; null when they do not. */
  readonly parted: Deviation | null;
  /** The largest deviation as a multiple of its tolerance. */
  readonly worst: Deviation | null;
  /** Why it was not run, or what kept it from its end. */
  readonly reason: string | null;
  readonly seconds: number;
  /** Largest relative error of a loss of a step; null when no step was made. */
  readonly lossError: number | null;
  /** Median milliseconds from one step to the next; null when fewer than two were made. */
  readonly stepMs: number | null;
}

/** How a canary is run. */
export interface CanaryOptions {
  /** Where its case and its algorithm are looked up. */
  readonly catalogue: Catalogue;
  /** Overrides that must not change a number, as `sharedPrefix: false`. */
  readonly overrides?: Values;
  /** Shares prepared problems between canaries. */
  readonly prepared?: (trial: Trial) => Trial;
}

/** What has to be equal before a run is worth comparing: fields of the case, data, phases. */
async function premises(reference: Reference, trial: Trial, free: object): Promise<Deviation[]> {
  const { config, hyper, inputs, phases } = reference;
  const [expected, now]: Values[] = [{ ...config, ...hyper }, { ...trial.config, ...trial.hyper }];
  const problem = await trial.case.prepare(trial.config, trial.spec.seed);
  const { train, test } = digestsOf(problem);
  const found = trial.algorithm.phases(trial.hyper, problem.model.layout).map((phase) => phase.id);
  const late = reference.start ? digestOfLate(reference.start, trial, problem) : undefined;
  return [
    ...Object.entries(expected).filter(([name]) => !(name in free))
      .map(([name, value]) => exactly(`field ${name}`, 0, `${value}`, `${now[name]}`)),
    exactly("training data (SHA-256)", 0, inputs.train, train),
    exactly("test data (SHA-256)", 0, inputs.test, test),
    ...(late ? [exactly("state under way (SHA-256)", 0, inputs.late, late)] : []),
    exactly("phases", 0, phases.join(", "), found.join(", ")),
  ];
}

const digestsIn = async ({ case: { prepare }, config, spec }: Trial): Promise<Digests> =>
  digestsOf(await prepare(config, spec.seed));

/** What was compared, in the order in which a run makes it, and when its steps were done. */
interface Comparison {
  readonly all: readonly Deviation[];
  readonly stepsDoneAt: readonly number[];
}

/** Follows a trial to its end and puts all it gives beside the reference. */
async function follow(engine: Engine, trial: Trial, reference: Reference): Promise<Comparison> {
  const stepsDoneAt: number[] = [];
  const onStep = () => {
    stepsDoneAt.push(performance.now());
    return false;
  };
  const problem = await trial.case.prepare(trial.config, trial.spec.seed);
  const from = reference.start ? checkpointOf(reference.start, trial, problem) : null;
  const run = await TrialRun.start(trial, problem, engine, { ...UNWATCHED, onStep, thorough: true }, from);
  try {
    await run.finish();
    const all = [
      exactly("parameters", 0, reference.parameters, run.parameters),
      ...deviations(reference, run.trajectory.curve),
      // A canary ends with its budget, before the case generalises.
      exactly("status", stepsOf(reference), "censored", run.status),
    ];
    return { all, stepsDoneAt };
  } finally {
    await run.dispose();
  }
}

/**
 * Puts a trial beside a reference.
 *
 * The start is judged by what follows from it, so that another last bit is no failure; where something else fails, another
 * start is the first thing to look at.
 */
async function compared(engine: Engine, trial: Trial, reference: Reference, free: object): Promise<Comparison> {
  const before = await premises(reference, trial, free);
  if (!before.every(isWithin)) return { all: before, stepsDoneAt: [] };
  const found = await follow(engine, trial, reference);
  if (found.all.every(isWithin)) return found;
  const { theta0 } = await digestsIn(trial);
  return { ...found, all: [exactly("initial vector (SHA-256)", 0, reference.inputs.theta0, theta0), ...found.all] };
}

/** The only data that are not computed. */
const whyNotRun = (error: unknown): string => {
  return error instanceof DataError ? `no MNIST: ${reasonOf(error)}` : reasonOf(error);
};

const isOfTheMachine = (error: unknown) => error instanceof DataError || error instanceof EngineFailed;

/**
 * An error is a failure: a canary that cannot reach its end has not passed. Only absent data and a device that gave up
 * make it `not run`.
 */
async function judge(
  { case: id, canary, algorithm, seed }: Reference,
  compare: () => Promise<Comparison>,
): Promise<CanaryResult> {
  const start = performance.now();
  const say = (verdict: CanaryResult["verdict"], { all, stepsDoneAt }: Comparison, reason: string | null) => ({
    case: id,
    canary,
    algorithm,
    seed,
    verdict,
    parted: all.find((deviation) => !isWithin(deviation)) ?? null,
    worst: all.reduce<Deviation | null>((x, y) => x && severity(x) >= severity(y) ? x : y, null),
    reason,
    seconds: (performance.now() - start) / 1000,
    lossError: all.reduce<number | null>((x, d) => d.quantity === "loss" ? Math.max(x ?? 0, d.relative) : x, null),
    stepMs: stepsDoneAt.length > 1 ? median(stepsDoneAt.slice(1).map((at, i) => at - stepsDoneAt[i])) : null,
  });
  try {
    const comparison = await compare();
    return say(comparison.all.every(isWithin) ? "passed" : "failed", comparison, null);
  } catch (error) {
    return say(isOfTheMachine(error) ? "not run" : "failed", { all: [], stepsDoneAt: [] }, whyNotRun(error));
  }
}

/**
 * Judges a trial, which may differ from the one that the reference names: so a test can break it.
 *
 * @param free overrides that the reference does not have
 */
export const judgeTrial = (
  engine: Engine,
  trial: () => Trial,
  reference: Reference,
  free: CanaryOptions["overrides"] = {},
): Promise<CanaryResult> => judge(reference, () => compared(engine, trial(), reference, free));

/** The trial that a reference names, as the suite has it now. @throws {UsageError} when it does not know it any more */
function trialOf(engine: Engine, { case: id, algorithm, seed, overrides: own }: Reference, options: CanaryOptions) {
  const { catalogue, overrides = {}, prepared = preparedOnce() } = options;
  return prepared(
    resolve(catalogue, { case: id, algorithm, seed, engine: engine.id, overrides: { ...own, ...overrides } }),
  );
}

/** Compares only what a canary starts from, fields, data and phases: no step is made. */
export const checkCanary = (engine: Engine, reference: Reference, options: CanaryOptions): Promise<CanaryResult> =>
  judge(reference, async () => {
    const all = await premises(reference, trialOf(engine, reference, options), options.overrides ?? {});
    return { all, stepsDoneAt: [] };
  });

/**
 * Runs one canary on an engine: the first steps of an algorithm, beside those of an independent float64 implementation.
 *
 * Case, algorithm and fields that do not exist any more make it fail.
 */
export const runCanary = (engine: Engine, reference: Reference, options: CanaryOptions): Promise<CanaryResult> =>
  judgeTrial(engine, () => trialOf(engine, reference, options), reference, options.overrides);
