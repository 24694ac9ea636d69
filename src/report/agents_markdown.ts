import { markdownTable } from "markdown-table";
import { median, min } from "simple-statistics";
import type { RunRecord } from "../run/record/record.ts";
import { methodText, problemText } from "../table/cell.ts";
import type { CellRuns } from "../table/table.ts";
import { NOTHING } from "../text.ts";

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

const lowest = (values: readonly number[]): number | null => values.length ? min([...values]) : null;

/** Rows of the last phase without its first ten. */
const settled = (record: RunRecord) => rowsOf(record, "epochs").slice(FIRST);

/** Rows from the one at which the prey generalised on. */
function generalised(record: RunRecord): readonly number[] {
  const { generalised: crossing, curve: { epochs } } = record;
  return crossing ? rowsOf(record, "epochs", (row) => epochs.epoch[row]! >= crossing.epoch) : [];
}

/** P(d) over the norm of the optimiser's step, in the middle of the recorded steps of the hunt. */
function pushOverStep(record: RunRecord): number | null {
  const { potential, stepNorm } = record.curve.steps;
  const ratios = rowsOf(record, "steps").flatMap((row) => {
    const [push, step] = [potential?.[row] ?? null, stepNorm?.[row] ?? null];
    return push !== null && step ? [push / step] : [];
  });
  return ratios.length ? median(ratios) : null;
}

/** P(d) at the last recorded step over α_p. */
function potentialAtEnd(record: RunRecord): number | null {
  const [last] = valuesAt(record, "steps", "potential", rowsOf(record, "steps").slice(-1));
  const alphaP = Number(record.hyper.alphaP ?? 0);
  return last === undefined || alphaP === 0 ? null : last / alphaP;
}

const share = (x: number) => x.toFixed(3);
const factor = (x: number) => x.toPrecision(3);

/** What a run shows of its agents, by column. */
const COLUMNS: readonly (readonly [string, (record: RunRecord) => number | null, (x: number) => string])[] = [
  ["prey: lowest train", (r) => lowest(valuesAt(r, "epochs", "trainAccuracy", settled(r))), share],
  ["predator: lowest train", (r) => lowest(valuesAt(r, "epochs", "predatorTrainAccuracy", rowsOf(r, "epochs"))), share],
  [
    "when generalised",
    (r) => valuesAt(r, "epochs", "predatorTrainAccuracy", generalised(r).slice(0, 1))[0] ?? null,
    share,
  ],
  ["lowest test since", (r) => lowest(valuesAt(r, "epochs", "predatorTestAccuracy", generalised(r))), share],
  ["P(d)/α_p at the end", potentialAtEnd, factor],
  ["P(d)/step", pushOverStep, factor],
];

/** Median and range over seeds. */
function spread(values: readonly (number | null)[], text: (x: number) => string): string {
  const known = values.filter((value) => value !== null).sort((a, b) => a - b);
  if (known.length === 0) return NOTHING;
  const [low, middle, high] = [known[0], median(known), known.at(-1)!].map(text);
  return low === high ? middle : `${middle} (${low} to ${high})`;
}

/**
 * What the agents do after memorising: the least train accuracy of the prey once the first evaluations are over, that of the
 * predator and what it is when the prey generalises, its least test accuracy from then on, and the push.
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
    `Medians over seeds, and from the least to the most. Prey: lowest train accuracy of the last phase but for its first\n` +
    `${FIRST} rows; predator: lowest train accuracy of the hunt, what it is when the prey generalises, and its lowest test\n` +
    "accuracy from there on; P(d)/step: the push over the norm of the optimiser's step, median over the hunt. Compact\n" +
    "records keep a row at each 5 % of growth.\n";
}
