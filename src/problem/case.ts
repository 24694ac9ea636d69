import type { Hyper, Tuned } from "../algorithms/mod.ts";
import type { Dataset } from "../data/dataset.ts";
import { stream } from "../data/stream.ts";
import { initialise } from "./params.ts";
import type { LossName } from "./objective.ts";
import type { Model } from "./model.ts";
import { UsageError } from "../errors.ts";
import {
  type Config,
  configure,
  count,
  type Fields,
  type FieldValue,
  flag,
  fraction,
  nonNegative,
  positive,
} from "../declare/field.ts";

/** Fields that every case has: optimiser, hunt, measure and budget. */
export const commonFields = {
  batchSize: count(512, "samples a step; the last partial batch of an epoch is dropped"),
  initScale: positive(1, "factor on every initial parameter"),
  learningRate: positive(1e-3, "α, the step size"),
  weightDecay: nonNegative(1e-2, "λ, decoupled in AdamW, coupled in Adam-L2"),
  beta1: fraction(0.9, "b₁, decay rate of the first moment"),
  beta2: fraction(0.999, "b₂, decay rate of the second moment"),
  epsilon: positive(1e-8, "ε in Adam's denominator"),
  A: nonNegative(150, "strength of the push on the prey, α·A·exp(−d/σ)"),
  sigma: positive(10, "σ, range of the push in parameter space"),
  alphaP: nonNegative(100, "α_p: the predator moves α·α_p a step"),
  nD: count(5, "N_d, prey-only steps before the hunt", 0),
  useM: flag(false, "pp-conn: use the first moment rather than the raw gradient"),
  memorisedAbove: fraction(0.99, "memorised: train accuracy above this"),
  generalisedAbove: fraction(0.99, "generalised: test accuracy above this"),
  extraEpochs: count(100, "epochs run on after generalising, to see whether it lasts", 0),
  maxEpochs: count(5000, "budget: a run that reaches it without generalising is censored"),
  evalEvery: count(0, "epochs between evaluations; 0: every epoch up to 100, then at each 1 % growth", 0),
};
export type CommonConfig = Config<typeof commonFields>;

/** A case made concrete by its fields and a seed. */
export interface Problem {
  readonly dataset: Dataset;
  readonly model: Model;
  readonly loss: LossName;
  /** θ₀: float32 [P]. */
  readonly theta0: Float32Array;
}

/** What a family of cases knows how to build. */
export interface Family<F extends Fields> {
  readonly fields: F;
  /** What is wrong with the fields together, or null. */
  check(config: Config<F>): string | null;
  /** Training samples, known before any data are read. */
  trainSize(config: Config<F>): number;
  loss: LossName;
  model(config: Config<F>): Model;
  dataset(config: Config<F>, seed: number): Dataset | Promise<Dataset>;
  /** For data that are not computed: resolves when they are there. */
  checkData?(): Promise<unknown>;
}

/** A problem whose every hyperparameter is a named, documented field. */
export interface Case {
  readonly id: string;
  readonly summary: string;
  readonly source: string;
  readonly fields: Fields;
  /** Constants for `adamw-tuned`: the best of the grid of profile `tune` (docs/tuning.md). */
  readonly tuned: Tuned;
  /** Checks overrides and completes them with the defaults. @throws {UsageError} */
  configure(overrides: Record<string, FieldValue>): CommonConfig;
  prepare(config: CommonConfig, seed: number): Promise<Problem>;
  /** Resolves when the data that the case needs are there and verified. @throws {DataError} */
  checkData(): Promise<void>;
}

/** Who a case is, and what a search has found for it. */
export type CaseInfo = Pick<Case, "id" | "summary" | "source" | "tuned">;

export function defineCase<F extends Fields & typeof commonFields>(info: CaseInfo, family: Family<F>): Case {
  return {
    ...info,
    fields: family.fields,
    configure(overrides) {
      const config = configure(info.id, family.fields, overrides) as Config<F> & CommonConfig;
      const wrong = family.check(config) ?? batchProblem(config.batchSize, family.trainSize(config));
      if (wrong) throw new UsageError(`case '${info.id}': ${wrong}`);
      return config;
    },
    checkData: async () => void await family.checkData?.(),
    async prepare(config, seed) {
      const own = config as Config<F> & CommonConfig;
      const model = family.model(own);
      const theta0 = initialise(model.layout, stream(seed, "init")).map((x) => x * own.initScale);
      return { dataset: await family.dataset(own, seed), model, loss: family.loss, theta0 };
    },
  };
}

const batchProblem = (batchSize: number, trainSize: number) =>
  batchSize <= trainSize ? null : `batchSize = ${batchSize} exceeds the training set of ${trainSize}`;

/** The constants of a case that algorithms use. */
export function hyperOf(config: CommonConfig): Hyper {
  const { learningRate, weightDecay, beta1, beta2, epsilon, A, sigma, alphaP, nD, useM } = config;
  return { learningRate, weightDecay, beta1, beta2, epsilon, A, sigma, alphaP, nD, useM };
}
