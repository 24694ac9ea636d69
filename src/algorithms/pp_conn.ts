import * as tf from "@tensorflow/tfjs";
import type { Stream } from "../data/stream.ts";
import type { Phase } from "./algorithm.ts";
import { type HuntConfig, interact } from "./interaction.ts";
import { end, optimiserOf, preyOnly } from "./single.ts";
import type { Transform, Vec } from "./transform.ts";

/** What distinguishes the variants of Algorithm 2. */
export interface PpConnVariant {
  readonly optimiser: Transform;
  /** Whether the predator's half step uses ∇L(y) or 0. */
  readonly gradPred: boolean;
  /** Push the prey in a fixed random direction in place of l (an ablation). */
  readonly randomPush?: boolean;
}

/** A unit vector drawn once for the run: float32 [P]. */
function randomDirection(size: number, stream: Stream): Float32Array {
  const draws = Float64Array.from({ length: size }, () => stream.normal());
  const length = Math.sqrt(draws.reduce((sum, x) => sum + x * x, 0));
  return Float32Array.from(draws, (x) => x / length);
}

/**
 * Algorithm 2: one optimiser state shared by both agents, used at the same t by the prey (gradient ∇L(x)) and then by
 * the predator (gradient 0, or ∇L(y) with `gradPred`); the decay applies to both. Then the interaction.
 *
 * Source: arXiv:2509.10562, Algorithm 2.
 */
export function ppConnPhases({ optimiser, gradPred, randomPush }: PpConnVariant, hyper: HuntConfig): readonly Phase[] {
  const hunt: Phase = {
    id: "hunt",
    until: end,
    restartsClock: false,
    gradientCalls: gradPred ? 2 : 1,
    enter(previous, stream) {
      if (!randomPush) return previous;
      return { ...previous, direction: randomDirection((previous.prey as Float32Array).length, stream) };
    },
    clock: optimiser.clock,
    step(state, gradAt, clock) {
      const [x, y] = [state.prey as Vec, state.predator as Vec];
      const { loss, grad } = gradAt(x);
      const hunted = optimiser.update(grad, optimiserOf(state), x, clock, loss);
      const own = gradPred ? gradAt(y) : null;
      const predatorGradient = own?.grad ?? tf.zerosLike(y);
      const hunting = optimiser.update(predatorGradient, hunted.state, y, clock, own?.loss ?? loss);
      const met = interact(
        tf.add(x, hunted.update),
        tf.add(y, hunting.update),
        hyper,
        state.direction as Vec | undefined,
      );
      return {
        state: { ...state, prey: met.prey, predator: met.predator, optimiser: hunting.state },
        loss,
        probes: { ...hunted.probes, distance: met.distance, potential: met.potential },
      };
    },
  };
  return [preyOnly(optimiser, hyper.nD), hunt];
}
