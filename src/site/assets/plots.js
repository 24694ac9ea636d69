/* global uPlot */
// Draws charts of curves over a logarithmic axis of time. A plain script, which puts `plots` into the global scope.
globalThis.plots = (() => {
  const { numbers, curves } = globalThis;

  /** Colours that can be told from white and from near-black at 3:1, each with a pattern of its own. */
  const LINES = [
    { colour: "#3b82c4", dash: [] },
    { colour: "#d97706", dash: [7, 3] },
    { colour: "#c2418d", dash: [2, 3] },
    { colour: "#2f9e44", dash: [10, 3, 2, 3] },
  ];
  const LEVELS = [[4, 3], [1, 3], [8, 2]];

  /** Pixels. */
  const [HEIGHT, AXIS, LABEL, RIGHT, ROW] = [250, 62, 18, 22, 15];
  const FONT = "12px system-ui, sans-serif";

  /** P(d) of a predator that was left behind is 10⁻³⁰: what is a millionth of the largest says no more than that. */
  const LEAST_SHARE = 1e-6;

  /** Colours as the theme resolves them: a canvas does not know `light-dark()`. */
  const style = (selector) => getComputedStyle(document.querySelector(selector));
  const theme = () => ({
    ink: style("body").color,
    paper: style("body").backgroundColor,
    hairline: style("header").borderBottomColor,
  });

  const make = (tag, properties = {}, ...children) => {
    const node = Object.assign(document.createElement(tag), properties);
    node.append(...children);
    return node;
  };

  /** A piece of a line, as a legend has it. */
  function swatch(colour, dash) {
    const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    const line = document.createElementNS("http://www.w3.org/2000/svg", "path");
    const attributes = { d: "M0 5h26", stroke: colour, "stroke-width": 2, "stroke-dasharray": dash.join(" ") };
    for (const [name, value] of Object.entries(attributes)) line.setAttribute(name, value);
    for (const [name, value] of [["width", 26], ["height", 10], ["aria-hidden", true]]) svg.setAttribute(name, value);
    svg.append(line);
    return svg;
  }

  function legendOf({ lines, levels }) {
    const entries = [
      ...lines.map(({ label, line }) => [label, LINES[line].colour, LINES[line].dash]),
      ...levels.map(({ label }, i) => [label, "currentColor", LEVELS[i % LEVELS.length]]),
    ];
    return make(
      "ul",
      { className: "legend" },
      ...entries.map(([label, ...drawn]) => make("li", {}, swatch(...drawn), label)),
    );
  }

  /** What the lines are at a row of the chart; where none is pointed at, at their ends. */
  function readingOf({ xs, lines, time }, row) {
    const value = (values) => row === null ? values.findLast((y) => y !== null) : values[row];
    const said = lines.map(({ label, name = label, values }) => `${name} ${numbers.figure(value(values))}`).join(", ");
    return `${row === null ? "at the end" : `${numbers.figure(xs[row])} ${time}`}: ${said}`;
  }

  /** Labels of marks in their rows, by the width of a chart. */
  function labelsOf({ marks, range }, width) {
    const context = document.createElement("canvas").getContext("2d");
    context.font = FONT;
    const [first, last] = range.map(Math.log);
    const plot = width - AXIS - RIGHT;
    const labels = marks.filter(({ at }) => at >= range[0] && at <= range[1]).sort((a, b) => a.at - b.at)
      .map(({ at, label, line = null }) => ({
        at: AXIS + plot * (Math.log(at) - first) / (last - first),
        width: context.measureText(label).width + 4,
        label,
        line,
      }));
    const places = curves.placed(labels, width);
    return labels.map((label, i) => ({ ...label, ...places[i] }));
  }

  /** Thresholds and milestones, below the curves. Everything is in pixels of the device. */
  function drawMarks({ ctx, bbox, valToPos }, { levels }, labels, { ink, paper }) {
    const ratio = devicePixelRatio;
    const stroke = (colour, dash, ...points) => {
      ctx.strokeStyle = colour;
      ctx.setLineDash(dash.map((length) => length * ratio));
      ctx.beginPath();
      for (const point of points) ctx.lineTo(...point);
      ctx.stroke();
    };
    ctx.save();
    ctx.lineWidth = ratio;
    ctx.font = FONT.replace("12", 12 * ratio);
    levels.forEach(({ at }, i) => {
      const y = valToPos(at, "y", true);
      stroke(ink, LEVELS[i % LEVELS.length], [bbox.left, y], [bbox.left + bbox.width, y]);
    });
    const colour = ({ line }) => line === null ? ink : LINES[line].colour;
    for (const label of labels) {
      const x = label.at * ratio;
      stroke(colour(label), [3, 2], [x, label.row * ROW * ratio], [x, bbox.top + bbox.height]);
    }
    Object.assign(ctx, { textBaseline: "top", textAlign: "left" });
    for (const { from, row, width, label } of labels) {
      ctx.fillStyle = paper;
      ctx.fillRect((from + 2) * ratio, row * ROW * ratio, width * ratio, (ROW - 1) * ratio);
      ctx.fillStyle = ink;
      ctx.fillText(label, (from + 3) * ratio, (row * ROW + 1) * ratio);
    }
    ctx.restore();
  }

  function axesOf({ log, unit, time }, { ink, hairline }) {
    const own = { stroke: ink, font: FONT, labelFont: FONT, labelSize: LABEL };
    const axis = {
      ...own,
      grid: { stroke: hairline, width: 1 },
      ticks: { show: false },
      values: (_plot, splits) => splits.map(numbers.figure),
    };
    const ticks = {
      splits: (_plot, _axis, least, greatest) => numbers.logTicks(least, greatest),
      filter: (_plot, splits) => splits,
    };
    const labelled = unit ? { label: unit, size: AXIS - LABEL } : { size: AXIS };
    return [{ ...axis, ...ticks, label: `${time} (log)`, size: 30 }, { ...axis, ...(log ? ticks : {}), ...labelled }];
  }

  /** Lines, each followed by the edges of its band. */
  const seriesOf = (lines) =>
    lines.flatMap(({ line, values, band }) => {
      const { colour: stroke, dash } = LINES[line];
      const isPoint = values.filter((y) => y !== null).length === 1;
      const edge = { stroke: "transparent", width: 0, spanGaps: true, points: { show: false } };
      const drawn = { stroke, dash, width: 2, spanGaps: true, points: { show: isPoint } };
      return band ? [drawn, edge, edge] : [drawn];
    });

  function scaleOf({ log, domain }) {
    if (log) return { distr: 3, range: (_plot, least, greatest) => [(least ?? 1) / 1.2, (greatest ?? 10) * 1.2] };
    return domain ? { range: domain } : {};
  }

  function optionsOf(chart, width, onRow) {
    const colours = theme();
    const labels = labelsOf(chart, width);
    const rows = Math.max(0, ...labels.map(({ row }) => row + 1));
    return {
      width,
      height: HEIGHT,
      padding: [8 + ROW * rows, RIGHT, 0, 0],
      legend: { show: false },
      cursor: { y: false, drag: { x: false, y: false } },
      scales: { x: { time: false, distr: 3, range: chart.range }, y: scaleOf(chart) },
      axes: axesOf(chart, colours),
      series: [{}, ...seriesOf(chart.lines)],
      bands: bandsOf(chart.lines),
      hooks: {
        drawAxes: [(plot) => drawMarks(plot, chart, labels, colours)],
        setCursor: [({ cursor: { idx } }) => onRow(idx ?? null)],
      },
    };
  }

  /** What is shaded: between the two series that follow that of a line with a band. */
  function bandsOf(lines) {
    let at = 1;
    return lines.flatMap(({ line, band }) => {
      const own = at;
      at += band ? 3 : 1;
      return band ? [{ series: [own + 2, own + 1], fill: `${LINES[line].colour}33` }] : [];
    });
  }

  /** What can be drawn of a column. */
  function drawable({ log }, values) {
    if (!log) return values;
    const least = LEAST_SHARE * Math.max(...values.filter((y) => y !== null));
    return values.map((y) => y === null || y <= 0 || y < least ? null : y);
  }

  const dataOf = (chart) => [
    chart.xs,
    ...chart.lines.flatMap(({ values, band }) =>
      [values, ...(band ? [band.least, band.greatest] : [])].map((column) => drawable(chart, column))
    ),
  ];

  function figureOf({ range: [first, last], ...asked }) {
    // A single row has a place on an axis that is longer than nothing.
    const chart = { ...asked, range: [first, Math.max(last, 1.01 * first)] };
    const reading = make("p", { className: "reading", textContent: readingOf(chart, null) });
    const plot = make("div", { className: "plot" });
    const figure = make("figure", {}, make("h3", { textContent: chart.title }), legendOf(chart), plot, reading);
    figure.setAttribute("role", "group");
    figure.setAttribute("aria-label", `${chart.title} over ${chart.time}; ${reading.textContent}`);
    const onRow = (row) => reading.textContent = readingOf(chart, row);
    const draw = () => {
      plot.replaceChildren();
      new uPlot(optionsOf(chart, Math.max(240, plot.clientWidth), onRow), dataOf(chart), plot);
    };
    return { figure, draw };
  }

  /** What is drawn again when the width or the theme changes. */
  let shown = [];
  let width = 0;
  const draw = () => shown.forEach((each) => each.draw());
  const resized = new ResizeObserver(([{ contentRect }]) => {
    if (contentRect.width === width) return;
    width = contentRect.width;
    draw();
  });
  document.getElementById("theme").addEventListener("click", draw);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", draw);

  /**
   * Shows charts in a place, in that of those that were there.
   *
   * Each has a `title`, ascending positive times `xs` in units of `time`, `lines` (`label`, `values`, the number `line` of its
   * colour and maybe a `band` from `least` to `greatest`), `levels` that are marked on the other axis and `marks` on that of
   * time (`at`, `label`), and the `range` of that axis.
   */
  function show(place, charts) {
    shown = charts.map(figureOf);
    place.replaceChildren(...shown.map(({ figure }) => figure));
    width = place.clientWidth;
    draw();
    resized.observe(place);
  }

  return { show, make, swatch, LINES };
})();
