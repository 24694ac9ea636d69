import { type Column, coreColumns, type TableName } from "../../declare/columns.ts";
import { grownBy, nextThorough } from "../schedule.ts";
import type { Curve, RunRecord, Table } from "./record.ts";
import { sealed } from "./seal.ts";

/** From where on the first step after a kept one is kept again. */
const nextStep = grownBy(1.15);
const DIGITS = 5;

/** Whether a record has been cut down: then its steps have no losses. */
export const isCompact = ({ curve }: RunRecord): boolean => !("loss" in curve.steps);

/** Numbers of the rows whose positions are far enough apart, with the first, the last and all of `always`. */
function rowsOf(
  positions: readonly (number | null)[],
  nextAfter: (position: number) => number,
  always: ReadonlySet<number>,
): number[] {
  const kept: number[] = [];
  let next = 0;
  positions.forEach((position, row) => {
    const due = (position ?? 0) >= next || row === positions.length - 1;
    if (due || always.has(position ?? NaN)) kept.push(row);
    if (due) next = nextAfter(position ?? 0);
  });
  return kept;
}

const rounded = (x: number | null) => x === null ? null : Number(x.toPrecision(DIGITS));

/** Names of the core columns of a table that have a mark: to stay exact, or to be left out. */
const marked = (table: TableName, mark: (column: Column) => boolean): string[] =>
  coreColumns.filter((column) => column.table === table && mark(column)).map(({ name }) => name);

/** Chosen rows and columns; columns that hold nothing are left out. */
function thin(curve: Curve, name: TableName, rows: readonly number[]): Table {
  const table = curve[name];
  const leftOut = marked(name, (column) => column.compact === false);
  const exact = marked(name, (column) => column.exact === true);
  const columns = Object.keys(table).filter((name) => !leftOut.includes(name)).map((name) => {
    const column = rows.map((row) => table[name][row]);
    return [name, exact.includes(name) ? column : column.map(rounded)] as const;
  });
  return Object.fromEntries(columns.filter(([, column]) => column.some((x) => x !== null)));
}

/**
 * A record as the repository keeps it: curves cut down to what figures and checks need, some kilobytes in place of some
 * hundreds. The summary is unchanged and rows at milestones stay; a compact record is its own compact record.
 */
export function compact({ curve, seal: _, ...summary }: RunRecord): RunRecord {
  const milestones = [summary.memorised, summary.generalised, summary.above].flatMap((m) => m ? [m.epoch] : []);
  const epochRows = rowsOf(curve.epochs.epoch, nextThorough, new Set(milestones));
  const stepRows = rowsOf(curve.steps.step ?? [], nextStep, new Set());
  return sealed({
    ...summary,
    curve: {
      epochs: thin(curve, "epochs", epochRows),
      steps: thin(curve, "steps", stepRows),
    },
  });
}
