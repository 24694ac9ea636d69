import { columnsOf, type Probe } from "../catalogue/probe.ts";
import { EPOCH_COLUMNS, STEP_COLUMNS, type TableName } from "../declare/columns.ts";
import type { Curve, Table } from "./record/record.ts";

/** Nine significant digits: enough to name every float32, and to keep files short. */
const rounded = (x: number | null): number | null =>
  x === null || !Number.isFinite(x) ? null : Number(x.toPrecision(9));

export type EpochRow = Partial<Record<typeof EPOCH_COLUMNS[number], number>>;
export type StepRow = Partial<Record<typeof STEP_COLUMNS[number], number>>;

const namesIn = (table: TableName, probes: readonly Probe[]): string[] =>
  columnsOf(probes).filter((column) => column.table === table).map(({ name }) => name);

/** Whether a curve has the columns of runs with these probes, and no others. */
export const isMeasuredBy = (curve: Curve, probes: readonly Probe[]): boolean =>
  (["epochs", "steps"] as const).every((table) => {
    const [found, wanted] = [Object.keys(curve[table]), namesIn(table, probes)];
    return found.length === wanted.length && wanted.every((name) => found.includes(name));
  });

const empty = (columns: readonly string[]): Table => Object.fromEntries(columns.map((name) => [name, []]));

/** Adds a row to every column of a table; null where there is no finite number. */
function add(table: Table, row: Readonly<Record<string, number>>): void {
  for (const [name, column] of Object.entries(table)) column.push(rounded(row[name] ?? null));
}

/**
 * What a digest is of: every core column, in its order, whether the run has it or not. So it does not depend on what else
 * is measured.
 */
export const digestOf = ({ epochs, steps }: Curve): string => {
  const only = (table: Table, columns: readonly string[]) =>
    Object.fromEntries(columns.map((name) => [name, table[name] ?? []]));
  return JSON.stringify({ epochs: only(epochs, EPOCH_COLUMNS), steps: only(steps, STEP_COLUMNS) });
};

/** The last entry of a column that is a number; null when there is none. */
export const lastOf = (column: Table[string] | undefined): number | null => column?.findLast((x) => x !== null) ?? null;

/** Collects the rows of a run. */
export class Trajectory {
  readonly curve: Curve;

  /** @param curve what there is already, measured by the same probes */
  constructor(probes: readonly Probe[], curve?: Curve) {
    this.curve = curve ?? { epochs: empty(namesIn("epochs", probes)), steps: empty(namesIn("steps", probes)) };
  }

  /** @param probed what probes gave, by column */
  addEpoch(row: EpochRow, probed: Readonly<Record<string, number>> = {}): void {
    add(this.curve.epochs, { ...row, ...probed });
  }

  addStep(row: StepRow, probed: Readonly<Record<string, number>> = {}): void {
    add(this.curve.steps, { ...row, ...probed });
  }

  /** A column of the epochs that were evaluated after `epoch`. */
  after(epoch: number, name: typeof EPOCH_COLUMNS[number]): (number | null)[] {
    const { epochs } = this.curve;
    return epochs[name].filter((_, row) => epochs.epoch[row]! > epoch);
  }
}
