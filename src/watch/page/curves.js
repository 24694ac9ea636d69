import { accuracy, last, norm } from "./table.js";

/** A script of its own puts it there. */
const { uPlot } = globalThis;

const HEIGHT = 180;

/** The charts of a run. Train is dashed as well as of another colour. */
const CHARTS = [
  {
    caption: "accuracy over epochs: train dashed, test solid",
    of: ({ epochs: e }) => [e.epoch, e.trainAccuracy, e.testAccuracy],
    lines: [{ colour: "--train", dash: [6, 4] }, { colour: "--test" }],
    range: [0, 1.02],
    now: (_, train, test) => `train ${accuracy(last(train))}, test ${accuracy(last(test))}`,
  },
  {
    caption: "norm ‖x‖ over epochs",
    of: ({ epochs: e }) => [e.epoch, e.weightNorm],
    lines: [{ colour: "--test" }],
    now: (_, x) => norm(last(x)),
  },
  {
    caption: "distance d to the predator over steps",
    of: ({ distances }) => distances && [distances.step, distances.distance],
    lines: [{ colour: "--test" }],
    now: (_, d) => norm(last(d)),
  },
];

/** A logarithmic axis has no 0: the initial vector is left out. Null for fewer than two points. */
function pointsOf(chart, run) {
  const columns = chart.of(run);
  if (!columns) return null;
  const rows = columns[0].flatMap((x, row) => x > 0 ? [row] : []);
  return rows.length < 2 ? null : columns.map((column) => rows.map((row) => column[row]));
}

function optionsOf({ lines, range }, width) {
  const style = getComputedStyle(document.documentElement);
  // A canvas takes no light-dark(): the colour is asked of an element that has it.
  const probe = document.body.appendChild(document.createElement("span"));
  const colour = (name) => {
    probe.style.color = style.getPropertyValue(name) && `var(${name})`;
    return getComputedStyle(probe).color;
  };
  const axis = { stroke: colour("--quiet"), grid: { stroke: colour("--rule"), width: 1 }, ticks: { show: false } };
  const options = {
    width,
    height: HEIGHT,
    // The label of the last power of ten stands half outside of the plot.
    padding: [null, 32, 0, 0],
    legend: { show: false },
    cursor: { show: false },
    scales: { x: { time: false, distr: 3 }, y: range ? { range } : {} },
    axes: [axis, { ...axis, size: 52 }],
    series: [{}, ...lines.map(({ colour: name, dash }) => ({ stroke: colour(name), width: 2, dash, spanGaps: true }))],
  };
  probe.remove();
  return options;
}

const plots = new WeakMap();

const resized = new ResizeObserver((entries) => {
  for (const { target, contentRect: { width } } of entries) {
    const plot = plots.get(target);
    if (plot && width > 0 && plot.width !== Math.floor(width)) {
      plot.setSize({ width: Math.floor(width), height: HEIGHT });
    }
  }
});

function figureOf(chart) {
  const figure = document.createElement("figure");
  const caption = document.createElement("figcaption");
  caption.textContent = chart.caption;
  const canvas = document.createElement("div");
  canvas.setAttribute("role", "img");
  figure.append(caption, canvas);
  resized.observe(canvas);
  return figure;
}

function draw(figure, chart, points) {
  figure.hidden = points === null;
  if (!points) return;
  const canvas = figure.lastElementChild;
  canvas.setAttribute("aria-label", `${chart.caption}; now ${chart.now(...points)}`);
  const plot = plots.get(canvas);
  if (plot) plot.setData(points);
  else plots.set(canvas, new uPlot(optionsOf(chart, canvas.clientWidth || 320), points, canvas));
}

function articleOf(run) {
  const article = document.createElement("article");
  const heading = document.createElement("h3");
  heading.textContent = run.title;
  const charts = document.createElement("div");
  charts.className = "charts";
  charts.append(...CHARTS.map(figureOf));
  article.append(heading, charts);
  article.dataset.id = run.id;
  return article;
}

/** Draws the curves of every run into `place`; those that are there are continued. */
export function drawCurves(place, runs) {
  const before = new Map([...place.children].map((article) => [article.dataset.id, article]));
  const articles = runs.map((run) => before.get(run.id) ?? articleOf(run));
  const isSame = articles.length === place.children.length && articles.every((a, i) => a === place.children[i]);
  if (!isSame) place.replaceChildren(...articles);
  runs.forEach((run, i) => {
    const figures = articles[i].querySelectorAll("figure");
    CHARTS.forEach((chart, k) => draw(figures[k], chart, pointsOf(chart, run)));
  });
}
