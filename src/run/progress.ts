import type { Phase } from "../algorithms/algorithm.ts";
import type { CommonConfig } from "../problem/case.ts";
import type { Milestone, Status } from "./record/record.ts";
import { nextEvaluation, nextRecorded, nextThorough } from "./schedule.ts";

/** Where a run is. Streams are functions of (seed, name, epoch), so epoch and step are their positions. */
export interface Progress {
  /** Epochs completed. */
  readonly epoch: number;
  /** Steps completed of the epoch under way. */
  readonly stepInEpoch: number;
  readonly steps: number;
  readonly gradientCalls: number;
  /** Index of the phase under way, and the steps done in it. */
  readonly phase: number;
  readonly phaseStep: number;
  /** Steps since the optimiser was started afresh: its t. */
  readonly t: number;
  /** Phase step from which the next step row is recorded. */
  readonly recordFrom: number;
  readonly nextEvaluation: number;
  /** Epoch from which the next evaluation is thorough. */
  readonly nextThorough: number;
  /** Σ and number of batch losses since the last evaluation. */
  readonly lossSum: number;
  readonly lossCount: number;
  readonly memorised: Milestone | null;
  readonly generalised: Milestone | null;
  /** From where on every test accuracy seen is above the threshold; null when the last one is not. */
  readonly above: Milestone | null;
  /** How it ended; null while it goes on. */
  readonly status: Status | null;
}

/** Before the first step of the first phase. */
export const START: Progress = {
  epoch: 0,
  stepInEpoch: 0,
  steps: 0,
  gradientCalls: 0,
  phase: 0,
  phaseStep: 0,
  t: 0,
  recordFrom: 0,
  nextEvaluation: 0,
  nextThorough: 0,
  lossSum: 0,
  lossCount: 0,
  memorised: null,
  generalised: null,
  above: null,
  status: null,
};

/** What a run is told as it goes on. */
export type Seen =
  | { readonly kind: "step"; readonly loss: number }
  | { readonly kind: "step recorded" }
  | { readonly kind: "phase entered" }
  | { readonly kind: "epoch completed" }
  /** Accuracies; null for one that was not measured, which decides nothing. */
  | { readonly kind: "evaluation"; readonly train: number | null; readonly test: number };

/** What does not change while a run goes on. */
export interface Rules {
  readonly config: CommonConfig;
  readonly phases: readonly Pick<Phase, "until" | "restartsClock" | "gradientCalls">[];
  readonly stepsPerEpoch: number;
}

function afterStep(p: Progress, loss: number, { phases }: Rules): Progress {
  return {
    ...p,
    t: p.t + 1,
    steps: p.steps + 1,
    stepInEpoch: p.stepInEpoch + 1,
    phaseStep: p.phaseStep + 1,
    gradientCalls: p.gradientCalls + phases[p.phase].gradientCalls,
    lossSum: p.lossSum + loss,
    lossCount: p.lossCount + 1,
    status: Number.isFinite(loss) ? null : "diverged",
  };
}

/** The end of a run that nothing ends before: its budget, or the extra epochs after the crossing that they count from. */
export function lastEpoch(
  { generalised, above }: Pick<Progress, "generalised" | "above">,
  config: CommonConfig,
): number {
  const crossed = config.crossing === "sustained" ? above : generalised;
  return crossed ? Math.min(config.maxEpochs, crossed.epoch + config.extraEpochs) : config.maxEpochs;
}

/** Notes milestones, decides whether the run is over, and plans the next evaluation. */
function afterEvaluation(p: Progress, train: number | null, test: number, { config }: Rules): Progress {
  const { epoch, steps, gradientCalls } = p;
  const now: Milestone = { epoch, steps, gradientCalls };
  const memorised = p.memorised ?? (train !== null && train > config.memorisedAbove ? now : null);
  const above = test > config.generalisedAbove ? p.above ?? now : null;
  const generalised = p.generalised ?? above;
  const over = epoch >= lastEpoch({ generalised, above }, config);
  return {
    ...p,
    lossSum: 0,
    lossCount: 0,
    memorised,
    generalised,
    above,
    // After the crossing every epoch is evaluated: whether it lasts is a question about each of them.
    nextEvaluation: generalised ? epoch + 1 : nextEvaluation(epoch, config.evalEvery),
    nextThorough: epoch >= p.nextThorough ? nextThorough(epoch) : p.nextThorough,
    status: over ? generalised ? "grokked" : "censored" : null,
  };
}

/** Where a run is after what it has just seen. A pure function: lanes of runs can share it. */
export function advance(p: Progress, seen: Seen, rules: Rules): Progress {
  switch (seen.kind) {
    case "step":
      return afterStep(p, seen.loss, rules);
    case "step recorded":
      return { ...p, recordFrom: nextRecorded(p.phaseStep) };
    case "epoch completed":
      return { ...p, epoch: p.epoch + 1, stepInEpoch: 0 };
    case "evaluation":
      return afterEvaluation(p, seen.train, seen.test, rules);
    case "phase entered": {
      const phase = p.phase + 1;
      return { ...p, phase, phaseStep: 0, recordFrom: 0, t: rules.phases[phase].restartsClock ? 0 : p.t };
    }
  }
}

/** Whether the step just done is one that a record keeps. */
export const isRecorded = (p: Progress): boolean => p.phaseStep >= p.recordFrom || p.status === "diverged";

/** Whether the epoch just completed is evaluated: it is due, or the budget is at its end. */
export const isEvaluated = (p: Progress, { config }: Rules): boolean => isDue(p) || p.epoch === config.maxEpochs;

/** Whether an evaluation is due by the schedule, whatever the budget. */
export const isDue = (p: Progress): boolean => p.epoch >= p.nextEvaluation;

/** Whether the phase under way has done its steps. */
export function hasDoneItsSteps(p: Progress, { phases }: Rules): boolean {
  const { until } = phases[p.phase];
  return until.kind === "steps" && p.phaseStep >= until.count;
}

/** Whether the phase under way gives way to the next, the training set having been seen memorised by this accuracy. */
export const hasMemorised = (p: Progress, train: number | null, { phases, config }: Rules): boolean =>
  phases[p.phase].until.kind === "memorised" && train !== null && train > config.memorisedAbove;

/** Whether an evaluation has to know the accuracy on the training set: until that has told that it is memorised. */
export const needsTrain = ({ memorised, phase }: Progress, { phases }: Rules): boolean =>
  memorised === null || phases[phase].until.kind === "memorised";

/**
 * Whether the evaluation of the epoch just done is thorough, that is, measures what no verdict needs as well: it is where
 * one is due, at milestones and at the end.
 *
 * @param test accuracy on the test set
 * @param train that on the training set, where it is known already
 */
export function isThorough(p: Progress, test: number, train: number | null, rules: Rules): boolean {
  const next = afterEvaluation(p, train, test, rules);
  const isMilestone = next.memorised !== p.memorised || (p.above === null && next.above !== null);
  return p.epoch >= p.nextThorough || isMilestone || next.status !== null;
}
