/** What a column of a curve is. */
export interface ColumnInfo {
  /** Letters and digits. */
  readonly name: string;
  /** What it holds, in a few words: they are its meaning in `docs/records.md`, and a title on the site. */
  readonly doc: string;
  /** What it is counted in, where that is not plain. */
  readonly unit?: string;
}

/** The tables of a curve: a row an evaluated epoch, a row a recorded step. */
export type TableName = "epochs" | "steps";

/** A column of one of the tables of a curve. */
export interface Column extends ColumnInfo {
  readonly table: TableName;
  /** A count, or compared with a threshold: compact records do not round it. */
  readonly exact?: boolean;
  /** False for what compact records leave out. */
  readonly compact?: boolean;
  /** Given by the compiled step itself; the others are measured beside it. */
  readonly given?: boolean;
}

const share = "share of samples";

/**
 * The columns that every run has, in their order: a digest is of exactly these, so that it does not depend on what else is
 * measured. What is not there in a run is null. Others are declared by probes.
 */
export const coreColumns = [
  { table: "epochs", name: "epoch", doc: "epochs done, from the start", exact: true },
  { table: "epochs", name: "steps", doc: "steps done, from the start", exact: true },
  { table: "epochs", name: "gradientCalls", doc: "gradient evaluations done, from the start", exact: true },
  { table: "epochs", name: "phase", doc: "number of the phase under way, from 0", exact: true },
  { table: "epochs", name: "batchLoss", doc: "mean loss of the batches since the last row" },
  { table: "epochs", name: "trainAccuracy", doc: "accuracy of the prey on the training set", unit: share, exact: true },
  { table: "epochs", name: "testAccuracy", doc: "accuracy of the prey on the test set", unit: share, exact: true },
  { table: "epochs", name: "trainLoss", doc: "mean loss of the prey on the training set" },
  { table: "epochs", name: "testLoss", doc: "mean loss of the prey on the test set" },
  { table: "epochs", name: "weightNorm", doc: "‖x‖ of the prey" },
  { table: "epochs", name: "fromStart", doc: "‖x − θ₀‖ of the prey" },
  { table: "epochs", name: "predatorTrainAccuracy", doc: "accuracy of the predator on the training set", unit: share },
  { table: "epochs", name: "predatorTestAccuracy", doc: "accuracy of the predator on the test set", unit: share },
  { table: "epochs", name: "predatorTrainLoss", doc: "mean loss of the predator on the training set" },
  { table: "epochs", name: "predatorTestLoss", doc: "mean loss of the predator on the test set" },
  { table: "epochs", name: "predatorWeightNorm", doc: "‖y‖ of the predator" },
  { table: "epochs", name: "predatorFromStart", doc: "‖y − θ₀‖ of the predator" },
  { table: "steps", name: "step", doc: "steps done, from the start", exact: true },
  { table: "steps", name: "phase", doc: "number of the phase under way, from 0", exact: true },
  { table: "steps", name: "t", doc: "steps since the last fresh optimiser", exact: true },
  {
    table: "steps",
    name: "loss",
    doc: "loss of the batch before the step; null when it is not finite",
    compact: false,
    given: true,
  },
  {
    table: "steps",
    name: "stepNorm",
    doc: "norm of the update before the learning rate, of Adam ‖m̂/(√v̂ + ε)‖",
    given: true,
  },
  { table: "steps", name: "fromStart", doc: "‖x − θ₀‖ after the step", compact: false },
  { table: "steps", name: "predatorFromStart", doc: "‖y − θ₀‖ after the step", compact: false },
  { table: "steps", name: "distance", doc: "d = ‖x′ − y′‖ before the interaction of the step", given: true },
  { table: "steps", name: "potential", doc: "P(d) = A·exp(−d/σ) of the step", given: true },
] as const satisfies readonly Column[];

type Core<T extends TableName> = Extract<typeof coreColumns[number], { readonly table: T }>["name"];

const namesIn = <T extends TableName>(table: T): readonly Core<T>[] =>
  coreColumns.filter((column) => column.table === table).map(({ name }) => name as Core<T>);

/** Names of the core columns of `curve.epochs`, in their order. */
export const EPOCH_COLUMNS = namesIn("epochs");

/** Names of the core columns of `curve.steps`, in their order. */
export const STEP_COLUMNS = namesIn("steps");

/** Scalars that a training step may give. */
export const GIVEN_COLUMNS: readonly string[] = (coreColumns as readonly Column[]).filter(({ given }) => given)
  .map(({ name }) => name);
