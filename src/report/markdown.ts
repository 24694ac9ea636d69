import { markdownTable } from "markdown-table";
import { problemText } from "../table/cell.ts";
import type { Comparison } from "../stats/comparison.ts";
import * as format from "../text.ts";
import type { Times } from "../stats/times.ts";
import type { Exporter } from "./exporter.ts";
import type { Row } from "./leaderboard.ts";

const HEADER = [
  "algorithm",
  "outcome",
  "memorised",
  "generalised",
  "sustained",
  "after memorising",
  "speedup",
  "speedup sustained",
  "over tuned",
  "attribution",
  "over control",
  "steady",
  "lowest",
];

/** ` (n = 6)` where a figure rests on fewer runs than the row has. */
function rests(runs: number, all: number): string {
  const said = format.restsOn(runs, all);
  return said && ` (${said})`;
}

/** Epochs and gradient calls, `557 / 2,785`; both medians of the same runs. */
function both({ runs, epochs, gradientCalls }: Omit<Times, "seconds">, all: number): string {
  if (!epochs || !gradientCalls) return format.NOTHING;
  const bound = epochs.relation === ">=" || gradientCalls.relation === ">=" ? "≥ " : "";
  return `${bound}${format.integer(epochs.value)} / ${format.integer(gradientCalls.value)}${rests(runs, all)}`;
}

function outcome({ grokked, censored, diverged, missing, seeds }: Row): string {
  const parts = [[grokked, "grokked"], [censored, "censored"], [diverged, "diverged"], [missing, "missing"]] as const;
  return parts.filter(([n]) => n > 0).map(([n, name]) => `${n}/${seeds.length} ${name}`).join(", ");
}

function ratio(found: Comparison | null, all: number): string {
  const shown = format.ratioWithInterval(found);
  return shown === format.NOTHING ? shown : shown + rests(found!.pairs, all);
}

/** `17.5× / 70.2×`: counted from the start, and from the end of memorisation; said once where there is nothing between. */
function ratios(fromStart: Comparison | null, fromMemorisation: Comparison | null, all: number): string {
  if (fromStart?.withinOneEvaluation) return ratio(fromStart, all);
  const [start, after] = [fromStart, fromMemorisation].map((found) => ratio(found, all));
  return start === format.NOTHING && after === format.NOTHING ? format.NOTHING : `${start} / ${after}`;
}

function cells(row: Row, timed: number): string[] {
  const all = row.seeds.length - row.missing;
  return [
    row.method,
    outcome(row),
    both(row.memorise, timed),
    both(row.generalise, timed),
    both(row.sustain, timed),
    both(row.generaliseFromMemorisation, timed),
    ratios(row.speedup, row.speedupFromMemorisation, all),
    ratio(row.speedupSustained, all),
    ratio(row.speedupOverTuned, all),
    ratios(row.attribution, row.attributionFromMemorisation, all),
    row.control ?? format.NOTHING,
    format.percent(row.shareAbove),
    row.lowestAccuracy === null ? format.NOTHING : row.lowestAccuracy.toFixed(3),
  ];
}

/** Which seeds there are, and which of them the times of the rows are of where that is not all. */
function seedsText(group: readonly Row[]): string {
  const all = [...new Set(group.flatMap((row) => row.seeds))].sort((a, b) => a - b);
  const timedOn = mostTimedOn(group);
  const seeds = `seeds ${format.seeds(all)}`;
  return timedOn.length === all.length ? seeds : `${seeds}; times of ${format.seeds(timedOn)}`;
}

/** The seeds that most rows are timed on; the others say how many they have. */
function mostTimedOn(group: readonly Row[]): readonly number[] {
  const ways = [...Map.groupBy(group, ({ timedOn }) => timedOn.join()).values()];
  return ways.reduce((a, b) => b.length > a.length ? b : a)[0].timedOn;
}

/** One Markdown table a case, readable as it is in a terminal. */
export function markdown(rows: readonly Row[]): string {
  const groups = Map.groupBy(rows, ({ cell }) => cell.problem);
  const sections = [...groups.values()].map((group) => {
    const title = problemText(group[0].cell);
    const align = HEADER.map((_, i) => i < 2 || HEADER[i] === "over control" ? "l" : "r");
    const timed = mostTimedOn(group).length;
    const table = markdownTable([HEADER, ...group.map((row) => cells(row, timed))], { align });
    return `## ${title} (${seedsText(group)})\n\n${table}\n`;
  });
  return sections.join("\n") + LEGEND;
}

const LEGEND = `
Times are epochs / gradient calls, medians over seeds (Kaplan–Meier: a run that did not generalise within its budget is
censored, and ≥ marks a median that was not reached). Speedup = T(adamw)/T(algorithm) and attribution =
T(control)/T(algorithm), in gradient calls, from the start / after memorising, paired by seed; over tuned =
T(adamw-tuned)/T(algorithm) from the start; ≥ where the one above is censored, ≤ where the algorithm is; n where fewer
seeds have both, none from one seed alone; "within one evaluation" where the two lie, by the median of their
differences, no further apart than the evaluations at which they were seen. In brackets: interval of the median from order statistics, at least
95 % (of five seeds: their range, 94 %). Generalised: the first crossing of the threshold. Sustained: the first epoch
from which the test accuracy stays above it for extraEpochs; a run that dips and ends before is a lower bound and no
more, not Kaplan–Meier (--set crossing=sustained lets it go on). Steady: share of the epochs after the first crossing
that stay above the threshold; lowest: the lowest test accuracy among them.
`;

export const markdownExporter: Exporter<readonly Row[]> = {
  flag: "export-markdown",
  help: "write the leaderboard as it is printed",
  render: markdown,
};
