import type * as tf from "@tensorflow/tfjs";
import type { Stream } from "../data/stream.ts";
import type { Clock, OptimiserConfig, Vec } from "./transform.ts";
import type { Tree } from "./tree.ts";

/** Constants of an algorithm in one case; every one is a field of the case. */
export interface Hyper extends OptimiserConfig {
  /** A: the push on the prey is α·A·exp(−d/σ). */
  readonly A: number;
  /** σ: range of the push, in parameter-space distance. */
  readonly sigma: number;
  /** α_p: the predator moves α·α_p a step. */
  readonly alphaP: number;
  /** N_d: prey-only steps before the hunt. */
  readonly nD: number;
  /** Whether `pp-conn` uses the first moment (the paper's useM). */
  readonly useM: boolean;
}

/** Constants of a case that were found by a search, where `Hyper` has the paper's. */
export type Tuned = Pick<Hyper, "learningRate" | "weightDecay">;

/** Loss and gradient of the batch at hand, at any parameter vector. */
export type GradAt = (params: Vec) => { loss: tf.Scalar; grad: Vec };

export interface Stepped {
  readonly state: Tree<tf.Tensor>;
  /** Loss of the prey before the step. */
  readonly loss: tf.Scalar;
  /** Scalars of this step: stepNorm, and during a hunt distance d and potential P(d). */
  readonly probes: Readonly<Record<string, tf.Scalar>>;
}

/** When a phase gives way to the next one. */
export type Until = { readonly kind: "memorised" } | { readonly kind: "steps"; readonly count: number } | {
  readonly kind: "end";
};

/**
 * One stage of an algorithm, with a constant step function.
 *
 * The state's leaf `prey` is what is evaluated; `predator`, when there is one, is the second agent.
 */
export interface Phase {
  readonly id: "memorise" | "prey-only" | "hunt" | "train";
  readonly until: Until;
  /** Whether t starts again at 1 (a fresh optimiser) or runs on. */
  readonly restartsClock: boolean;
  /** Gradient evaluations a step. */
  readonly gradientCalls: 1 | 2;
  /** Builds the first state from the last one of the phase before (of which `prey` is always there). */
  enter(previous: Tree<Float32Array>, stream: Stream): Tree<Float32Array>;
  clock(t: number): Clock<number>;
  /** A pure function of tensors; see `ProgramSpec.body`. */
  step(state: Tree<tf.Tensor>, gradAt: GradAt, clock: Clock): Stepped;
}

/** A way to train, from initialisation to the end of the run. */
export interface Algorithm {
  readonly id: string;
  readonly summary: string;
  /** Where the method is defined. */
  readonly source: string;
  /** The same method with its trick taken out: what attribution is measured against. */
  readonly control: string | null;
  /** The case's constants as this algorithm uses them. */
  hyper(base: Hyper, tuned: Tuned): Hyper;
  phases(hyper: Hyper): readonly Phase[];
}
