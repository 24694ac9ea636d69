import type { Curve, Table } from "./record/record.ts";

/** Nine significant digits: enough to name every float32, and to keep files short. */
const rounded = (x: number | null): number | null =>
  x === null || !Number.isFinite(x) ? null : Number(x.toPrecision(9));

/** Columns of `curve.epochs`. The loss of the batches is their mean since the last row. */
export const EPOCH_COLUMNS = [
  "epoch",
  "steps",
  "gradientCalls",
  "phase",
  "batchLoss",
  "trainAccuracy",
  "testAccuracy",
  "trainLoss",
  "testLoss",
  "weightNorm",
  "fromStart",
  "predatorTrainAccuracy",
  "predatorTestAccuracy",
  "predatorTrainLoss",
  "predatorTestLoss",
  "predatorWeightNorm",
  "predatorFromStart",
] as const;

/** Columns of `curve.steps`. A non-finite number is stored as null. */
export const STEP_COLUMNS = [
  "step",
  "phase",
  "t",
  "loss",
  "stepNorm",
  "fromStart",
  "predatorFromStart",
  "distance",
  "potential",
] as const;

export type EpochRow = Partial<Record<typeof EPOCH_COLUMNS[number], number>>;
export type StepRow = Partial<Record<typeof STEP_COLUMNS[number], number>>;

const empty = (columns: readonly string[]): Table => Object.fromEntries(columns.map((name) => [name, []]));

/**
 * What a digest is of: every column above, in that order, whether the run has it or not. So it does not depend on what
 * else is measured.
 */
export const digestOf = ({ epochs, steps }: Curve): string => {
  const only = (table: Table, columns: readonly string[]) =>
    Object.fromEntries(columns.map((name) => [name, table[name] ?? []]));
  return JSON.stringify({ epochs: only(epochs, EPOCH_COLUMNS), steps: only(steps, STEP_COLUMNS) });
};

/** Collects the rows of a run. */
export class Trajectory {
  readonly curve: Curve;

  constructor(curve?: Curve) {
    this.curve = curve ?? { epochs: empty(EPOCH_COLUMNS), steps: empty(STEP_COLUMNS) };
  }

  addEpoch(row: EpochRow): void {
    for (const name of EPOCH_COLUMNS) this.curve.epochs[name].push(rounded(row[name] ?? null));
  }

  addStep(row: StepRow): void {
    for (const name of STEP_COLUMNS) this.curve.steps[name].push(rounded(row[name] ?? null));
  }

  /** A column of the epochs that were evaluated after `epoch`. */
  after(epoch: number, name: typeof EPOCH_COLUMNS[number]): (number | null)[] {
    const { epochs } = this.curve;
    return epochs[name].filter((_, row) => epochs.epoch[row]! > epoch);
  }
}
