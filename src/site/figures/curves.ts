import { type Column, coreColumns, type TableName } from "../../declare/columns.ts";
import type { RunRecord, Table } from "../../run/record/record.ts";
import { draw, logTicks } from "../chart.ts";

/** One line of a panel. */
export interface Series {
  readonly name: string;
  readonly x: readonly (number | null)[];
  readonly y: readonly (number | null)[];
  readonly dashed?: boolean;
}

/** A vertical mark, such as the epoch at which the paper's run generalises. */
export interface Mark {
  readonly x: number;
  readonly name: string;
}

export interface Panel {
  readonly title: string;
  readonly x: string;
  readonly y: string;
  readonly log?: boolean;
  readonly domain?: readonly [number, number];
  readonly series: readonly Series[];
  readonly marks?: readonly Mark[];
}

/** Points of a line: enough for its width in pixels. */
const MOST_POINTS = 40;

/** Thinned evenly on a logarithmic axis, the last point kept; only what can be drawn there. */
function pointsOf({ name, x, y, dashed = false }: Series, log: boolean) {
  const all = x.flatMap((at, i) => {
    const value = y[i];
    return at !== null && at > 0 && value !== null && (!log || value > 0) ? [{ x: at, y: value }] : [];
  });
  if (all.length === 0) return [];
  const ratio = (all.at(-1)!.x / all[0].x) ** (1 / MOST_POINTS);
  let next = 0;
  const kept = all.filter((point, i) => {
    if (point.x < next && i < all.length - 1) return false;
    next = point.x * ratio;
    return true;
  });
  return kept.map((point) => ({ ...point, series: name, dashed }));
}

/** Characters of a title that have room above a panel. */
const TITLE_WIDTH = 32;

/** A title as lines that have room; one that has is left as it is. */
export function linesOf(title: string): string | string[] {
  if (title.length <= TITLE_WIDTH) return title;
  const lines = [""];
  for (const word of title.split(" ")) {
    const longer = `${lines.at(-1)} ${word}`.trim();
    if (longer.length <= TITLE_WIDTH) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines;
}

const SIZE = { width: 290, height: 170 };

/** Smaller values of a logarithmic axis are not drawn: P(d) of a predator that was left behind is 10⁻³⁰ and says no more. */
const LEAST_SHARE = 1e-6;

/** Marks and their names, one below the other. */
function markLayers(marks: readonly Mark[], x: Record<string, unknown>) {
  if (marks.length === 0) return [];
  const values = marks.map((mark, i) => ({ ...mark, row: 8 + 11 * i }));
  return [
    { data: { values }, mark: { type: "rule", strokeDash: [2, 3], opacity: 0.8 }, encoding: { x } },
    {
      data: { values },
      mark: { type: "text", align: "right", dx: -3, fontSize: 9 },
      encoding: { x, y: { field: "row", type: "quantitative", scale: null }, text: { field: "name" } },
    },
  ];
}

/** Lines over a logarithmic axis of time. */
export function drawPanel(
  { title, x: time, y: quantity, log = false, domain, series, marks = [] }: Panel,
  label: string,
) {
  const points = series.flatMap((each) => pointsOf(each, log));
  const greatest = Math.max(...points.map(({ y }) => y));
  const values = log ? points.filter(({ y }) => y >= LEAST_SHARE * greatest) : points;
  const ends = [...values, ...marks].map(({ x }) => x);
  const x = {
    field: "x",
    type: "quantitative",
    title: time,
    scale: { type: "log", nice: false },
    axis: { values: logTicks(Math.min(...ends), Math.max(...ends)) },
  };
  const heights = values.map(({ y }) => y);
  const y = {
    field: "y",
    type: "quantitative",
    title: quantity,
    scale: log ? { type: "log", nice: false } : { zero: false, ...(domain ? { domain } : {}) },
    axis: log ? { values: logTicks(Math.min(...heights), Math.max(...heights)) } : { tickCount: 5 },
  };
  const color = { field: "series", type: "nominal", title: null, scale: { domain: series.map(({ name }) => name) } };
  const dashes = { domain: [false, true], range: [[1, 0], [5, 3]] };
  const strokeDash = { field: "dashed", type: "nominal", legend: null, scale: dashes };
  const lines = { data: { values }, mark: { type: "line", strokeWidth: 1.6 }, encoding: { x, y, color, strokeDash } };
  return draw({ ...SIZE, title: linesOf(title), layer: [lines, ...markLayers(marks, x)] }, label);
}

const column = (table: Table, name: string) => table[name] ?? table.epoch?.map(() => null) ?? [];

const isCore = (table: TableName, name: string) =>
  coreColumns.some((column) => column.table === table && column.name === name);

/** A panel for each column that probes have added and that has something to draw. */
function probedPanels({ curve }: RunRecord, known: readonly Column[]): Panel[] {
  const tables = [["epochs", "epoch"], ["steps", "step"]] as const;
  return tables.flatMap(([table, time]) => {
    const x = curve[table][time];
    const drawn = Object.entries(curve[table]).filter(([name, y]) =>
      !isCore(table, name) && y.some((value, row) => value !== null && x[row]! > 0)
    );
    return drawn.map(([name, y]): Panel => {
      const { doc = name, unit = name } = known.find((column) => column.table === table && column.name === name) ?? {};
      return { title: doc, x: time, y: unit, series: [{ name, x, y }] };
    });
  });
}

/** Norms of the steps, in a hunt beside the push. */
function stepPanel(steps: Table): Panel {
  const hunts = steps.distance?.some((value) => value !== null);
  return {
    title: hunts ? "Step norm, and P(d) of the push" : "Step norm",
    x: "step",
    y: "norm",
    log: true,
    series: [
      { name: "step norm", x: steps.step, y: steps.stepNorm },
      ...(hunts ? [{ name: "P(d)", x: steps.step, y: steps.potential, dashed: true }] : []),
    ],
  };
}

/**
 * The paper's panels of one run: accuracies, weight norm, step norm beside P(d), distances to the start; then one for each
 * column of a probe.
 *
 * @param known what is said of columns
 */
export function panelsOf(record: RunRecord, marks: readonly Mark[], known: readonly Column[] = []): Panel[] {
  const { curve: { epochs, steps } } = record;
  const predator = (epochs.predatorWeightNorm ?? []).some((value) => value !== null);
  const epoch = (name: string, series: string, dashed = false): Series => ({
    name: series,
    x: epochs.epoch,
    y: column(epochs, name),
    dashed,
  });
  const time = "epoch";
  return [
    {
      title: "Accuracy",
      x: time,
      y: "share of samples",
      domain: [0, 1],
      series: [epoch("trainAccuracy", "train"), epoch("testAccuracy", "test")],
      marks,
    },
    {
      title: "Weight norm",
      x: time,
      y: "Euclidean norm",
      series: [
        epoch("weightNorm", predator ? "prey" : "‖x‖"),
        ...(predator ? [epoch("predatorWeightNorm", "predator", true)] : []),
      ],
    },
    stepPanel(steps),
    {
      title: "Distance to the start",
      x: time,
      y: "Euclidean distance",
      series: [
        epoch("fromStart", predator ? "prey" : "‖x − θ₀‖"),
        ...(predator ? [epoch("predatorFromStart", "predator", true)] : []),
      ],
    },
    ...probedPanels(record, known),
  ];
}
