import type { Mutant } from "./mutant.ts";

const RUN = "src/run/trial_run.ts";
const PROGRESS = "src/run/progress.ts";
const EVALUATOR = "src/run/evaluator.ts";

/** The loop: batches, and what is measured when. */
export const run: readonly Mutant[] = [
  {
    id: "partial-batch",
    what: "the last partial batch of an epoch is kept",
    edit: { file: RUN, find: "Math.floor(problem.dataset.train.size", replace: "Math.ceil(problem.dataset.train.size" },
  },
  {
    id: "no-reshuffle",
    what: "every epoch has the batches of the first",
    edit: { file: RUN, find: "`batches/${epoch}`", replace: '"batches/0"' },
  },
  {
    id: "evaluates-predator",
    what: "the accuracies are those of the predator",
    edit: {
      file: "src/run/measure.ts",
      find: 'evaluator.score(prey, "test")',
      replace: 'evaluator.score(predator ?? prey, "test")',
    },
  },
  {
    id: "evaluates-train",
    what: "the test accuracy is that on the training set",
    edit: { file: EVALUATOR, find: 'split === "train" ? this.#train : this.#test', replace: "this.#train" },
  },
  {
    id: "padding-counts",
    what: "padding of the last call counts in the evaluation",
    edit: { file: EVALUATOR, find: "start + i < split.size ? 1 : 0", replace: "1" },
  },
];

/** What the first 39 to 68 steps cannot show, and the 224 of the canary `late` do. */
export const runLater: readonly Mutant[] = [
  {
    id: "sparse-schedule",
    what: "evaluations grow by 10 %, not by 1 %",
    edit: { file: "src/run/schedule.ts", find: "GROWTH = 1.01", replace: "GROWTH = 1.1" },
  },
  {
    id: "order-repeats",
    what: "the order of the batches repeats after 32 epochs",
    edit: {
      file: RUN,
      find: "`batches/${epoch}`",
      replace: "`batches/${epoch % 32}`",
    },
  },
];

/** Canaries do not generalise and have no threshold of their own. */
export const outcome: readonly Mutant[] = [
  {
    id: "threshold-reached",
    what: "memorised at the threshold, not above it",
    edit: {
      file: PROGRESS,
      find: "p.memorised ?? (train !== null && train > config.memorisedAbove",
      replace: "p.memorised ?? (train !== null && train >= config.memorisedAbove",
    },
    late: true,
  },
  {
    id: "milestone-off-by-one",
    what: "the epoch of generalisation is one too late",
    edit: {
      file: PROGRESS,
      find: "p.generalised ?? above",
      replace: "p.generalised ?? (above && { ...above, epoch: epoch + 1 })",
    },
    late: true,
  },
  {
    id: "milestone-calls",
    what: "gradient calls to generalise are steps: a second gradient call is free",
    edit: {
      file: PROGRESS,
      find: "p.generalised ?? above",
      replace: "p.generalised ?? (above && { ...above, gradientCalls: steps })",
    },
    late: true,
  },
  {
    id: "steadiness-with-crossing",
    what: "the epoch of the crossing counts among those after it",
    edit: {
      file: "src/run/record/finish.ts",
      find: "trajectory.after(generalised.epoch,",
      replace: "trajectory.after(generalised.epoch - 1,",
    },
    late: true,
  },
];
