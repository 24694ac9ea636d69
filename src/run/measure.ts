import { GIVEN_COLUMNS } from "../declare/columns.ts";
import type { HostArrays } from "../engine/mod.ts";
import type { Progress } from "./progress.ts";
import type { Evaluator, Score } from "./evaluator.ts";
import type { EpochRow, StepRow } from "./trajectory.ts";

/** The agents at one moment: float32 [P] each, and the vector that distances are measured from. */
export interface Agents {
  readonly prey: Float32Array;
  readonly predator?: Float32Array;
  readonly origin: Float32Array;
}

/** ‖x‖ or ‖x − y‖ in float64. */
function euclidean(x: Float32Array, y?: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < x.length; i++) sum += (x[i] - (y ? y[i] : 0)) ** 2;
  return Math.sqrt(sum);
}

/** What is recorded of the step just done. */
export function stepRow(p: Progress, results: HostArrays, { prey, predator, origin }: Agents): StepRow {
  const given = GIVEN_COLUMNS.filter((name) => results[name]).map((name) => [name, results[name][0]]);
  return {
    step: p.steps,
    phase: p.phase,
    t: p.t,
    ...Object.fromEntries(given),
    fromStart: euclidean(prey, origin),
    ...(predator ? { predatorFromStart: euclidean(predator, origin) } : {}),
  };
}

/** Scores of the epoch just done, of the prey and of the predator when there is one. */
export interface Measured {
  readonly row: EpochRow;
  readonly train: Score;
  readonly test: Score;
}

/** Evaluates both agents on both splits. */
export async function measureEpoch(p: Progress, evaluator: Evaluator, agents: Agents): Promise<Measured> {
  const { prey, predator, origin } = agents;
  const { train, test } = await evaluator.score(prey);
  const row: EpochRow = {
    epoch: p.epoch,
    steps: p.steps,
    gradientCalls: p.gradientCalls,
    phase: p.phase,
    ...(p.lossCount ? { batchLoss: p.lossSum / p.lossCount } : {}),
    trainAccuracy: train.accuracy,
    testAccuracy: test.accuracy,
    trainLoss: train.loss,
    testLoss: test.loss,
    weightNorm: euclidean(prey),
    fromStart: euclidean(prey, origin),
  };
  if (!predator) return { row, train, test };
  const chase = await evaluator.score(predator);
  const more: EpochRow = {
    predatorTrainAccuracy: chase.train.accuracy,
    predatorTestAccuracy: chase.test.accuracy,
    predatorTrainLoss: chase.train.loss,
    predatorTestLoss: chase.test.loss,
    predatorWeightNorm: euclidean(predator),
    predatorFromStart: euclidean(predator, origin),
  };
  return { row: { ...row, ...more }, train, test };
}
