/* global uPlot */
// Draws the run that the fragment names: #0123456789abcdef.

const element = (id) => document.getElementById(id);
/** Colours as the theme resolves them: a canvas does not know `light-dark()`. */
const ink = () => getComputedStyle(document.body).color;
const hairline = () => getComputedStyle(document.querySelector("header")).borderBottomColor;
const COLOURS = ["#3b82c4", "#d97706", "#2f9e44", "#e03131"];

/** Columns that belong on one pair of axes. */
const CHARTS = [
  {
    title: "Accuracy",
    table: "epochs",
    x: "epoch",
    ys: ["trainAccuracy", "testAccuracy", "predatorTrainAccuracy", "predatorTestAccuracy"],
  },
  { title: "Loss", table: "epochs", x: "epoch", ys: ["trainLoss", "testLoss", "batchLoss"], log: true },
  { title: "Predator's loss", table: "epochs", x: "epoch", ys: ["predatorTrainLoss", "predatorTestLoss"], log: true },
  { title: "Weight norm", table: "epochs", x: "epoch", ys: ["weightNorm", "predatorWeightNorm"] },
  { title: "Distance to the start", table: "epochs", x: "epoch", ys: ["fromStart", "predatorFromStart"] },
  { title: "Batch loss before each step", table: "steps", x: "step", ys: ["loss"], log: true },
  { title: "Step norm and P(d)", table: "steps", x: "step", ys: ["stepNorm", "potential"], log: true },
  { title: "Distance d of the agents", table: "steps", x: "step", ys: ["distance"] },
  { title: "Distance to the start, by steps", table: "steps", x: "step", ys: ["fromStart", "predatorFromStart"] },
];

/** Columns that say where a row is. */
const POSITIONS = ["epoch", "steps", "gradientCalls", "phase", "step", "t"];

/** All charts of a curve: those above, then one for each column that is in none of them, titled by what is said of it. */
function chartsOf(curve, said) {
  const isKnown = (table, name) =>
    POSITIONS.includes(name) || CHARTS.some((known) => known.table === table && known.ys.includes(name));
  const others = [["epochs", "epoch"], ["steps", "step"]].flatMap(([table, x]) =>
    Object.keys(curve[table]).filter((name) => !isKnown(table, name)).map((name) => {
      const { doc, unit } = said.find((column) => column.table === table && column.name === name) ?? { doc: name };
      return { title: doc, table, x, ys: [name], unit };
    })
  );
  return [...CHARTS, ...others];
}

const LEAST_SHARE = 1e-6;

function chart({ title, table, x, ys, unit, log = false }, curve) {
  const columns = curve[table];
  const shown = ys.filter((name) => columns[name]?.some((value) => value !== null));
  if (shown.length === 0) return null;
  const rows = columns[x].map((at, i) => [at, i]).filter(([at]) => at > 0);
  const greatest = Math.max(...shown.flatMap((name) => columns[name]).filter((y) => y !== null));
  // P(d) of a predator that was left behind is 10⁻³⁰: what is a millionth of the largest says no more than that.
  const value = (y) => y === null || (log && y < LEAST_SHARE * greatest) ? null : y;
  const data = [rows.map(([at]) => at), ...shown.map((name) => rows.map(([, i]) => value(columns[name][i])))];
  const axis = { stroke: ink(), grid: { stroke: hairline(), width: 1 }, ticks: { stroke: hairline() } };
  const box = document.createElement("figure");
  const heading = document.createElement("h3");
  heading.textContent = title;
  box.append(heading);
  const last = shown.map((name, i) => `${name} ${data[i + 1].findLast((y) => y !== null)?.toPrecision(4)}`).join(", ");
  box.setAttribute("role", "group");
  box.setAttribute("aria-label", `${title} over ${x}; at the end: ${last}`);
  element("charts").append(box);
  new uPlot(
    {
      width: Math.max(240, box.clientWidth),
      height: 220,
      scales: { x: { time: false, distr: 3 }, y: { distr: log ? 3 : 1 } },
      axes: [{ ...axis, label: x }, { ...axis, size: 64, ...(unit ? { label: unit } : {}) }],
      series: [{ label: x }, ...shown.map((label, i) => ({ label, stroke: COLOURS[i], width: 1.5, spanGaps: true }))],
    },
    data,
    box,
  );
  return box;
}

const csvOf = (columns) => {
  const names = Object.keys(columns);
  const rows = columns[names[0]].map((_, i) => names.map((name) => columns[name][i] ?? "").join(","));
  return [names.join(","), ...rows].join("\r\n") + "\r\n";
};

function offer(id, text, type, name) {
  const link = element(id);
  link.href = URL.createObjectURL(new Blob([text], { type }));
  link.download = name;
}

function facts(entries) {
  const list = element("facts");
  for (const [name, value] of entries) {
    const term = document.createElement("dt");
    const fact = document.createElement("dd");
    term.textContent = name;
    fact.textContent = typeof value === "object" && value !== null ? JSON.stringify(value) : String(value);
    list.append(term, fact);
  }
}

function outcome({ status, memorised, generalised, epochs, steadiness, gradientCalls }) {
  const at = (what, milestone) =>
    milestone ? `${what} at epoch ${milestone.epoch} (${milestone.gradientCalls} gradient calls)` : `not ${what}`;
  const steady = steadiness
    ? `; ${
      Math.round(100 * steadiness.shareAbove)
    } % of the ${steadiness.epochs} epochs after that above the threshold, lowest ${steadiness.lowestAccuracy}`
    : "";
  return `${status} after ${epochs} epochs and ${gradientCalls} gradient calls: ${at("memorised", memorised)}, ${
    at("generalised", generalised)
  }${steady}.`;
}

function show({ record, command }) {
  const name = `${record.case} ${record.algorithm} seed ${record.seed}`;
  document.title = `${name} · Driven Hunt`;
  element("name").textContent = name;
  element("outcome").textContent = outcome(record);
  element("command").textContent = command;
  for (const id of ["downloads", "reproduce", "probes", "provenance"]) element(id).hidden = false;
  offer("json", JSON.stringify(record, null, 2), "application/json", `${record.id}.json`);
  offer("epochs", csvOf(record.curve.epochs), "text/csv", `${record.id}-epochs.csv`);
  offer("steps", csvOf(record.curve.steps), "text/csv", `${record.id}-steps.csv`);
  const { id, engine, digest, parameters, config, hyper, provenance, timing } = record;
  facts(Object.entries({ id, engine, parameters, digest, config, hyper, ...provenance, ...timing }));
  const charts = chartsOf(record.curve, JSON.parse(element("columns").textContent));
  const draw = () => {
    element("charts").replaceChildren();
    for (const each of charts) chart(each, record.curve);
  };
  draw();
  element("theme").addEventListener("click", draw);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", draw);
}

function load() {
  const id = location.hash.slice(1);
  if (!/^[0-9a-f]{16}$/.test(id)) return;
  const script = document.createElement("script");
  script.src = `runs/${id}.js`;
  script.addEventListener("error", () => element("outcome").textContent = `There is no run ${id} here.`);
  globalThis.showRun = show;
  document.head.append(script);
}

addEventListener("hashchange", () => location.reload());
load();
