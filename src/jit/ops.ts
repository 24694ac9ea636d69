import * as tf from "@tensorflow/tfjs";
import { BACKEND } from "./backend.ts";

/** Kernels of our own: natively lowered by the tracer, composed of ordinary operations on every eager backend. */
function composedKernel(
  kernelName: string,
  compose: (inputs: Record<string, tf.Tensor>, attrs: Record<string, number>) => tf.Tensor[],
) {
  const registered = new Set<string>([BACKEND]);
  return (inputs: Record<string, tf.Tensor>, attrs: Record<string, number>): tf.Tensor[] => {
    const backendName = tf.getBackend();
    if (!registered.has(backendName)) {
      const kernelFunc: tf.KernelFunc = (call) =>
        compose(call.inputs as Record<string, tf.Tensor>, call.attrs as Record<string, number>);
      tf.registerKernel({ kernelName, backendName, kernelFunc });
      registered.add(backendName);
    }
    return tf.engine().runKernel(kernelName, inputs, attrs) as unknown as tf.Tensor[];
  };
}

const normaliseKernel = composedKernel("Normalise", ({ x }, { epsilon }) => {
  const centred = tf.sub(x, tf.mean(x, -1, true));
  const deviation = tf.rsqrt(tf.add(tf.mean(tf.square(centred), -1, true), epsilon));
  return [tf.mul(centred, deviation), deviation];
});

/**
 * Layer normalisation without gain and bias: x̂ = (x − μ)/√(σ² + ε) over the last axis, σ² biased.
 *
 * Gradient: ∂x = (∂x̂ − mean(∂x̂) − x̂·mean(∂x̂ ⊙ x̂))/√(σ² + ε).
 *
 * @param x float32 […, d]
 * @returns float32 […, d]
 * Source: Ba, Kiros & Hinton 2016, arXiv:1607.06450.
 */
export function normalise(x: tf.Tensor, epsilon: number): tf.Tensor {
  return tf.customGrad((input, save) => {
    const [value, deviation] = normaliseKernel({ x: input as tf.Tensor }, { epsilon });
    (save as tf.GradSaveFunc)([value, deviation]);
    const gradFunc = (dy: tf.Tensor, [xHat, rsigma]: tf.Tensor[]) => {
      const centred = tf.sub(dy, tf.mean(dy, -1, true));
      const along = tf.mul(xHat, tf.mean(tf.mul(dy, xHat), -1, true));
      return tf.mul(tf.sub(centred, along), rsigma);
    };
    return { value, gradFunc };
  })(x);
}
