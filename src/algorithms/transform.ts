import * as tf from "@tensorflow/tfjs";
import type { Tree } from "./tree.ts";

/** A model's parameters as one vector: float32 [P]. */
export type Vec = tf.Tensor1D;

/** Numbers that change with the step t, computed on the host in float64: what lets a traced step stay a constant graph. */
export type Clock<T = tf.Scalar> = Readonly<Record<string, T>>;

/**
 * A gradient transformation as in optax: two pure functions, and the host's half of them.
 *
 * Source: DeepMind 2020, optax, `GradientTransformation`.
 */
export interface Transform {
  /** State before the first step, on the host, for P parameters. */
  init(size: number): Tree<Float32Array>;
  /** Clock values of step t = 1, 2, … */
  clock(t: number): Clock<number>;
  /**
   * (g, state, p) → update and next state; the outermost update is added to p.
   *
   * @param loss of the batch at p, for what makes use of it
   */
  update(gradient: Vec, state: Tree<tf.Tensor>, params: Vec, clock: Clock, loss: tf.Scalar): Updated;
}

/** What a transformation gives. */
export interface Updated {
  readonly update: Vec;
  readonly state: Tree<tf.Tensor>;
  /** Scalars worth recording, by probe name. */
  readonly probes?: Readonly<Record<string, tf.Scalar>>;
}

/** Euclidean norm of a vector, Frobenius norm of a matrix: float32 […] → []. */
export const norm = (x: tf.Tensor): tf.Scalar => tf.sqrt(tf.sum(tf.square(x)));

const stateless = { init: () => ({}), clock: () => ({}) };

/**
 * Applies transformations one after another.
 *
 * @throws where two of them have a clock of the same name: one value would stand for both
 */
export function chain(...parts: readonly Transform[]): Transform {
  const clocks = parts.flatMap((part) => Object.keys(part.clock(1)));
  const twice = clocks.find((name, i) => clocks.indexOf(name) < i);
  if (twice) throw new Error(`chain: two parts have a clock '${twice}'; rename one`);
  return {
    init: (size) => Object.fromEntries(parts.map((part, i) => [`${i}`, part.init(size)])),
    clock: (t) => Object.assign({}, ...parts.map((part) => part.clock(t))),
    update(gradient, state, params, clock, loss) {
      let update = gradient;
      const next: Record<string, Tree<tf.Tensor>> = {};
      const probes: Record<string, tf.Scalar> = {};
      parts.forEach((part, i) => {
        const result = part.update(update, (state[i] ?? {}) as Tree<tf.Tensor>, params, clock, loss);
        update = result.update;
        next[i] = result.state;
        Object.assign(probes, result.probes);
      });
      return { update, state: next, probes };
    },
  };
}

/**
 * u ← u + λ·p. Before `scaleByAdam` this is the L2 term in the gradient (coupled decay); after it, decoupled weight decay.
 *
 * Source: Loshchilov & Hutter 2019, arXiv:1711.05101.
 */
export function addDecayedWeights(weightDecay: number): Transform {
  return {
    ...stateless,
    update: (u, state, params) => ({
      update: weightDecay === 0 ? u : tf.add(u, tf.mul(params, weightDecay)),
      state,
    }),
  };
}

/** Constants of Adam. */
export interface AdamConfig {
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;
  /** `false` puts the raw gradient in place of the first moment, still divided by 1 − β₁ᵗ (the paper's Algorithm 2, line 15). */
  readonly useFirstMoment?: boolean;
}

/**
 * m ← β₁m + (1−β₁)g, v ← β₂v + (1−β₂)g², u = (m/(1−β₁ᵗ)) / (√(v/(1−β₂ᵗ)) + ε).
 *
 * State: firstMoment, secondMoment: float32 [P] (no firstMoment when it is not used). Probe: stepNorm = ‖u‖.
 *
 * Source: Kingma & Ba 2015, arXiv:1412.6980, Algorithm 1.
 */
export function scaleByAdam({ beta1, beta2, epsilon, useFirstMoment = true }: AdamConfig): Transform {
  return {
    init: (size) => ({
      ...(useFirstMoment ? { firstMoment: new Float32Array(size) } : {}),
      secondMoment: new Float32Array(size),
    }),
    clock: (t) => ({ firstCorrection: 1 / (1 - beta1 ** t), secondCorrection: 1 / (1 - beta2 ** t) }),
    update(g, state, _params, clock) {
      const average = (old: tf.Tensor, beta: number, x: tf.Tensor) => tf.add(tf.mul(old, beta), tf.mul(x, 1 - beta));
      const m = useFirstMoment ? average(state.firstMoment as Vec, beta1, g) : g;
      const v = average(state.secondMoment as Vec, beta2, tf.square(g));
      const denominator = tf.add(tf.sqrt(tf.mul(v, clock.secondCorrection)), epsilon);
      const update = tf.div(tf.mul(m, clock.firstCorrection), denominator) as Vec;
      const next: Tree<tf.Tensor> = useFirstMoment ? { firstMoment: m, secondMoment: v } : { secondMoment: v };
      return { update, state: next, probes: { stepNorm: norm(update) } };
    },
  };
}

/** u ← −α·u. */
export function scaleByLearningRate(learningRate: number): Transform {
  return { ...stateless, update: (u, state) => ({ update: tf.mul(u, -learningRate), state }) };
}

/** Where and how strongly an optimiser decays weights. */
export interface OptimiserConfig extends AdamConfig {
  readonly learningRate: number;
  readonly weightDecay: number;
}

/** p ← p − αλp − α·Adam(∇L): decoupled decay. */
export const adamw = (config: OptimiserConfig): Transform =>
  chain(scaleByAdam(config), addDecayedWeights(config.weightDecay), scaleByLearningRate(config.learningRate));

/** p ← p − α·Adam(∇L + λp): the decay goes through the moments. */
export const adamL2 = (config: OptimiserConfig): Transform =>
  chain(addDecayedWeights(config.weightDecay), scaleByAdam(config), scaleByLearningRate(config.learningRate));
