import type { FieldValue } from "../../../bench/cases/mod.ts";
import { DataError } from "../../data/data_error.ts";
import type { Engine } from "../../engine/mod.ts";
import { TrialRun } from "../../run/run_trial.ts";
import { resolve, type Trial } from "../../run/spec.ts";
import { type Deviation, deviations, exactly, isWithin, severity } from "./deviation.ts";
import { type Digests, digestsOf, preparedOnce } from "./problem.ts";
import type { Reference } from "./reference.ts";

/** What came of one canary. Only `passed` is a pass. */
export interface CanaryResult {
  readonly case: string;
  readonly canary: string;
  readonly algorithm: string;
  readonly verdict: "passed" | "failed" | "not run";
  /** Where run and reference part first; null when they do not. */
  readonly parted: Deviation | null;
  /** The largest deviation as a multiple of its tolerance. */
  readonly worst: Deviation | null;
  /** Why it was not run, or what kept it from its end. */
  readonly reason: string | null;
  readonly seconds: number;
}

/** How a canary is run. */
export interface CanaryOptions {
  /** Overrides that must not change a number, as `sharedPrefix: false`. */
  readonly overrides?: Readonly<Record<string, FieldValue>>;
  /** Shares prepared problems between canaries. */
  readonly prepared?: (trial: Trial) => Trial;
}

/** What has to be equal before a run is worth comparing: fields, data, phases. */
function premises({ config, inputs, phases }: Reference, trial: Trial, { train, test }: Digests, free: object) {
  const now: Readonly<Record<string, FieldValue>> = { ...trial.config };
  return [
    ...Object.entries(config).filter(([name]) => !(name in free))
      .map(([name, value]) => exactly(`field ${name}`, 0, `${value}`, `${now[name]}`)),
    exactly("training data (SHA-256)", 0, inputs.train, train),
    exactly("test data (SHA-256)", 0, inputs.test, test),
    exactly("phases", 0, phases.join(", "), trial.algorithm.phases(trial.hyper).map((phase) => phase.id).join(", ")),
  ];
}

const quiet = { onStep: () => false, onSavePoint: () => Promise.resolve() };

/** Follows a trial to its end and lists all it gives beside the reference. */
async function follow(engine: Engine, trial: Trial, reference: Reference): Promise<Deviation[]> {
  const run = await TrialRun.start(trial, engine, quiet, null);
  try {
    const parameters = exactly("parameters", 0, reference.parameters, run.parameters);
    await run.finish();
    const last = reference.steps.loss.length;
    const found = [...deviations(reference, run.trajectory.curve)];
    return [parameters, ...found, exactly("status", last, "censored", run.status)];
  } finally {
    await run.dispose();
  }
}

/** Another start explains everything that follows from it. */
function startFirst(all: Deviation[], { inputs }: Reference, { theta0 }: Digests): Deviation[] {
  if (all.every(isWithin)) return all;
  return [exactly("initial vector (SHA-256)", 0, inputs.theta0, theta0), ...all];
}

async function compared(
  engine: Engine,
  trial: Trial,
  reference: Reference,
  free: object,
): Promise<Deviation[]> {
  const digests = digestsOf(await trial.case.prepare(trial.config, trial.spec.seed));
  const before = premises(reference, trial, digests, free);
  if (!before.every(isWithin)) return before;
  return startFirst(await follow(engine, trial, reference), reference, digests);
}

/** Judges a trial that need not be the one that the reference names: how a test breaks it. */
export async function judgeTrial(
  engine: Engine,
  trial: Trial,
  reference: Reference,
  free: object = {},
): Promise<CanaryResult> {
  const { case: id, canary, algorithm } = reference;
  const start = performance.now();
  const say = (verdict: CanaryResult["verdict"], all: readonly Deviation[], reason: string | null): CanaryResult => ({
    case: id,
    canary,
    algorithm,
    verdict,
    parted: all.find((deviation) => !isWithin(deviation)) ?? null,
    worst: all.reduce<Deviation | null>((x, y) => x && severity(x) >= severity(y) ? x : y, null),
    reason,
    seconds: (performance.now() - start) / 1000,
  });
  try {
    const all = await compared(engine, trial, reference, free);
    return say(all.every(isWithin) ? "passed" : "failed", all, null);
  } catch (error) {
    const reason = error instanceof Error ? error.message.split("\n")[0] : String(error);
    return say(error instanceof DataError ? "not run" : "failed", [], reason);
  }
}

/**
 * Runs one canary on an engine: the first steps of an algorithm, beside those of an independent float64 implementation.
 *
 * @throws {UsageError} when the reference names a case, algorithm or field that does not exist any more.
 */
export function runCanary(engine: Engine, reference: Reference, options: CanaryOptions = {}): Promise<CanaryResult> {
  const { overrides = {}, prepared = preparedOnce() } = options;
  const { case: id, algorithm, seed } = reference;
  const spec = { case: id, algorithm, seed, engine: engine.id, overrides: { ...reference.overrides, ...overrides } };
  return judgeTrial(engine, prepared(resolve(spec)), reference, overrides);
}
