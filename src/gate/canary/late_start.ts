import type { Phase } from "../../algorithms/algorithm.ts";
import { leaves } from "../../algorithms/tree.ts";
import { type Stream, stream } from "../../data/stream.ts";
import type { Problem } from "../../problem/case.ts";
import { type Progress, START } from "../../run/progress.ts";
import type { Checkpoint } from "../../run/record/checkpoint.ts";
import { Stopwatch } from "../../run/stopwatch.ts";
import { Trajectory } from "../../run/trajectory.ts";
import type { Trial } from "../../run/trial.ts";

import { digestOfArrays } from "./problem.ts";

/**
 * Where a canary begins that does not begin at the start: a run as it could be after so many epochs, in its last phase. Its
 * state is drawn and not trained, so that nothing has to be stored and nothing is known of it that training would have done;
 * what is to be seen is what becomes of it in the next steps, late in every clock.
 */
export interface LateStart {
  /** Epochs that lie behind. */
  readonly epoch: number;
}

/** The vectors of a run that is under way, and where it is. */
export interface Underway {
  readonly progress: Progress;
  /** Memorised vector, from which distances are measured. */
  readonly origin: Float32Array;
  readonly prey: Float32Array;
  readonly predator: Float32Array;
  readonly firstMoment: Float32Array;
  readonly secondMoment: Float32Array;
}

/** Sizes as at the end of training: weights have moved a little, gradients are small, the agents are some way apart. */
const MOVED = 0.02;
const GRADIENT = 1e-3;
const APART = 5;

function normals(size: number, scale: number, random: Stream): Float32Array {
  return Float32Array.from({ length: size }, () => scale * random.normal());
}

const plus = (a: Float32Array, b: Float32Array): Float32Array => a.map((x, i) => x + b[i]);

/** The state that a canary begins with: the same numbers wherever it is drawn. */
export function underway({ epoch }: LateStart, trial: Trial, { theta0, dataset, model }: Problem): Underway {
  const { config, algorithm, hyper, spec: { seed } } = trial;
  const random = stream(seed, "late-start", config.seeding);
  const size = theta0.length;
  const phases = algorithm.phases(hyper, model.layout);
  const steps = epoch * Math.floor(dataset.train.size / config.batchSize);
  const prey = plus(theta0, normals(size, MOVED, random));
  const gradients = normals(size, GRADIENT, random);
  return {
    progress: {
      ...START,
      epoch,
      steps,
      gradientCalls: steps,
      phase: phases.length - 1,
      phaseStep: steps,
      t: steps,
      recordFrom: steps,
      nextEvaluation: epoch,
      nextThorough: epoch,
      memorised: { epoch: 1, steps: 1, gradientCalls: 1 },
    },
    origin: theta0,
    prey,
    predator: plus(prey, normals(size, APART / Math.sqrt(size), random)),
    firstMoment: normals(size, GRADIENT, random),
    // Never so small that a step would be the rounding of its gradient.
    secondMoment: gradients.map((g) => g * g + GRADIENT ** 2 / 10),
  };
}

/** Vectors by the last part of their path in a state. */
const VECTORS = ["prey", "predator", "firstMoment", "secondMoment"] as const;

/** Leaves of the state of the last phase, as entering the phases one after the other would lay them out. */
function leavesOf(phases: readonly Phase[], theta0: Float32Array, random: Stream): string[] {
  let state = phases[0].enter({ prey: theta0 }, random);
  for (const phase of phases.slice(1)) state = phase.enter(state, random);
  return Object.keys(leaves(state));
}

/** SHA-256 of it, as the float64 implementation takes it. */
export function digestOfLate(start: LateStart, trial: Trial, problem: Problem): string {
  const { prey, predator, firstMoment, secondMoment, origin } = underway(start, trial, problem);
  return digestOfArrays(prey, predator, firstMoment, secondMoment, origin);
}

/** The same as a checkpoint to go on from. @throws {RangeError} for a state with a vector that is none of these */
export function checkpointOf(start: LateStart, trial: Trial, problem: Problem): Checkpoint {
  const { origin, progress, ...drawn } = underway(start, trial, problem);
  const { algorithm, hyper, id, stem, spec, config } = trial;
  const phases = algorithm.phases(hyper, problem.model.layout);
  const paths = leavesOf(phases, problem.theta0, stream(spec.seed, "direction", config.seeding));
  const arrays = paths.map((path): [string, Float32Array] => {
    const name = VECTORS.find((vector) => path === vector || path.endsWith(`/${vector}`));
    if (!name) throw new RangeError(`a late start has no '${path}'`);
    return [path, drawn[name].slice()];
  });
  return {
    id,
    stem,
    spec,
    progress,
    timing: new Stopwatch().read(),
    curve: new Trajectory(trial.probes).curve,
    arrays: { ...Object.fromEntries(arrays), origin: origin.slice() },
  };
}
