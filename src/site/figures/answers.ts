import { BASELINE } from "../../declare/baseline.ts";
import type { Answer } from "../../report/answer.ts";
import type { Comparison } from "../../stats/comparison.ts";
import { representative } from "../../stats/ratio.ts";
import * as text from "../../text.ts";
import { draw, type Figure, logTicks } from "../chart.ts";

/** What is drawn of one problem. */
export interface Answered {
  readonly title: string;
  readonly answers: readonly Answer[];
}

/** A drawing for wide windows and one for phones, of the same figures. */
export interface WideAndNarrow {
  readonly wide: Figure;
  readonly narrow: Figure;
  /** Whether there is a claim among what is drawn. */
  readonly claimed: boolean;
}

/** In pixels: the width of the plot, and where columns of figures begin beside it. */
interface Size {
  readonly plot: number;
  readonly axis: string;
  readonly columns: readonly { readonly field: keyof Drawn; readonly heading: string; readonly at: number }[];
}

const WIDE: Size = {
  plot: 650,
  axis: `times as fast as ${BASELINE} in gradient calls (log)`,
  columns: [
    { field: "shown", heading: `over ${BASELINE}`, at: 662 },
    { field: "worth", heading: "over its control", at: 868 },
  ],
};
const NARROW: Size = { plot: 222, axis: "times as fast (log)", columns: [] };
const ROW = 24;
/** No text is smaller than this. */
const TEXT = { labelFontSize: 12, titleFontSize: 12 };
const CLAIM = "#e03131";
const METHOD = "#3b82c4";

const isDrawn = (x: number) => Number.isFinite(x) && x > 0;

/** A ratio as a point with what is known about it; nothing where no logarithmic axis could show it. */
function pointOf(found: Comparison | null) {
  if (!found) return [];
  const value = representative(found);
  if (!isDrawn(value)) return [];
  const bound = found.high === Infinity ? "at least" : found.low === 0 ? "at most" : "median";
  const { low, high } = found.interval ?? { low: value, high: value };
  return [{ value, bound, low: isDrawn(low) ? low : value, high: isDrawn(high) ? high : value }];
}

/** A ratio with its interval, which says nothing more where no evaluation tells the two apart. */
const ratioText = (found: Comparison | null) =>
  found?.withinOneEvaluation ? text.resolvedRatio(found) : text.ratioWithInterval(found);

/** One row a method: itself, its control and the claim. */
function rowsOf(answers: readonly Answer[]) {
  return answers.flatMap(({ row, control, claimed }) => {
    const [own] = pointOf(row.speedup);
    if (!own) return [];
    const [base = null] = pointOf(control?.speedup ?? null);
    return [{
      method: row.method,
      ...own,
      control: base?.value ?? null,
      controlBound: base?.bound ?? null,
      claimed,
      shown: ratioText(row.speedup),
      worth: control ? ratioText(row.attribution) : "",
    }];
  });
}

type Drawn = ReturnType<typeof rowsOf>[number];

const SHAPES = { domain: ["median", "at least", "at most"], range: ["circle", "triangle-right", "triangle-left"] };

/** Marks of one problem, over an axis that all have in common. */
function layersOf(
  rows: readonly Drawn[],
  domain: readonly [number, number],
  { isFirst, isLast }: { readonly isFirst: boolean; readonly isLast: boolean },
  { axis: title, columns }: Size,
) {
  const axis = isLast
    ? {
      values: logTicks(...domain),
      title,
      format: "~g",
      ...TEXT,
    }
    : { values: logTicks(...domain), labels: false, title: null };
  const x = { field: "value", type: "quantitative", scale: { type: "log", domain, nice: false }, axis };
  const y = { field: "method", type: "nominal", title: null, sort: null, axis: { labelLimit: 300, labelFontSize: 12 } };
  const shape = (field: string) => ({ field, type: "nominal", scale: SHAPES, legend: null });
  const controlled = rows.filter(({ control }) => control !== null);
  const column = (field: string, at: number) => ({
    mark: { type: "text", align: "left", fontSize: 12, clip: false },
    encoding: { y, x: { value: at }, text: { field } },
  });
  const headingOf = (heading: string, at: number) => ({
    data: { values: [{ heading }] },
    mark: { type: "text", align: "left", fontSize: 12, fontWeight: 600, clip: false },
    encoding: { y: { value: -12 }, x: { value: at }, text: { field: "heading" } },
  });
  return [
    {
      data: { values: [{ one: 1 }] },
      mark: { type: "rule", strokeDash: [2, 3] },
      encoding: { x: { ...x, field: "one" } },
    },
    {
      mark: { type: "rule", strokeWidth: 8, opacity: 0.25, color: METHOD },
      encoding: { y, x: { ...x, field: "low" }, x2: { field: "high" } },
    },
    {
      data: { values: controlled },
      mark: { type: "rule", strokeWidth: 1.5 },
      encoding: { y, x: { ...x, field: "control" }, x2: { field: "value" } },
    },
    {
      data: { values: controlled },
      mark: { type: "point", size: 70, filled: false, strokeWidth: 1.5, color: "currentColor", opacity: 1 },
      encoding: { y, x: { ...x, field: "control" }, shape: shape("controlBound") },
    },
    {
      mark: { type: "point", size: 80, filled: true, color: METHOD, opacity: 1 },
      encoding: { y, x, shape: shape("bound") },
    },
    {
      data: { values: rows.filter(({ claimed }) => claimed !== null) },
      mark: { type: "tick", thickness: 3, height: 16, color: CLAIM, opacity: 1 },
      encoding: { y, x: { ...x, field: "claimed" } },
    },
    ...columns.flatMap(({ field, heading, at }) =>
      isFirst ? [column(field, at), headingOf(heading, at)] : [column(field, at)]
    ),
  ];
}

/**
 * Speedups over the baseline as points with 95 % intervals, each joined to its control: what is between them is the trick's.
 *
 * @returns null where there is nothing to draw
 */
export async function drawAnswers(answered: readonly Answered[]): Promise<WideAndNarrow | null> {
  const problems = answered.map(({ title, answers }) => ({ title, rows: rowsOf(answers) })).filter(({ rows }) =>
    rows.length
  );
  if (problems.length === 0) return null;
  const all = problems.flatMap(({ rows }) => rows);
  const ends = [
    1,
    ...all.flatMap(({ low, high, value, control, claimed }) => [low, high, value, control ?? value, claimed ?? value]),
  ];
  const domain = [Math.min(...ends) / 1.08, Math.max(...ends) * 1.08] as const;
  const label =
    `How many times as fast as ${BASELINE} in gradient calls, on ${problems.map(({ title }) => title).join(", ")}: ` +
    "each method beside its control; the tables have the figures";
  const drawn = (size: Size) =>
    draw({
      spacing: 6,
      vconcat: problems.map(({ title, rows }, i) => ({
        title: { text: title, fontSize: 13, offset: 4, frame: "group" },
        width: size.plot,
        height: ROW * rows.length,
        data: { values: rows },
        layer: layersOf(rows, domain, { isFirst: i === 0, isLast: i === problems.length - 1 }, size),
      })),
      resolve: { scale: { x: "shared" } },
    }, label);
  return { wide: await drawn(WIDE), narrow: await drawn(NARROW), claimed: all.some(({ claimed }) => claimed !== null) };
}
