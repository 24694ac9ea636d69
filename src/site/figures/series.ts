import { type Series, seriesText } from "../../report/series.ts";
import { draw, type Figure, logTicks } from "../chart.ts";

const COLUMNS = 3;
/** Panels of a page that a reader looks at. */
const MOST = 12;
const LEAST_POINTS = 2;

/** How far the level of a series has moved in all. */
const movement = ({ steps }: Series) => steps.reduce((sum, { factor }) => sum + Math.abs(Math.log(factor)), 0);

/** Series of two judgements and more, those that have moved most first. */
export const worthDrawing = (all: readonly Series[]): Series[] =>
  all.filter(({ points }) => points.length >= LEAST_POINTS).toSorted((a, b) => movement(b) - movement(a)).slice(
    0,
    MOST,
  );

/** The level that each judgement lies at: the median of its stretch. */
function levelsOf({ points, steps }: Series) {
  const starts = new Set(steps.map(({ after }) => after.judgedAt));
  let stretch = 0;
  return points.map(({ judgedAt }) => starts.has(judgedAt) ? ++stretch : stretch);
}

/** Times of cells over judgements, a panel each; a line joins what keeps one level, bounds are open marks. */
export function drawSeries(all: readonly Series[]): Promise<Figure> {
  const values = all.flatMap((series) => {
    const levels = levelsOf(series);
    return series.points.map(({ judgedAt, calls }, i) => ({
      cell: seriesText(series),
      judged: judgedAt.slice(0, 16).replace("T", " "),
      calls: calls.value,
      seen: calls.relation === "=" ? "median" : "not reached",
      level: `${levels[i]}`,
    }));
  });
  const times = values.map(({ calls }) => calls);
  const x = { field: "judged", type: "ordinal", title: null, axis: { labels: false } } as const;
  const y = {
    field: "calls",
    type: "quantitative",
    title: "gradient calls",
    scale: { type: "log", domain: [Math.min(...times) * 0.8, Math.max(...times) * 1.25] },
    axis: { values: logTicks(Math.min(...times), Math.max(...times)) },
  } as const;
  const spec = {
    data: { values },
    facet: { field: "cell", type: "nominal", title: null },
    columns: COLUMNS,
    spec: {
      width: 300,
      height: 140,
      layer: [
        {
          transform: [{ filter: "datum.seen === 'median'" }],
          mark: { type: "line", strokeWidth: 2 },
          encoding: { x, y, detail: { field: "level" } },
        },
        {
          mark: { type: "point", filled: true, size: 30 },
          encoding: { x, y, fillOpacity: { condition: { test: "datum.seen === 'median'", value: 1 }, value: 0 } },
        },
      ],
    },
  };
  const moved = all.filter(({ steps }) => steps.length > 0).length;
  return draw(
    spec,
    `Gradient calls to generalise of ${all.length} cells over judgements; the level of ${moved} changes`,
  );
}
