// Shows the run that the fragment names: #0123456789abcdef.
(() => {
  const { numbers, plots, runCharts, runs } = globalThis;
  const element = (id) => document.getElementById(id);
  const said = JSON.parse(element("said").textContent);
  const meanings = new Map(Object.entries(said.meanings));

  function offer(id, text, type, name) {
    const link = element(id);
    link.href = URL.createObjectURL(new Blob([text], { type }));
    link.download = name;
  }

  /** Rows of what stands in their cells, of which the first names its row. */
  function fill(id, rows) {
    const { make } = plots;
    element(id).tBodies[0].replaceChildren(...rows.map(([name, ...cells]) => {
      const head = make("th", { scope: "row" }, name);
      return make("tr", {}, head, ...cells.map((cell) => make("td", {}, cell)));
    }));
  }

  /** Fields of an owner with what they mean; those that are not as the case has them are told apart. */
  function fields(id, owner, values, set) {
    const { make } = plots;
    const shown = (value) => Number.isInteger(value) ? numbers.integer(value) : String(value);
    const meaning = (name) => meanings.get(`${owner}.${name}`) ?? meanings.get(name) ?? "";
    fill(
      id,
      Object.entries(values).map(([name, value]) => [
        make("span", {}, name, make("span", { className: "meaning" }, meaning(name))),
        set.includes(name) ? make("strong", {}, `${shown(value)} (set)`) : shown(value),
      ]),
    );
  }

  function show({ problem, method, outcome, milestones, command, set, facts, record }) {
    const name = `${problem} ${method} seed ${record.seed}`;
    document.title = `${name} · Driven Hunt`;
    element("name").textContent = name;
    element("outcome").textContent = outcome;
    element("run").hidden = false;
    element("reproduce").hidden = command === null;
    element("command").textContent = command;
    element("compare")?.setAttribute("href", `compare.html#${record.id}`);
    fill("milestones", milestones);
    fields("config", record.case, record.config, set);
    fields("hyper", record.algorithm, record.hyper, set);
    fill("facts", facts);
    offer("json", JSON.stringify(record, null, 2), "application/json", `${record.id}.json`);
    offer("epochs", runCharts.csvOf(record.curve.epochs), "text/csv", `${record.id}-epochs.csv`);
    offer("steps", runCharts.csvOf(record.curve.steps), "text/csv", `${record.id}-steps.csv`);
    const unit = () => document.querySelector("[name=time]:checked").value;
    const draw = () => plots.show(element("charts"), runCharts.chartsOf(record, unit(), said.columns));
    draw();
    for (const choice of document.querySelectorAll("[name=time]")) choice.addEventListener("change", draw);
  }

  async function open() {
    const id = location.hash.slice(1);
    if (!id) return;
    const run = await runs.load(id);
    if (!run) element("outcome").textContent = `There is no run ${id} here.`;
    else if (run.refused) element("outcome").textContent = `The run ${id} cannot be shown: ${run.refused}.`;
    else show(run);
  }

  addEventListener("hashchange", () => location.reload());
  open();
})();
