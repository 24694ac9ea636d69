import type { Tree } from "../algorithms/tree.ts";
import { stream } from "../data/stream.ts";
import { flopsOf, trace } from "../jit/mod.ts";
import type { Problem } from "../problem/case.ts";
import { stepProgram } from "./programs.ts";
import type { Trial } from "./trial.ts";

/**
 * Floating-point operations of one training step of a trial: loss, gradients and update, as `flopsOf` counts them.
 *
 * Of the last phase and on a whole batch; a phase has one graph, so that each of its steps costs the same. Evaluations
 * between the steps are not in it. No engine is needed, for the step is traced and not run.
 *
 * @param problem what `trial.case.prepare` gives for the trial
 */
export function flopsOfStep({ algorithm, hyper, config, spec }: Trial, problem: Problem): number {
  const phases = algorithm.phases(hyper, problem.model.layout);
  let state: Tree<Float32Array> = { prey: problem.theta0 };
  for (const phase of phases) state = phase.enter(state, stream(spec.seed, "direction", config.seeding));
  const { body, state: kept, inputs } = stepProgram(problem, phases.at(-1)!, state, config.batchSize);
  return flopsOf(trace(body, { ...kept, ...inputs }));
}
