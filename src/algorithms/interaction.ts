import * as tf from "@tensorflow/tfjs";
import { norm, type Vec } from "./transform.ts";

/** Constants of the interaction. */
export interface InteractionConfig {
  readonly learningRate: number;
  readonly A: number;
  readonly sigma: number;
  readonly alphaP: number;
}

/** Constants of a hunt. */
export interface HuntConfig extends InteractionConfig {
  /** N_d: prey-only steps before the hunt. */
  readonly nD: number;
}

export interface Interacted {
  readonly prey: Vec;
  readonly predator: Vec;
  readonly distance: tf.Scalar;
  readonly potential: tf.Scalar;
}

/**
 * The hunt: d = ‖x−y‖, l = (x−y)/d, P(d) = A·exp(−d/σ), x ← x + α·P(d)·l, y ← y + α·α_p·l.
 *
 * Coincident vectors stay where they are: x−y = 0 makes l = 0, whatever it is divided by. (An `escape` direction is
 * never 0, so with it the prey moves.)
 *
 * @param prey x: float32 [P], after its optimiser step
 * @param predator y: float32 [P], after its own
 * @param escape direction of the push on the prey in place of l (the `random` ablation): float32 [P], unit length
 * Source: arXiv:2509.10562, Algorithms 1 and 2.
 */
export function interact(prey: Vec, predator: Vec, config: InteractionConfig, escape?: Vec): Interacted {
  const { learningRate, A, sigma, alphaP } = config;
  const difference = tf.sub(prey, predator) as Vec;
  const distance = norm(difference);
  const safe = tf.add(distance, tf.cast(tf.equal(distance, 0), "float32"));
  const direction = tf.div(difference, safe) as Vec;
  const potential = tf.mul(tf.exp(tf.mul(distance, -1 / sigma)), A) as tf.Scalar;
  return {
    prey: tf.add(prey, tf.mul(escape ?? direction, tf.mul(potential, learningRate))),
    predator: tf.add(predator, tf.mul(direction, learningRate * alphaP)),
    distance,
    potential,
  };
}
