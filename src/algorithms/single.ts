import * as tf from "@tensorflow/tfjs";
import type { Phase, Until } from "./algorithm.ts";
import type { Transform, Vec } from "./transform.ts";
import type { Tree } from "./tree.ts";

/** The optimiser's part of a state: a tree without leaves is not there at all. */
export const optimiserOf = <L>(state: Tree<L>, name = "optimiser"): Tree<L> => (state[name] ?? {}) as Tree<L>;

/** One agent, one optimiser started afresh: x ← x + update(∇L(x)). */
export function single(id: Phase["id"], optimiser: Transform, until: Until): Phase {
  return {
    id,
    until,
    restartsClock: true,
    gradientCalls: 1,
    enter: ({ prey }) => ({ prey, optimiser: optimiser.init((prey as Float32Array).length) }),
    clock: optimiser.clock,
    step(state, gradAt, clock) {
      const prey = state.prey as Vec;
      const { loss, grad } = gradAt(prey);
      const { update, state: next, probes = {} } = optimiser.update(grad, optimiserOf(state), prey, clock, loss);
      tf.util.assertShapesMatch(update.shape, prey.shape, "an update has one number for each parameter: ");
      return { state: { ...state, prey: tf.add(prey, update), optimiser: next }, loss, probes };
    },
  };
}

/** Until the training accuracy is above the case's threshold. */
export const memorised: Until = { kind: "memorised" };
/** To the end of the run. */
export const end: Until = { kind: "end" };

/** The N_d steps of the prey before the hunt; the predator waits at the start θ₀. */
export function preyOnly(optimiser: Transform, steps: number): Phase {
  const alone = single("prey-only", optimiser, { kind: "steps", count: steps });
  return {
    ...alone,
    enter: (previous, stream) => ({
      ...alone.enter(previous, stream),
      predator: (previous.prey as Float32Array).slice(),
    }),
  };
}
