import { type Series, seriesText } from "../../report/series.ts";
import { draw, type Figure, logTicks } from "../chart.ts";
import { linesOf } from "./curves.ts";

const SIZE = { width: 290, height: 140 };
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

/** No panel shows less than this above and below what it has: 1 % more or less would fill it. */
const ROOM = 1.5;

/** The times of one cell over judgements; a line joins what keeps one level, bounds are open marks. */
export function drawSeries(series: Series): Promise<Figure> {
  const { subject, profile, engine, seeds, points, steps } = series;
  const levels = levelsOf(series);
  const values = points.map(({ judgedAt, calls }, i) => ({
    judged: judgedAt.slice(0, 16).replace("T", " "),
    calls: calls.value,
    seen: calls.relation === "=" ? "median" : "not reached",
    level: `${levels[i]}`,
  }));
  const times = values.map(({ calls }) => calls);
  const domain = [Math.min(...times) / ROOM, Math.max(...times) * ROOM];
  const x = { field: "judged", type: "ordinal", title: null, axis: { labels: false } } as const;
  const y = {
    field: "calls",
    type: "quantitative",
    title: "gradient calls",
    scale: { type: "log", domain },
    axis: { values: logTicks(domain[0], domain[1]) },
  } as const;
  const spec = {
    ...SIZE,
    title: { text: linesOf(subject), subtitle: `${profile}, ${engine}, seeds ${seeds}` },
    data: { values },
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
  };
  const changes = steps.length === 0 ? "no change of level" : `changes of level: ${steps.length}`;
  return draw(
    spec,
    `Gradient calls to generalise of ${seriesText(series)}, over ${points.length} judgements; ${changes}`,
  );
}
