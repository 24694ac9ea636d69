import { markdownTable } from "markdown-table";
import { problemText } from "../run/cell.ts";
import type { Comparison } from "../stats/comparison.ts";
import * as format from "../text.ts";
import type { Times } from "../stats/times.ts";
import type { Row } from "./leaderboard.ts";

const HEADER = [
  "algorithm",
  "outcome",
  "memorised",
  "generalised",
  "after memorising",
  "speedup",
  "attribution",
  "over control",
  "steady",
  "lowest",
];

/** Epochs and gradient calls, `557 / 2,785`; both medians of the same runs. */
function both({ epochs, gradientCalls }: Times): string {
  if (!epochs || !gradientCalls) return format.NOTHING;
  const bound = epochs.relation === ">=" || gradientCalls.relation === ">=" ? "≥ " : "";
  return `${bound}${format.integer(epochs.value)} / ${format.integer(gradientCalls.value)}`;
}

function outcome({ grokked, censored, diverged, missing, seeds }: Row): string {
  const parts = [[grokked, "grokked"], [censored, "censored"], [diverged, "diverged"], [missing, "missing"]] as const;
  return parts.filter(([n]) => n > 0).map(([n, name]) => `${n}/${seeds.length} ${name}`).join(", ");
}

/** `17.5× / 70.2×`: counted from the start, and from the end of memorisation. */
function ratios(fromStart: Comparison | null, fromMemorisation: Comparison | null): string {
  const [start, after] = [fromStart, fromMemorisation].map(format.ratioWithInterval);
  return start === format.NOTHING && after === format.NOTHING ? format.NOTHING : `${start} / ${after}`;
}

function cells(row: Row): string[] {
  return [
    row.algorithm,
    outcome(row),
    both(row.memorise),
    both(row.generalise),
    both(row.generaliseFromMemorisation),
    ratios(row.speedup, row.speedupFromMemorisation),
    ratios(row.attribution, row.attributionFromMemorisation),
    row.control ?? format.NOTHING,
    format.percent(row.shareAbove),
    row.lowestAccuracy === null ? format.NOTHING : row.lowestAccuracy.toFixed(3),
  ];
}

/** One Markdown table a case, readable as it is in a terminal. */
export function markdown(rows: readonly Row[]): string {
  const groups = Map.groupBy(rows, problemText);
  const sections = [...groups].map(([title, group]) => {
    const seeds = [...new Set(group.flatMap((row) => row.seeds))].sort((a, b) => a - b);
    const align = HEADER.map((_, i) => i < 2 || i === 7 ? "l" : "r");
    const table = markdownTable([HEADER, ...group.map(cells)], { align });
    return `## ${title} (seeds ${seeds.join(", ")})\n\n${table}\n`;
  });
  return sections.join("\n") + LEGEND;
}

const LEGEND = `
Times are epochs / gradient calls, medians over seeds (Kaplan–Meier: a run that did not generalise within its budget is
censored, and ≥ marks a median that was not reached). Speedup = T(adamw)/T(algorithm) and attribution =
T(control)/T(algorithm), in gradient calls, from the start / after memorising, paired by seed; ≥ where the baseline is
censored, ≤ where the algorithm is. In brackets: 95 % bootstrap interval of the median, from five seeds on. Steady: share of the epochs after generalising that stay above the threshold; lowest:
the lowest test accuracy among them. Times are evaluated epochs, so differences of one evaluation mean nothing.
`;
