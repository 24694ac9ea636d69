import type { Trial } from "../trial.ts";
import type { TrialRun } from "../trial_run.ts";
import { type Provenance, type RunRecord, SCHEMA, type Steadiness } from "./record.ts";
import { sealed } from "./seal.ts";

/** How well the accuracy stays, over the epochs after the one that crossed; after divergence there is none left. */
export function steadinessOf({ progress: { generalised }, trajectory, trial, status }: TrialRun): Steadiness | null {
  if (!generalised) return null;
  const { generalisedAbove, extraEpochs, maxEpochs } = trial.config;
  const after = trajectory.after(generalised.epoch, "testAccuracy") as number[];
  const above = after.filter((accuracy) => accuracy > generalisedAbove);
  const planned = Math.min(extraEpochs, maxEpochs - generalised.epoch);
  const epochs = status === "diverged" ? Math.max(planned, after.length) : after.length;
  if (epochs === 0) return null;
  const lowestAccuracy = status === "diverged" ? 0 : Math.min(...after);
  return { epochs, shareAbove: above.length / epochs, lowestAccuracy };
}

/** What a record says beside what the run came to: by what code, where and on what it was made. */
export interface Made {
  readonly computation: string;
  readonly provenance: Provenance;
}

/** What a record has of the run that was asked for. */
export const askedFor = ({ id, case: found, config, algorithm, hyper, spec: { seed, engine } }: Trial) => ({
  schema: SCHEMA as typeof SCHEMA,
  id,
  case: found.id,
  config,
  algorithm: algorithm.id,
  control: algorithm.control,
  hyper,
  seed,
  engine,
});

/** The record of a run that has reached its outcome. */
export async function recordOf(run: TrialRun, { computation, provenance }: Made): Promise<RunRecord> {
  const { trial, progress, status } = run;
  return sealed({
    ...askedFor(trial),
    scoring: "sparse",
    probes: trial.probes.map(({ id }) => id),
    status: status!,
    parameters: run.parameters,
    epochs: progress.epoch,
    steps: progress.steps,
    gradientCalls: progress.gradientCalls,
    memorised: progress.memorised,
    generalised: progress.generalised,
    above: status === "diverged" ? null : progress.above,
    steadiness: steadinessOf(run),
    digest: await run.digest(),
    computation,
    curve: run.trajectory.curve,
    provenance,
    timing: { ...run.stopwatch.read(), finishedAt: new Date().toISOString() },
  });
}
