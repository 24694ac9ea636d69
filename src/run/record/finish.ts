import { type Provenance, type RunRecord, SCHEMA, type Steadiness } from "./record.ts";
import type { TrialRun } from "../trial_run.ts";
import { sealed } from "./seal.ts";

/** How well the accuracy stays, over the epochs after the one that crossed; after divergence there is none left. */
export function steadinessOf({ cursor, trajectory, trial: { config }, status }: TrialRun): Steadiness | null {
  if (!cursor.generalised) return null;
  const after = trajectory.since("testAccuracy", cursor.generalisedRow + 1) as number[];
  const above = after.filter((accuracy) => accuracy > config.generalisedAbove);
  const planned = Math.min(config.extraEpochs, config.maxEpochs - cursor.generalised.epoch);
  const epochs = status === "diverged" ? planned : after.length;
  if (epochs === 0) return null;
  const lowestAccuracy = status === "diverged" ? 0 : Math.min(...after);
  return { epochs, shareAbove: above.length / epochs, lowestAccuracy };
}

/** The record of a run that has reached its outcome. */
export async function recordOf(run: TrialRun, provenance: Provenance): Promise<RunRecord> {
  const { trial, cursor, status } = run;
  return sealed({
    schema: SCHEMA,
    id: trial.id,
    case: trial.case.id,
    config: trial.config,
    algorithm: trial.algorithm.id,
    control: trial.algorithm.control,
    hyper: trial.hyper,
    seed: trial.spec.seed,
    engine: trial.spec.engine,
    status: status!,
    parameters: run.parameters,
    epochs: cursor.epoch,
    steps: cursor.steps,
    gradientCalls: cursor.gradientCalls,
    memorised: cursor.memorised,
    generalised: cursor.generalised,
    steadiness: steadinessOf(run),
    digest: await run.digest(),
    curve: run.trajectory.curve,
    provenance,
    timing: {
      wallSeconds: run.clockWork(),
      secondsMemorised: cursor.secondsMemorised,
      secondsGeneralised: cursor.secondsGeneralised,
      finishedAt: new Date().toISOString(),
    },
  });
}
