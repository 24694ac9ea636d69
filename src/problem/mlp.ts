import * as tf from "@tensorflow/tfjs";
import type { Piece } from "../algorithms/layout.ts";
import { linear, type Model } from "./model.ts";

/** Shape of a multilayer perceptron. */
export interface MlpConfig {
  /** Width of the input, the hidden layers and the output, e.g. [784, 200, 200, 10]. */
  readonly sizes: readonly number[];
  /** Name of the input column, float32 [B, sizes[0]]. */
  readonly input: string;
}

/**
 * ReLU perceptron with biases: h ← relu(h·Wᵀ + b), last layer linear.
 *
 * Weights and biases start uniform in ±1/√fanIn (PyTorch's default for linear layers); the case scales them afterwards.
 *
 * Source: Liu, Michaud & Tegmark 2022 (Omnigrok), arXiv:2210.01117.
 */
export function mlp({ sizes, input }: MlpConfig): Model {
  const depth = sizes.length - 1;
  const layout = sizes.slice(1).flatMap((out, i): Piece[] => {
    const initial = { kind: "uniform", bound: 1 / Math.sqrt(sizes[i]) } as const;
    return [
      { name: `layer${i}.weight`, shape: [out, sizes[i]], initial, part: i === depth - 1 ? "head" : "feedforward" },
      { name: `layer${i}.bias`, shape: [out], initial },
    ];
  });
  return {
    layout,
    inputs: { [input]: { width: sizes[0], dtype: "float32" } },
    classes: sizes[depth],
    forward(params, inputs) {
      // A column of width 1 comes as [B].
      let h = (sizes[0] === 1 ? tf.reshape(inputs[input], [-1, 1]) : inputs[input]) as tf.Tensor2D;
      for (let i = 0; i < depth; i++) {
        h = linear(h, params[`layer${i}.weight`], params[`layer${i}.bias`]);
        if (i < depth - 1) h = tf.relu(h);
      }
      return h;
    },
  };
}
