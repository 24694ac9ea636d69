import * as tf from "@tensorflow/tfjs";
import type { Loss } from "../algorithms/algorithm.ts";
import { find } from "../errors.ts";
import type { InputSpec } from "./model.ts";

/** A number for each sample: outputs float32 [B, n], targets [B] or [B, width] → float32 [B]. */
export type PerSample = Loss;

/** What training makes small, and what counts as right. */
export interface Objective {
  readonly id: string;
  /** What a sample's target is: one class, or numbers. */
  readonly targets: InputSpec;
  readonly loss: Loss;
  /** How right each sample is, from 0 to 1: the mean over a split is its accuracy, which milestones are about. */
  readonly score: PerSample;
}

const oneHot = (targets: tf.Tensor, classes: number) => tf.oneHot(targets, classes).toFloat();

/** −log softmax(z)[target]. */
export const crossEntropy: Loss = (logits, targets) => {
  const picked = tf.mul(tf.logSoftmax(logits), oneHot(targets, logits.shape[1]));
  return tf.neg(tf.sum(picked, 1));
};

/** Mean over classes of (z − onehot(target))², no softmax. */
export const meanSquaredError: Loss = (outputs, targets) => {
  return tf.mean(tf.square(tf.sub(outputs, oneHot(targets, outputs.shape[1]))), 1) as tf.Tensor1D;
};

export const losses = { "cross-entropy": crossEntropy, "mse": meanSquaredError } as const;
/** Losses that can be named. */
export type LossName = keyof typeof losses;

/** [argmax z = target]. */
const isLargest: PerSample = (outputs, targets) => tf.cast(tf.equal(tf.argMax(outputs, 1), targets), "float32");

/** Objectives over classes, by the names of their losses. */
const objectives = Object.entries(losses).map(([id, loss]): Objective => ({
  id,
  targets: { dtype: "int32", width: 1 },
  loss,
  score: isLargest,
}));

/** The objective that a family names, or has of its own. @throws {UsageError} for a name that is none */
export const objectiveOf = (loss: LossName | Objective): Objective =>
  typeof loss === "string" ? find("loss", objectives, loss) : loss;

/**
 * Regression on `width` real numbers a sample: mean over them of (z − target)²; right is what is within `tolerance` of
 * its target in each of them.
 */
export function regression(
  { width = 1, tolerance }: { readonly width?: number; readonly tolerance: number },
): Objective {
  const differences = (outputs: tf.Tensor2D, targets: tf.Tensor) => tf.sub(outputs, tf.reshape(targets, outputs.shape));
  return {
    id: "regression",
    targets: { dtype: "float32", width },
    loss: (outputs, targets) => tf.mean(tf.square(differences(outputs, targets)), 1) as tf.Tensor1D,
    score(outputs, targets) {
      const largest = tf.max(tf.abs(differences(outputs, targets)), 1);
      return tf.cast(tf.less(largest, tolerance), "float32") as tf.Tensor1D;
    },
  };
}
