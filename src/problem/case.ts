import type { Algorithm, CaseInfo } from "../algorithms/algorithm.ts";
import { initialise, type Layout, parameterCount } from "../algorithms/layout.ts";
import { type Dataset, type Split, targetsOf } from "../data/dataset.ts";
import { type Seeding, seedings, stream } from "../data/stream.ts";
import { assertDefinition, type Definition } from "../declare/definition.ts";
import {
  choice,
  type Config,
  configure,
  count,
  type Fields,
  fraction,
  nonNegative,
  positive,
  since,
  type Values,
} from "../declare/field.ts";
import { UsageError } from "../errors.ts";
import type { Model } from "./model.ts";
import { type LossName, type Objective, objectiveOf } from "./objective.ts";

/** What `extraEpochs` count from: the first crossing of the threshold, or the one that lasts for so many epochs. */
export type Crossing = "first" | "sustained";

/** Fields that every case has: batches, start, measure and budget. */
export const commonFields = {
  batchSize: count(512, "samples a step; the last partial batch of an epoch is dropped"),
  initScale: positive(1, "factor on every initial parameter"),
  startNorm: since(
    nonNegative(
      0,
      "norm of a start that is drawn uniformly in a hypercube about 0, whatever the layers' own is; 0: as the layers have it",
    ),
    0,
  ),
  memorisedAbove: fraction(0.99, "memorised: train accuracy above this"),
  generalisedAbove: fraction(0.99, "generalised: test accuracy above this"),
  extraEpochs: count(100, "epochs run on after generalising, to see whether it lasts", 0),
  crossing: since(
    choice<Crossing>("first", "extraEpochs count from the first crossing, or the run goes on until one lasts so long", [
      "first",
      "sustained",
    ]),
    "first",
  ),
  maxEpochs: count(5000, "budget: a run that reaches it without generalising is censored"),
  evalEvery: count(0, "epochs between evaluations; 0: every epoch up to 100, then at each 1 % growth", 0),
  seeding: since(
    choice<Seeding>("32-bit", "how many bits of seed and name a random stream is started from", seedings),
    "32-bit",
  ),
};
export type CommonConfig = Config<typeof commonFields>;

/**
 * A budget says when a run is given up, not what is run: runs of one problem with different budgets are one sample, each
 * censored where it stopped.
 */
export const BUDGET = "maxEpochs";

/** A case made concrete by its fields and a seed. */
export interface Problem {
  readonly dataset: Dataset;
  readonly model: Model;
  readonly objective: Objective;
  /** θ₀: float32 [P]. */
  readonly theta0: Float32Array;
}

/** What a family of cases knows how to build. */
export interface Family<F extends Fields> {
  /** Its name, by which algorithms know their constants: `modular`, `image`. */
  readonly family: string;
  readonly fields: F;
  /** What is wrong with the fields together, or null. */
  check(config: Config<F>): string | null;
  /** Training samples, known before any data are read. */
  trainSize(config: Config<F>): number;
  /** What is trained for: the name of a loss over classes, or an objective of its own. */
  readonly loss: LossName | Objective;
  model(config: Config<F>): Model;
  dataset(config: Config<F>, seed: number): Dataset | Promise<Dataset>;
  /** For data that are not computed. */
  readonly data?: DataSource;
}

/** Data that have to be there before a case can be trained. */
export interface DataSource {
  /** Their name, as `MNIST`. */
  readonly name: string;
  /** Whether they seem to be here. */
  present(): boolean;
  /** Whether they could be fetched. */
  reachable(): Promise<boolean>;
  fetch(): Promise<unknown>;
  /** Resolves when they are here and verified. @throws {DataError} */
  verify(): Promise<unknown>;
}

/** A problem whose every hyperparameter is a named, documented field. */
export interface Case extends Definition, CaseInfo {
  /** Checks overrides and completes them with the defaults. @throws {UsageError} */
  configure(overrides: Values): CommonConfig;
  /** The model alone: its layout is known before any data are. */
  model(config: CommonConfig): Model;
  prepare(config: CommonConfig, seed: number): Promise<Problem>;
  /** What it needs that is not computed. */
  readonly data?: DataSource;
  /** The case of which it is another form: pages show them side by side. */
  readonly formOf?: string;
}

/** A field that two owners have would be set for both, and mean two things. @throws {UsageError} */
export function refuseShared({ id: caseId, fields }: Case, { id, fields: own }: Algorithm): void {
  const shared = Object.keys(own).find((name) => Object.hasOwn(fields, name));
  if (shared) {
    throw new UsageError(
      `algorithm '${id}': its field '${shared}' is a field of case '${caseId}' too; rename that of your own`,
    );
  }
}

/** Who a case is. */
export type CaseName = Pick<Case, "id" | "summary" | "source" | "formOf">;

/** @throws {UsageError} for a case that cannot be one */
export function defineCase<F extends Fields & typeof commonFields>(name: CaseName, family: Family<F>): Case {
  const objective = objectiveOf(family.loss);
  const found: Case = {
    ...name,
    family: family.family,
    fields: family.fields,
    configure(overrides) {
      const owner = `case '${name.id}'`;
      const config = configure(owner, family.fields, overrides) as Config<F> & CommonConfig;
      const wrong = family.check(config) ?? batchProblem(config.batchSize, family.trainSize(config));
      if (wrong) throw new UsageError(`${owner}: ${wrong}`);
      return config;
    },
    model: (config) => family.model(config as Config<F> & CommonConfig),
    data: family.data,
    async prepare(config, seed) {
      const own = config as Config<F> & CommonConfig;
      const model = family.model(own);
      const start = startOf(model.layout, own.startNorm);
      const theta0 = initialise(start, stream(seed, "init", own.seeding)).map((x) => x * own.initScale);
      const dataset = await family.dataset(own, seed);
      for (const split of [dataset.train, dataset.test]) assertTargets(name.id, split, objective);
      return { dataset, model, objective, theta0 };
    },
  };
  assertDefinition("case", found);
  return found;
}

/**
 * A layout with what its tensors start from: their own, or all of them uniform in ±c with c = ‖θ₀‖·√(3/P), for the norm of a
 * vector that is uniform in a hypercube of half-width c has the root mean square c·√(P/3).
 */
function startOf(layout: Layout, norm: number): Layout {
  if (norm === 0) return layout;
  const bound = norm * Math.sqrt(3 / parameterCount(layout));
  return layout.map((piece) => ({ ...piece, initial: { kind: "uniform", bound } }));
}

/** Refuses targets that are not what the objective takes. @throws {UsageError} */
function assertTargets(id: string, split: Split, { id: objective, targets: { dtype, width } }: Objective): void {
  const { dtype: found, width: numbers } = targetsOf(split);
  if (found === dtype && numbers === width) return;
  throw new UsageError(
    `case '${id}': objective '${objective}' takes targets of ${width} ${dtype}, its data have ${numbers} ${found}`,
  );
}

const batchProblem = (batchSize: number, trainSize: number) =>
  batchSize <= trainSize ? null : `batchSize = ${batchSize} exceeds the training set of ${trainSize}`;
