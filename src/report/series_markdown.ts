import { markdownTable } from "markdown-table";
import * as text from "../text.ts";
import { commitsText, nightOf, type Series, type SeriesStep, seriesText } from "./series.ts";
import { spark } from "./spark.ts";

const WIDTH = 24;

/** `2026-11-20: 1.37× (1a2b3c4d5 → 5e6f7a8b9)`. */
const stepText = (step: SeriesStep): string =>
  `${nightOf(step.after)}: ${text.ratio({ low: step.factor, high: step.factor })} (${commitsText(step)})`;

/** One line a cell: its times over the judgements on a logarithmic scale, and where their level changes. */
export const seriesMarkdown = (all: readonly Series[]): string =>
  markdownTable([
    ["cell", "judgements", "first", "last", "time", "changes of level"],
    ...all.map((series) => [
      seriesText(series),
      `${series.points.length}`,
      text.estimate(series.points[0].calls),
      text.estimate(series.points.at(-1)!.calls),
      spark(series.points.map(({ calls }) => calls.relation === "=" ? Math.log(calls.value) : null), WIDTH).trimEnd(),
      series.steps.map(stepText).join("; ") || text.NOTHING,
    ]),
  ], { align: ["l", "r", "r", "r", "l", "l"] });
