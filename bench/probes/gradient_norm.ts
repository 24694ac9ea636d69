import * as tf from "@tensorflow/tfjs";
import { norm, type Vec } from "../../src/algorithms/transform.ts";
import { defineProbe, onBatch } from "../../src/catalogue/probe.ts";
import { batchLoss } from "../../src/problem/batch.ts";

/** ‖∇L‖ of both agents. */
export const gradientNorm = defineProbe({
  id: "gradient-norm",
  summary: "Euclidean norm of the gradient of the loss, of prey and predator",
  source: "arXiv:2509.10562, Fig. 3",
  fields: {},
  at: "evaluation",
  needs: ["prey"],
  columns: [
    { name: "gradientNorm", doc: "‖∇L(x)‖ of the prey on the first batch of the training set" },
    { name: "predatorGradientNorm", doc: "‖∇L(y)‖ of the predator on the first batch of the training set" },
  ],
  program: (problem, agents, rows) =>
    onBatch(problem, agents, rows, ({ prey, predator, ...batch }) => {
      const gradient = tf.grad(batchLoss(problem, batch));
      return {
        gradientNorm: norm(gradient(prey) as Vec),
        ...(predator ? { predatorGradientNorm: norm(gradient(predator) as Vec) } : {}),
      };
    }),
});
