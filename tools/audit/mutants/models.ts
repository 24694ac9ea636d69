import * as tf from "@tensorflow/tfjs";
import { pieceSize } from "../../../src/algorithms/layout.ts";
import type { Problem } from "../../../src/problem/case.ts";
import { builtWith, otherDefault, problems } from "./faults.ts";
import type { Mutant } from "./mutant.ts";

const BLOCK = "src/problem/transformer/block.ts";
const SHARED = "src/problem/transformer/shared_prefix.ts";

/** Where uniform weights start with another bound. */
function scaledUniform({ model, theta0 }: Problem, factor: number): Float32Array {
  const scaled = theta0.slice();
  let at = 0;
  for (const piece of model.layout) {
    const end = at + pieceSize(piece);
    if (piece.initial.kind === "uniform") scaled.subarray(at, end).forEach((x, i) => scaled[at + i] = x * factor);
    at = end;
  }
  return scaled;
}

/** Networks, where they start, and what they are trained to do. */
export const models: readonly Mutant[] = [
  {
    id: "layer-norm-epsilon",
    what: "layer norm uses ε = 1e-3",
    fault: builtWith("modular", "layerNormEpsilon", 1e-3),
  },
  {
    id: "mask-off-by-one",
    what: "each position sees the next one too",
    edit: { file: SHARED, find: "first + q + 1", replace: "first + q + 2" },
  },
  {
    id: "attention-unscaled",
    what: "attention scores are not divided by √d",
    edit: { file: SHARED, find: "Math.sqrt(heads / width)", replace: "1" },
  },
  {
    id: "symbols-exchanged",
    what: "the embeddings of 'op' and '=' are exchanged",
    edit: { file: SHARED, find: 'slot === "op"', replace: 'slot !== "op"' },
  },
  {
    id: "relu-identity",
    what: "the feed-forward layer of the transformer has no ReLU",
    edit: { file: BLOCK, find: "tf.relu<tf.Tensor2D>", replace: "((x: tf.Tensor2D) => x)" },
  },
  {
    id: "relu-on-outputs",
    what: "the perceptron's last layer has a ReLU",
    fault: problems(({ family }) => family === "image", ({ model, ...problem }) => ({
      ...problem,
      model: { ...model, forward: (params, inputs) => tf.relu(model.forward(params, inputs)) },
    })),
  },
  {
    id: "embedding-std",
    what: "embeddings of div97-smallinit start with standard deviation 0.2, not 0.02",
    fault: otherDefault("cases", "embeddingStd", { from: 0.02, to: 0.2 }, "div97-smallinit"),
  },
  {
    id: "xavier-bound",
    what: "Xavier's uniform bound is that of a standard deviation",
    fault: problems(({ family }) => family === "modular", (problem) => ({
      ...problem,
      theta0: scaledUniform(problem, Math.sqrt(2 / 6)),
    })),
  },
  {
    id: "init-scale",
    what: "mnist1k starts at scale 7, not 8",
    fault: otherDefault("cases", "initScale", { from: 8, to: 7 }, "mnist1k"),
  },
  {
    id: "loss-sum",
    what: "a batch's loss is the sum over its samples",
    edit: { file: "src/problem/batch.ts", find: "tf.mean(loss(", replace: "tf.sum(loss(" },
  },
  {
    id: "mse-sum",
    what: "the squared error is summed over classes",
    fault: problems(({ family }) => family === "image", ({ objective, ...problem }) => ({
      ...problem,
      objective: {
        ...objective,
        loss: (outputs, targets) => tf.mul(objective.loss(outputs, targets), outputs.shape[1]),
      },
    })),
  },
];
