import { GIVEN_COLUMNS } from "../declare/columns.ts";
import type { HostArrays } from "../engine/mod.ts";
import { isThorough, needsTrain, type Progress, type Rules } from "./progress.ts";
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

/** Scores of the epoch just done. */
export interface Measured {
  readonly row: EpochRow;
  /** Accuracy of the prey on the training set, where it was asked for. */
  readonly train: number | null;
  readonly test: number;
}

/** A score under the names of its columns. */
const scored = (prefix: "" | "predator", split: "train" | "test", { accuracy, loss }: Score): EpochRow => {
  const name = prefix ? `${prefix}${split[0].toUpperCase()}${split.slice(1)}` : split;
  return { [`${name}Accuracy`]: accuracy, [`${name}Loss`]: loss };
};

/**
 * Evaluates the prey on the test set, and what else this evaluation is asked for.
 *
 * @param always whether it is a thorough one whatever `isThorough` says
 */
export async function measureEpoch(
  p: Progress,
  rules: Rules,
  evaluator: Evaluator,
  agents: Agents,
  always = false,
): Promise<Measured> {
  const { prey, predator, origin } = agents;
  const test = await evaluator.score(prey, "test");
  const early = needsTrain(p, rules) ? await evaluator.score(prey, "train") : null;
  const thorough = always || isThorough(p, test.accuracy, early?.accuracy ?? null, rules);
  const train = early ?? (thorough ? await evaluator.score(prey, "train") : null);
  const row: EpochRow = {
    epoch: p.epoch,
    steps: p.steps,
    gradientCalls: p.gradientCalls,
    phase: p.phase,
    ...(p.lossCount ? { batchLoss: p.lossSum / p.lossCount } : {}),
    ...scored("", "test", test),
    ...(train ? scored("", "train", train) : {}),
    weightNorm: euclidean(prey),
    fromStart: euclidean(prey, origin),
    ...(predator ? { predatorWeightNorm: euclidean(predator), predatorFromStart: euclidean(predator, origin) } : {}),
  };
  const measured = { train: train?.accuracy ?? null, test: test.accuracy };
  if (!predator || !thorough) return { row, ...measured };
  const chase = {
    ...scored("predator", "train", await evaluator.score(predator, "train")),
    ...scored("predator", "test", await evaluator.score(predator, "test")),
  };
  return { row: { ...row, ...chase }, ...measured };
}
