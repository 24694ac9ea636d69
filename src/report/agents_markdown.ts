import { markdownTable } from "markdown-table";
import { max, median, min } from "simple-statistics";
import type { RunRecord } from "../run/record/record.ts";
import { nextEvaluation } from "../run/schedule.ts";
import { methodText, problemText } from "../table/cell.ts";
import type { CellRuns } from "../table/table.ts";
import { NOTHING, restsOn } from "../text.ts";

/** Evaluations of the last phase that are left to the first steps of a hunt, which may disturb. */
const FIRST = 10;

/** Numbers of the rows that are of the last phase of a run and meet a condition; none where there was no phase before it. */
function rowsOf(
  record: RunRecord,
  table: "epochs" | "steps",
  wanted: (row: number) => boolean = () => true,
): readonly number[] {
  const { phase } = record.curve[table];
  const last = phase?.at(-1);
  if (!last) return [];
  return [...phase.keys()].filter((row) => phase[row] === last && wanted(row));
}

/** Values of a column at these rows, as far as there are any. */
const valuesAt = (record: RunRecord, table: "epochs" | "steps", column: string, rows: readonly number[]): number[] =>
  rows.flatMap((row) => record.curve[table][column]?.[row] ?? []);

const least = (values: readonly number[]): number | null => values.length ? min([...values]) : null;

/** The epoch of the tenth evaluation of the last phase, whichever of them a record keeps; null without such a phase. */
function tenth(record: RunRecord): number | null {
  const [first] = rowsOf(record, "epochs");
  if (first === undefined) return null;
  let epoch = record.curve.epochs.epoch[first]!;
  for (let i = 1; i < FIRST; i++) epoch = nextEvaluation(epoch, record.config.evalEvery);
  return epoch;
}

/** Rows of the last phase from its tenth evaluation to the crossing, or to the end where there is none. */
function before(record: RunRecord): readonly number[] {
  const [from, { epoch }, to] = [tenth(record), record.curve.epochs, record.generalised?.epoch ?? Infinity];
  return rowsOf(record, "epochs", (row) => from !== null && epoch[row]! >= from && epoch[row]! <= to);
}

/** Rows from the crossing on. */
function since(record: RunRecord): readonly number[] {
  const [from, { epoch }] = [record.generalised?.epoch ?? Infinity, record.curve.epochs];
  return rowsOf(record, "epochs", (row) => epoch[row]! >= from);
}

const leastOf = (column: string, among: (record: RunRecord) => readonly number[]) => (record: RunRecord) =>
  least(valuesAt(record, "epochs", column, among(record)));

/** P(d) over the norm of the optimiser's step, step by step of the hunt as far as they are kept. */
function pushesOverStep(record: RunRecord): number[] {
  const { potential, stepNorm } = record.curve.steps;
  return rowsOf(record, "steps").flatMap((row) => {
    const [push, step] = [potential?.[row] ?? null, stepNorm?.[row] ?? null];
    return push !== null && step ? [push / step] : [];
  });
}

/** P(d) at the last recorded step over α_p. */
function potentialAtEnd(record: RunRecord): number | null {
  const [last] = valuesAt(record, "steps", "potential", rowsOf(record, "steps").slice(-1));
  const alphaP = Number(record.hyper.alphaP ?? 0);
  return last === undefined || alphaP === 0 ? null : last / alphaP;
}

const middleOf = (values: readonly number[]) => values.length ? median([...values]) : null;
const greatest = (values: readonly number[]) => values.length ? max([...values]) : null;
const share = (x: number) => x.toFixed(3);
const factor = (x: number) => x.toPrecision(3);

/** What a run shows of its agents, by column. */
const COLUMNS: readonly (readonly [string, (record: RunRecord) => number | null, (x: number) => string])[] = [
  ["prey: before", leastOf("trainAccuracy", before), share],
  ["since", leastOf("trainAccuracy", since), share],
  ["predator: before", leastOf("predatorTrainAccuracy", before), share],
  ["when generalised", (r) => valuesAt(r, "epochs", "predatorTrainAccuracy", since(r).slice(0, 1))[0] ?? null, share],
  ["since", leastOf("predatorTrainAccuracy", since), share],
  ["P(d)/α_p at the end", potentialAtEnd, factor],
  ["P(d)/step", (r) => middleOf(pushesOverStep(r)), factor],
  ["at most", (r) => greatest(pushesOverStep(r)), factor],
];

/** Median and range over seeds, and how many there are where it is not all. */
function spread(values: readonly (number | null)[], text: (x: number) => string): string {
  const known = values.filter((value) => value !== null).sort((a, b) => a - b);
  if (known.length === 0) return NOTHING;
  const [low, middle, high] = [known[0], median(known), known.at(-1)!].map(text);
  const range = low === high ? middle : `${middle} (${low} to ${high})`;
  return [range, restsOn(known.length, values.length)].filter(Boolean).join(", ");
}

/**
 * What the agents do after memorising: the least train accuracy of prey and predator before the prey generalises and since,
 * that of the predator at that moment, and the push.
 */
export function agentsMarkdown(groups: readonly CellRuns[]): string {
  const phased = groups.filter(({ records }) => records.some((record) => rowsOf(record, "epochs").length > 0));
  if (phased.length === 0) return "";
  const rows = phased.map(({ cell, records }) => [
    problemText(cell),
    methodText(cell),
    `${records.length}`,
    ...COLUMNS.map(([, valueOf, text]) => spread(records.map(valueOf), text)),
  ]);
  return `## Agents after memorising\n\n` +
    `${markdownTable([["case", "algorithm", "runs", ...COLUMNS.map(([name]) => name)], ...rows])}\n\n` +
    `Medians over seeds, and from the least to the most. The least train accuracy of prey and predator, from the tenth\n` +
    "evaluation of the last phase to the crossing of the test accuracy, and since; the predator's at that crossing;\n" +
    "P(d)/step: the push over the norm of the optimiser's step, median over the hunt, and the most. Of compact records it\n" +
    "is seen in a row at each 5 % of growth of the epoch, 15 % of the step.\n";
}
