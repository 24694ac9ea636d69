/* global uPlot */
// A block: other scripts of the page have names of their own.
// Test accuracy over gradient calls: all methods in one chart, one of them picked out with the range of its seeds, and
// below it one small chart a method, beside the baseline and on the same axes.

{
  const ACCENT = "#3b82c4";
  const PALE = "#868e9699";
  const BASELINE = "adamw";
  const FONT = "13px system-ui, sans-serif";
  const { threshold, gradientCalls, methods } = JSON.parse(
    document.getElementById("accuracies").textContent,
    // Accuracies come in thousandths.
    (name, value) => ["median", "low", "high"].includes(name) ? value.map((y) => y === null ? null : y / 1000) : value,
  );
  const ink = () => getComputedStyle(document.body).color;
  const hairline = () => getComputedStyle(document.querySelector("header")).borderBottomColor;

  const drawThreshold = (u) => {
    const { ctx, bbox: { left, width } } = u;
    const y = Math.round(u.valToPos(threshold, "y", true));
    ctx.save();
    ctx.strokeStyle = ink();
    ctx.setLineDash([4, 4]);
    ctx.beginPath();
    ctx.moveTo(left, y);
    ctx.lineTo(left + width, y);
    ctx.stroke();
    ctx.restore();
  };

  const line = (stroke, width) => ({ stroke, width, spanGaps: false, points: { show: false } });

  /**
   * A chart of lines, the last three of which are the range of a method, least and greatest, and its median.
   *
   * @param others how many lines are below them
   */
  const plotOf = (place, height, others, more = {}) => {
    const axis = {
      stroke: ink(),
      grid: { stroke: hairline(), width: 1 },
      ticks: { show: false },
      font: FONT,
      labelFont: FONT,
    };
    const options = {
      width: Math.max(220, place.clientWidth),
      height,
      padding: [8, 40, 0, 0],
      legend: { show: false },
      cursor: { show: false },
      scales: { x: { time: false, distr: 3 }, y: { range: [0, 1.02] } },
      axes: [{ ...axis, size: 32 }, { ...axis, size: 44 }],
      series: [
        {},
        ...Array.from({ length: others }, () => line(PALE, 1.2)),
        line("transparent", 0),
        line("transparent", 0),
        line(ACCENT, 2.5),
      ],
      bands: [{ series: [others + 2, others + 1], fill: `${ACCENT}40` }],
      ...more,
      hooks: { draw: [drawThreshold], ...more.hooks },
    };
    return { plot: new uPlot(options, null, place), place, height };
  };

  const rangeOf = ({ low, high, median }) => [low, high, median];

  const main = document.getElementById("accuracy");
  const buttons = [...document.querySelectorAll("#methods button")];
  let charts = [];
  let chosen = 0;
  let shown = 0;

  const columns = () => [gradientCalls, ...methods.map(({ median }) => median), ...rangeOf(methods[shown])];

  const show = (index) => {
    if (index === shown) return;
    shown = index;
    for (const [i, button] of buttons.entries()) button.classList.toggle("shown", i === shown);
    charts[0].plot.setData(columns());
  };

  /** The line that is nearest to the pointer, if it is near. */
  const nearest = (u) => {
    const { left, top, idx } = u.cursor;
    if (idx === null || idx === undefined || left < 0) return chosen;
    const distances = methods.map(({ median }) =>
      median[idx] === null ? Infinity : Math.abs(u.valToPos(median[idx], "y") - top)
    );
    const least = Math.min(...distances);
    return least < 24 ? distances.indexOf(least) : chosen;
  };

  const drawMain = () => {
    const chart = plotOf(main, 340, methods.length, {
      cursor: { drag: { x: false, y: false }, points: { show: false }, y: false },
      hooks: { setCursor: [(u) => show(nearest(u))] },
    });
    chart.plot.setData(columns());
    return chart;
  };

  const drawMultiple = (place, index) => {
    const beside = methods.find(({ method }) => method === BASELINE) ?? methods[index];
    const chart = plotOf(place, 150, 1);
    chart.plot.setData([gradientCalls, beside.median, ...rangeOf(methods[index])]);
    return chart;
  };

  const places = [...document.querySelectorAll("#multiples .chart")];
  const build = () => {
    for (const { plot } of charts) plot.destroy();
    charts = [drawMain(), ...places.map(drawMultiple)];
  };

  for (const [index, button] of buttons.entries()) {
    button.addEventListener("mouseenter", () => show(index));
    button.addEventListener("mouseleave", () => show(chosen));
    button.addEventListener("focus", () => show(index));
    button.addEventListener("click", () => {
      chosen = index;
      for (const other of buttons) other.setAttribute("aria-pressed", String(other === button));
      show(index);
    });
  }
  build();
  document.getElementById("theme").addEventListener("click", build);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", build);
  addEventListener("resize", () => {
    for (const { plot, place, height } of charts) plot.setSize({ width: Math.max(220, place.clientWidth), height });
  });
}
