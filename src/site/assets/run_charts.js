// What is drawn of a run. A plain script, which puts `runCharts` into the global scope: pages from a folder load no modules, and
// a test imports it for that effect.
globalThis.runCharts = (() => {
  const { curves } = globalThis;

  /** Columns that belong on one pair of axes, as they are called there. */
  const CHARTS = [
    {
      title: "Accuracy",
      table: "epochs",
      ys: {
        testAccuracy: "test",
        trainAccuracy: "train",
        predatorTestAccuracy: "predator test",
        predatorTrainAccuracy: "predator train",
      },
      domain: [0, 1.02],
    },
    { title: "Loss", table: "epochs", ys: { testLoss: "test", trainLoss: "train", batchLoss: "batches" }, log: true },
    { title: "Weight norm", table: "epochs", ys: { weightNorm: "prey", predatorWeightNorm: "predator" } },
    { title: "Distance to the start", table: "epochs", ys: { fromStart: "prey", predatorFromStart: "predator" } },
    {
      title: "Step norm and push",
      table: "steps",
      ys: { stepNorm: "step norm", potential: "push P(d)" },
      log: true,
    },
    { title: "Distance of the agents", table: "steps", ys: { distance: "d" } },
    {
      title: "Loss of the predator",
      table: "epochs",
      ys: { predatorTestLoss: "test", predatorTrainLoss: "train" },
      log: true,
    },
    { title: "Loss of the batch before each step", table: "steps", ys: { loss: "batch" }, log: true },
    {
      title: "Distance to the start, by steps",
      table: "steps",
      ys: { fromStart: "prey", predatorFromStart: "predator" },
    },
  ];

  /** Columns that say where a row is. */
  const POSITIONS = ["epoch", "steps", "gradientCalls", "phase", "step", "t"];

  /** A chart for each column that is in none of those above, titled by what is said of it. */
  function othersIn(curve, said) {
    const isKnown = (table, name) =>
      POSITIONS.includes(name) || CHARTS.some((known) => known.table === table && Object.hasOwn(known.ys, name));
    return ["epochs", "steps"].flatMap((table) =>
      Object.keys(curve[table]).filter((name) => !isKnown(table, name)).map((name) => {
        const { doc, unit } = said.find((column) => column.table === table && column.name === name) ??
          { doc: name };
        return { title: doc, table, ys: { [name]: name }, unit };
      })
    );
  }

  const TIMES = { epoch: "epochs", gradientCalls: "gradient calls" };

  /** Lines of a chart, from the columns that hold something; null where none does. */
  function chartOf({ table, ys, ...chart }, curve, times, common) {
    const columns = curve[table];
    // A logarithmic axis has no 0: the initial vector is left out.
    const rows = times[table].flatMap((time, row) => time > 0 ? [row] : []);
    const lines = Object.entries(ys).map(([name, label], line) => (
      { label, line, values: rows.map((row) => columns[name]?.[row] ?? null) }
    )).filter(({ values }) => values.some((value) => value !== null));
    if (lines.length === 0) return null;
    const xs = rows.map((row) => times[table][row]);
    return { levels: [], ...chart, ...common, xs, range: [xs[0], common.end], lines };
  }

  /**
   * What there is to draw of a run.
   *
   * @param unit of time, `epoch` or `gradientCalls`
   * @param said what is said of columns
   */
  function chartsOf(record, unit, said) {
    const { curve, config, memorised, generalised } = record;
    const times = curves.timesOf(record, unit);
    const hunt = curves.huntBegins(record, times);
    const marks = [
      ...(memorised ? [{ at: memorised[unit], label: "memorised" }] : []),
      ...(hunt === null ? [] : [{ at: hunt, label: "hunt begins" }]),
      ...(generalised ? [{ at: generalised[unit], label: "generalised" }] : []),
    ];
    const common = { time: TIMES[unit], marks, end: record[unit === "epoch" ? "epochs" : unit] };
    const { memorisedAbove, generalisedAbove } = config;
    const levels = memorisedAbove === generalisedAbove
      ? [{ at: generalisedAbove, label: `memorised and generalised above ${generalisedAbove}` }]
      : [
        { at: memorisedAbove, label: `memorised above ${memorisedAbove}` },
        { at: generalisedAbove, label: `generalised above ${generalisedAbove}` },
      ];
    const [accuracy, ...charts] = [...CHARTS, ...othersIn(curve, said)];
    return [{ ...accuracy, levels }, ...charts].flatMap((chart) => chartOf(chart, curve, times, common) ?? []);
  }

  /** Columns as CSV. */
  const csvOf = (columns) => {
    const names = Object.keys(columns);
    const rows = (columns[names[0]] ?? []).map((_, i) => names.map((name) => columns[name][i] ?? "").join(","));
    return [names.join(","), ...rows].join("\r\n") + "\r\n";
  };

  return { chartsOf, csvOf };
})();
