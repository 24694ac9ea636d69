import * as tf from "@tensorflow/tfjs";
import type { Phase } from "./algorithm.ts";
import { type HuntConfig, interact } from "./interaction.ts";
import { end, optimiserOf, preyOnly } from "./single.ts";
import type { Transform, Vec } from "./transform.ts";
import { mapTree } from "./tree.ts";

/** What distinguishes the variants of Algorithm 1. */
export interface PpmVariant {
  readonly optimiser: Transform;
  /** Whether the predator also descends its own gradient (a second gradient call a step). */
  readonly gradPred: boolean;
}

/**
 * Algorithm 1: prey and predator with an optimiser state each.
 *
 * y₀ = θ₀; N_d prey-only steps; both optimiser states are copies of the state after them; then, each step,
 * x' = prey.step(x, ∇L(x)), y' = predator.step(y, ∇L(y)) with `gradPred` else y, and the interaction. Both use the same
 * t and the same minibatch.
 *
 * Source: arXiv:2509.10562, Algorithm 1.
 */
export function ppmPhases({ optimiser, gradPred }: PpmVariant, hyper: HuntConfig): readonly Phase[] {
  const hunt: Phase = {
    id: "hunt",
    until: end,
    restartsClock: false,
    gradientCalls: gradPred ? 2 : 1,
    enter(previous) {
      if (!gradPred) return previous;
      const copy = mapTree(optimiserOf(previous), (moment) => moment.slice());
      return { ...previous, predatorOptimiser: copy };
    },
    clock: optimiser.clock,
    step(state, gradAt, clock) {
      const [x, y] = [state.prey as Vec, state.predator as Vec];
      const { loss, grad } = gradAt(x);
      const hunted = optimiser.update(grad, optimiserOf(state), x, clock, loss);
      const own = gradPred ? gradAt(y) : null;
      const hunting = own && optimiser.update(own.grad, optimiserOf(state, "predatorOptimiser"), y, clock, own.loss);
      const met = interact(tf.add(x, hunted.update), hunting ? tf.add(y, hunting.update) : y, hyper);
      return {
        state: {
          ...state,
          prey: met.prey,
          predator: met.predator,
          optimiser: hunted.state,
          ...(hunting ? { predatorOptimiser: hunting.state } : {}),
        },
        loss,
        probes: { ...hunted.probes, distance: met.distance, potential: met.potential },
      };
    },
  };
  return [preyOnly(optimiser, hyper.nD), hunt];
}
