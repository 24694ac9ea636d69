import type * as tf from "@tensorflow/tfjs";
import type { Stream } from "../data/stream.ts";
import { assertDefinition, type Definition } from "../declare/definition.ts";
import type { Config, Fields, Values } from "../declare/field.ts";
import { UsageError } from "../errors.ts";
import type { Layout } from "./layout.ts";
import type { Clock, Vec } from "./transform.ts";
import type { Tree } from "./tree.ts";

/**
 * Loss and gradient of the batch at hand, at any parameter vector.
 *
 * @param loss over classes, in place of the case's: for a method that changes what is made small, not what is judged
 */
export type GradAt = (params: Vec, loss?: Loss) => { loss: tf.Scalar; grad: Vec };

/** A number for each sample: outputs float32 [B, n], targets [B] or [B, width] → float32 [B]. */
export type Loss = (outputs: tf.Tensor2D, targets: tf.Tensor) => tf.Tensor1D;

/** What a step gives. */
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
  /** `memorise`, `prey-only`, `hunt` or `train` in the methods that are here. */
  readonly id: string;
  readonly until: Until;
  /** Whether t starts again at 1 (a fresh optimiser) or runs on. */
  readonly restartsClock: boolean;
  /** Gradient evaluations a step. */
  readonly gradientCalls: number;
  /** Builds the first state from the last one of the phase before (of which `prey` is always there). */
  enter(previous: Tree<Float32Array>, stream: Stream): Tree<Float32Array>;
  clock(t: number): Clock<number>;
  /** A pure function of tensors; see `ProgramSpec.body`. */
  step(state: Tree<tf.Tensor>, gradAt: GradAt, clock: Clock): Stepped;
}

/** What an algorithm may know of the case that it is to train. */
export interface CaseInfo {
  readonly id: string;
  /** What kind of problem it is: `modular` (a transformer on pairs) or `image` (a perceptron). */
  readonly family: string;
}

/** Where a tuner may look for the value of a field: from `low` to `high`, evenly in the logarithm. */
export interface Range {
  readonly low: number;
  readonly high: number;
  /** Evenly in the logarithm of 1 − x instead: for what is kept of an average, whose memory is 1/(1 − x) steps. */
  readonly ofRest?: boolean;
}

/** What an algorithm is on a leaderboard: what is claimed to be faster, what it is held against, and parts of it. */
export const ROLES = ["baseline", "method", "control", "ablation"] as const;
export type Role = typeof ROLES[number];

/** A way to train, from initialisation to the end of the run. */
export interface Algorithm<F extends Fields = Fields> extends Definition<F> {
  /** Where a leaderboard puts it; `method` where it does not say. */
  readonly role?: Role;
  /** The same method with its trick taken out: what attribution is measured against. */
  readonly control: string | null;
  /** Why that control takes out the trick and nothing else; or why there is none. One line. */
  readonly controlReason: string;
  /** Constants of a case that differ from the fields' defaults: the authors', or those that a search has found. */
  presets?(info: CaseInfo): Partial<Config<F>>;
  /** Fields that are what makes it this algorithm, or were found by a search: they are in its records, and not to be set. */
  readonly fixed?: readonly (keyof F & string)[];
  /**
   * Whether constants that a search has found were searched for on a problem: on another one they are no tuned ones, and nothing
   * is compared with it. Always, where it does not say.
   *
   * @param variant how the problem differs from the case's defaults
   */
  tunedFor?(id: string, variant: Values): boolean;
  /** What a tuner may vary. */
  readonly search?: { readonly [K in keyof F]?: Range };
  /** Whose parameters it trains; the first is judged. */
  readonly agents: readonly string[];
  phases(config: Config<F>, layout: Layout): readonly Phase[];
}

/** Checks an algorithm and forgets the types of its fields, so that all of them fit in one list. @throws {UsageError} */
export function defineAlgorithm<F extends Fields>(algorithm: Algorithm<F>): Algorithm {
  const kind = "algorithm";
  assertDefinition(kind, algorithm);
  const { id, fields, fixed = [], search = {}, agents, control } = algorithm;
  for (const name of [...fixed, ...Object.keys(search)]) {
    if (!Object.hasOwn(fields, name)) {
      throw new UsageError(`${kind} '${id}': it names '${name}', which is no field of it`);
    }
  }
  for (const [name, range] of Object.entries(search) as [string, Range][]) {
    if (!(range.low > 0 && range.low < range.high && (range.high < 1 || !range.ofRest))) {
      throw new UsageError(
        `${kind} '${id}': the search of ${name} from ${range.low} to ${range.high} is no range above 0${
          range.ofRest ? " and below 1" : ""
        }`,
      );
    }
  }
  if (agents?.[0] !== "prey") throw new UsageError(`${kind} '${id}': its first agent must be 'prey', which is judged`);
  if (algorithm.role !== undefined && !ROLES.includes(algorithm.role)) {
    throw new UsageError(`${kind} '${id}': role '${algorithm.role}' is none of ${ROLES.join(", ")}`);
  }
  if (control === id) throw new UsageError(`${kind} '${id}': it cannot be its own control`);
  if (typeof algorithm.phases !== "function") throw new UsageError(`${kind} '${id}': it has no function 'phases'`);
  return algorithm as unknown as Algorithm;
}
