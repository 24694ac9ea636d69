import * as tf from "@tensorflow/tfjs";

/** The loss of each sample: outputs float32 [B, classes], targets int32 [B] → float32 [B]; a batch's loss is the mean. */
export type Loss = (outputs: tf.Tensor2D, targets: tf.Tensor1D) => tf.Tensor1D;

const oneHot = (targets: tf.Tensor1D, classes: number) => tf.oneHot(targets, classes).toFloat();

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
export type LossName = keyof typeof losses;
