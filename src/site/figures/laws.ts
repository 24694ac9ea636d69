import { BASELINE } from "../../declare/baseline.ts";
import type { LawClaim } from "../../declare/claim.ts";
import { lawById, pointsOf, sweepsOf } from "../../gate/law_points.ts";
import { initialNormOf } from "../../run/record/outline.ts";
import { lawBand, type Point } from "../../laws/mod.ts";
import { medianInterval } from "../../stats/median_interval.ts";
import { boundsOf } from "../../stats/times.ts";
import { draw, type Figure, logTicks } from "../chart.ts";
import type { BoardProblem } from "../site_data.ts";

const CURVE_POINTS = 32;
const LEVEL = 0.95;
/** No text is smaller than this. */
const TEXT = { labelFontSize: 13, titleFontSize: 13 };
const VARIABLE = {
  beta: "β, share of the data that is trained on",
  "initial norm": "‖θ₀‖, norm of the initial vector",
};

/** The runs of one sweep as points of the law. */
function sweepOf(claim: LawClaim, sweep: string, problems: readonly BoardProblem[]): Point[] {
  const rows = sweepsOf(claim, problems.flatMap((problem) => problem.rows)).get(sweep) ?? [];
  return rows.flatMap(({ cell, runs }) =>
    pointsOf(claim, cell, runs.map((run) => ({ ...run, initialNorm: initialNormOf(run) })))
  );
}

/** Where curves are drawn: from the least x of the sweep to the largest. */
function gridOf(points: readonly Point[]): number[] {
  const xs = points.map(({ x }) => x);
  const [from, to] = [Math.min(...xs), Math.max(...xs)];
  return Array.from({ length: CURVE_POINTS + 1 }, (_, i) => from + (to - from) * i / CURVE_POINTS);
}

function curveOf(law: string, points: readonly Point[]) {
  const fit = lawById(law).fit(points);
  if (!fit) return [];
  return gridOf(points).map((x) => ({ x, time: fit.predict(x), law })).filter(({ time }) => time > 0);
}

/** 95 % band of the claimed law, where the sample gives one that a logarithmic axis can show. */
const bandOf = (law: string, points: readonly Point[]) =>
  (lawBand(lawById(law), points, gridOf(points), LEVEL) ?? []).filter(({ low, high }) =>
    low > 0 && Number.isFinite(high)
  );

/** Kaplan–Meier medians of each setting with their 95 % intervals. */
function mediansOf(points: readonly Point[]) {
  return [...Map.groupBy(points, ({ stratum }) => stratum).values()].flatMap((own) => {
    const found = medianInterval(own.map(boundsOf));
    const x = own.reduce((sum, point) => sum + point.x, 0) / own.length;
    return found && Number.isFinite(found.high) && found.low > 0 ? [{ x, ...found }] : [];
  });
}

/** The paper's Fig. 7 from our runs: every run, medians with intervals, the claimed law and its rivals. */
export function drawLaw(claim: LawClaim, algorithm: string, problems: readonly BoardProblem[]): Promise<Figure> {
  const points = sweepOf(claim, algorithm, problems).filter(({ time }) => Number.isFinite(time));
  const runs = points.map(({ x, time, censored }) => ({ x, time, outcome: censored ? "censored" : "generalised" }));
  const rivals = ["exponential", "power", "linear"];
  const curves = rivals.flatMap((law) => curveOf(law, points));
  const times = points.map(({ time }) => time);
  const axis = { values: logTicks(Math.min(...times), Math.max(...times)), ...TEXT };
  const x = { field: "x", type: "quantitative", title: VARIABLE[claim.variable], scale: { zero: false }, axis: TEXT };
  // Rounded to powers of ten the axis would be half empty.
  const scale = { type: "log", nice: false, padding: 8 };
  const y = { field: "time", type: "quantitative", title: "epochs to generalise (log)", scale, axis };
  const layer = [
    {
      data: { values: bandOf(claim.law, points) },
      mark: { type: "area", opacity: 0.2, color: "#4c78a8" },
      encoding: { x, y: { ...y, field: "low" }, y2: { field: "high" } },
    },
    {
      data: { values: curves },
      mark: { type: "line", strokeWidth: 1.6 },
      encoding: { x, y, color: { field: "law", type: "nominal", title: null, scale: { domain: rivals } } },
    },
    {
      data: { values: mediansOf(points) },
      mark: { type: "rule", strokeWidth: 1.5 },
      encoding: { x, y: { ...y, field: "low" }, y2: { field: "high" } },
    },
    {
      data: { values: runs },
      mark: { type: "point", size: 30, opacity: 0.8, color: "#868e96" },
      encoding: {
        x,
        y,
        shape: {
          field: "outcome",
          type: "nominal",
          title: null,
          scale: { domain: ["generalised", "censored"], range: ["circle", "triangle-up"] },
        },
      },
    },
  ];
  const censored = points.filter((point) => point.censored).length;
  const label =
    `${algorithm} on ${claim.case}: ${points.length} runs, ${censored} censored (triangles: at least so long); ` +
    `lines: fitted laws${
      algorithm === BASELINE ? `, the paper claims ${claim.formula}` : ""
    }; band: 95 % of the ${claim.law} one; bars: 95 % intervals of the medians`;
  return draw({ width: 460, height: 280, title: algorithm, layer }, label);
}
