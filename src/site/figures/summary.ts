import type { Comparison } from "../../stats/comparison.ts";
import { representative } from "../../stats/ratio.ts";
import * as text from "../../text.ts";
import { draw, type Figure, logTicks } from "../chart.ts";
import type { Overall } from "../performance_profile.ts";
import type { BoardProblem } from "../site_data.ts";

/** Bars of one comparison: an end that is not known is an arrow to where it may be. */
function barOf(algorithm: string, kind: string, found: Comparison | null) {
  if (!found || (found.low === 0 && found.high === Infinity)) return [];
  const bound = found.high === Infinity ? "at least" : found.low === 0 ? "at most" : "";
  const value = representative(found);
  const { low, high } = found.interval ?? { low: value, high: value };
  const finite = (x: number) => Number.isFinite(x) && x > 0;
  // A run that diverged makes its ratio 0 or infinite, which no logarithmic axis has.
  if (!finite(value)) return [];
  return [{ algorithm, kind, value, bound, low: finite(low) ? low : value, high: finite(high) ? high : value }];
}

const KINDS = ["from the start", "after memorising", "attribution"];

/** Values that are drawn as bars, and those of the paper. */
function speedupsOf({ rows, claims }: BoardProblem) {
  const values = rows.flatMap(({ method, speedup, speedupFromMemorisation, attribution }) =>
    [speedup, speedupFromMemorisation, attribution].flatMap((found, i) => barOf(method, KINDS[i], found))
  );
  const claimed = claims.filter(({ quantity }) => quantity === "speedup in gradient calls")
    .map(({ algorithm, value }) => ({ algorithm, value, kind: KINDS[0] }));
  return { values, claimed };
}

/** Axis of the speedups, from the baseline's 1 on. */
function speedupAxis({ values, claimed }: ReturnType<typeof speedupsOf>) {
  const drawn = values.flatMap(({ low, high, value }) => [low, high, value]);
  const ends = [1, ...drawn, ...claimed.map(({ value }) => value)];
  const axis = { values: logTicks(Math.min(...ends), Math.max(...ends)) };
  const title = "times fewer gradient calls (log)";
  return { field: "value", type: "quantitative", title, scale: { type: "log" }, axis };
}

/** The paper's Fig. 5: speedups over the baseline from the start and from memorisation on, with its own values. */
export function drawSpeedups(problem: BoardProblem): Promise<Figure> | null {
  const { title, rows } = problem;
  const found = speedupsOf(problem);
  const { values, claimed } = found;
  if (values.length === 0) return null;
  const x = speedupAxis(found);
  const y = { field: "algorithm", type: "nominal", title: null, sort: rows.map(({ method }) => method) };
  const yOffset = { field: "kind", type: "nominal", scale: { domain: KINDS } };
  const color = { field: "kind", type: "nominal", title: null, scale: { domain: KINDS } };
  const opacity = { condition: { test: "datum.bound != ''", value: 0.4 }, value: 1 };
  const layer = [
    {
      data: { values },
      mark: { type: "bar" },
      encoding: { y, yOffset, x, x2: { datum: 1 }, color, opacity },
    },
    {
      data: { values: values.filter(({ low, high }) => low < high) },
      mark: { type: "rule", strokeWidth: 1 },
      encoding: { y, yOffset, x: { ...x, field: "low" }, x2: { field: "high" } },
    },
    ...(claimed.length
      ? [{
        data: { values: claimed },
        mark: { type: "tick", thickness: 2, color: "#e03131", height: 14 },
        encoding: { y, x },
      }]
      : []),
  ];
  const said = claimed.length ? "; red ticks: the paper's values" : "";
  const spoken = values.filter(({ kind }) => kind === KINDS[0])
    .map(({ algorithm, value, bound }) => `${algorithm} ${bound} ${value.toPrecision(3)}`).join(", ");
  const label = `Speedups on ${title} in gradient calls over adamw, and attribution over the control${said}: ${spoken}`;
  return draw({ width: 420, height: 26 * rows.length, layer }, label);
}

/** Share of the problems on which an algorithm is within τ of the fastest. */
export function drawProfiles({ profiles, problems, standings }: Overall): Promise<Figure> {
  // Colour and dashes tell of the same thing: one scale and one legend for both, or they are said to conflict.
  const algorithm = {
    field: "algorithm",
    type: "nominal",
    title: null,
    scale: { domain: standings.map(({ algorithm }) => algorithm) },
    legend: { orient: "right", columns: 1 },
  };
  const spec = {
    width: 420,
    height: 220,
    data: { values: profiles },
    mark: { type: "line", interpolate: "step-after", strokeWidth: 1.6 },
    encoding: {
      x: {
        field: "tau",
        type: "quantitative",
        title: "τ: times the fastest (log)",
        scale: { type: "log" },
        axis: { values: [1, 2, 5, 10, 20, 50, 100] },
      },
      y: { field: "share", type: "quantitative", title: "share of problems within τ", scale: { domain: [0, 1] } },
      color: algorithm,
      strokeDash: algorithm,
    },
  };
  const scores = standings.map(({ algorithm, score }) => `${algorithm} ${text.percent(score)}`).join(", ");
  return draw(spec, `Performance profiles over ${problems.join(", ")}; area: ${scores}`);
}
