import * as tf from "@tensorflow/tfjs";
import type { Vec } from "../../src/algorithms/transform.ts";
import { unflatten } from "../../src/algorithms/layout.ts";
import { defineProbe, onBatch } from "../../src/catalogue/probe.ts";

/** How well the predator does at every evaluation; on whole splits it is scored at few of them. */
export const predatorScore = defineProbe({
  id: "predator-score",
  summary: "loss and accuracy of the predator on a batch, at every evaluation",
  source: "arXiv:2509.10562, Fig. 2",
  fields: {},
  at: "evaluation",
  needs: ["prey", "predator"],
  columns: [
    { name: "predatorBatchAccuracy", doc: "accuracy of the predator on the first batch of the training set" },
    { name: "predatorBatchLoss", doc: "mean loss of the predator on the first batch of the training set" },
  ],
  program: (problem, agents, rows) =>
    onBatch(problem, agents, rows, ({ predator, ...batch }) => {
      const { model, objective } = problem;
      const outputs = model.forward(unflatten(predator as Vec, model.layout), batch);
      return {
        predatorBatchAccuracy: tf.mean(objective.score(outputs, batch.targets)),
        predatorBatchLoss: tf.mean(objective.loss(outputs, batch.targets)),
      };
    }),
});
