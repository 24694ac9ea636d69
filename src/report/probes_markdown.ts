import { markdownTable } from "markdown-table";
import { median } from "simple-statistics";
import { methodText, problemText } from "../table/cell.ts";
import type { CellRuns } from "../table/table.ts";
import type { RunRecord } from "../run/record/record.ts";
import { NOTHING, percent } from "../text.ts";

const HEADER = [
  "case",
  "algorithm",
  "runs",
  "‖x‖ at the start",
  "‖x‖ memorised",
  "‖x‖ generalised",
  "d at the end",
  "σ·ln(A/α_p)",
  "d settled",
  "steady",
  "lowest",
];

/** Value of a column of the evaluated epochs at an epoch, or null. */
function at({ curve: { epochs } }: RunRecord, column: string, epoch: number | undefined): number | null {
  const row = epoch === undefined ? -1 : epochs.epoch.indexOf(epoch);
  return row < 0 ? null : epochs[column][row];
}

/** Share of the last distances, of as many rows, that lie within this of their last one. */
const SETTLED = 0.02;
const LAST_ROWS = 5;

function distances({ curve: { steps } }: RunRecord): number[] {
  return (steps.distance ?? []).filter((d) => d !== null).slice(-LAST_ROWS);
}

const settles = (tail: readonly number[]) => {
  const last = tail.at(-1)!;
  return tail.length === LAST_ROWS && tail.every((d) => Math.abs(d / last - 1) <= SETTLED);
};

const middle = (values: readonly (number | null)[], digits = 3): string => {
  const known = values.filter((x) => x !== null);
  return known.length ? median(known).toPrecision(digits) : NOTHING;
};

function row({ cell, records }: CellRuns): string[] {
  const [A, alphaP, sigma] = ["A", "alphaP", "sigma"].map((name) => Number(cell.hyper[name] ?? 0));
  const tails = records.map(distances).filter((tail) => tail.length > 0);
  const hunted = tails.length > 0;
  const steady = records.map(({ steadiness }) => steadiness).filter((s) => s !== null);
  return [
    problemText(cell),
    methodText(cell),
    `${records.length}`,
    middle(records.map((r) => at(r, "weightNorm", 0))),
    middle(records.map((r) => at(r, "weightNorm", r.memorised?.epoch))),
    middle(records.map((r) => at(r, "weightNorm", r.generalised?.epoch))),
    middle(tails.map((tail) => tail.at(-1)!)),
    hunted && A > alphaP && alphaP > 0 ? (sigma * Math.log(A / alphaP)).toPrecision(3) : NOTHING,
    hunted ? `${tails.filter(settles).length}/${tails.length}` : NOTHING,
    percent(steady.length ? median(steady.map(({ shareAbove }) => shareAbove)) : null),
    steady.length ? Math.min(...steady.map(({ lowestAccuracy }) => lowestAccuracy)).toFixed(3) : NOTHING,
  ];
}

/**
 * What runs show beside their times: norms of the prey at the start, when it memorised and generalised, the distance of the agents at
 * the end beside the fixed point σ·ln(A/α_p) of the interaction, and whether the accuracy stayed. Medians over seeds.
 */
export function probesMarkdown(groups: readonly CellRuns[]): string {
  return `## Norms, distances, steadiness\n\n${markdownTable([HEADER, ...groups.map(row)])}\n\n` +
    `Medians over seeds; settled: the last ${LAST_ROWS} recorded distances differ by at most ${
      100 * SETTLED
    } %; steady: share of the\n` +
    "epochs after generalising above the threshold (median), and the lowest test accuracy of any run among them.\n";
}
