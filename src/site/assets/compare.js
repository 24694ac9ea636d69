// Shows runs and cells over each other: #mnist1k~adamw,0123456789abcdef.
(() => {
  const { numbers, curves, plots, runs } = globalThis;
  const { make } = plots;
  const element = (id) => document.getElementById(id);

  const MOST = plots.LINES.length;

  /** Points of a line: enough for its width in pixels. */
  const PLACES = 320;

  const CHARTS = [
    { title: "Test accuracy", table: "epochs", name: "testAccuracy", domain: [0, 1.02], threshold: "generalisedAbove" },
    { title: "Train accuracy", table: "epochs", name: "trainAccuracy", domain: [0, 1.02], threshold: "memorisedAbove" },
    { title: "Weight norm", table: "epochs", name: "weightNorm" },
    { title: "Distance to the start", table: "epochs", name: "fromStart" },
    { title: "Step norm", table: "steps", name: "stepNorm", log: true },
  ];

  /** Problems, their methods, the runs of those. */
  let index = [];

  const keyOf = (problem, method) => `${problem.slug}~${method.slug}`;
  const seedsText = (method) => {
    const seeds = Object.keys(method.runs);
    return seeds.length === 1 ? `seed ${seeds[0]}` : `all ${seeds.length} seeds`;
  };

  /** What a key of the fragment stands for; null where there is no such thing. */
  function find(key) {
    for (const problem of index) {
      for (const method of problem.methods) {
        const itemOf = (seeds, ids) => {
          const short = `${method.method}, ${seeds}`;
          return { problem, name: `${problem.problem} ${short}`, short, ids };
        };
        if (key === keyOf(problem, method)) {
          const { calls, steady } = method;
          return { ...itemOf(seedsText(method), Object.values(method.runs)), calls, steady };
        }
        const [seed] = Object.entries(method.runs).find(([, id]) => id === key) ?? [];
        if (seed !== undefined) return itemOf(`seed ${seed}`, [key]);
      }
    }
    return null;
  }

  /** Keys of the fragment, each once. */
  function keys() {
    const text = location.hash.slice(1);
    try {
      return [...new Set(decodeURIComponent(text).split(",").filter(Boolean))];
    } catch {
      return [text];
    }
  }

  const choose = (all) => location.hash = [...new Set(all)].map(encodeURIComponent).join(",");

  /** An item with its runs; those of a single run come to what its own script says. */
  async function loaded(item) {
    const all = (await Promise.all(item.ids.map(runs.load))).filter((run) => run?.record);
    const [{ calls, steady } = {}] = all;
    return { calls, steady, ...item, runs: all };
  }

  /** A column of an item on a grid of gradient calls: of several seeds their median, with a band. */
  function lineOf({ runs: all, label, number, line }, { table, name }, grid) {
    const columns = all.flatMap(({ record }) => {
      const column = record.curve[table][name];
      return column ? [curves.onGrid(curves.timesOf(record, "gradientCalls")[table], column, grid)] : [];
    });
    if (columns.length === 0) return [];
    const end = Math.max(...all.map(({ record }) => record.gradientCalls));
    const within = (column) => column.map((value, place) => grid[place] > end ? null : value);
    const { median, least, greatest } = curves.bandOf(columns);
    const band = columns.length > 1 ? { least: within(least), greatest: within(greatest) } : undefined;
    return [{ label, name: `${number}:`, line, values: within(median), band }];
  }

  /** Thresholds of all items, each once. */
  function levelsOf(items, field) {
    const all = new Set(items.flatMap((item) => item.runs.map(({ record }) => record.config[field])));
    return [...all].map((at) => ({ at, label: `threshold ${at}` }));
  }

  function chartsOf(items) {
    const times = items.flatMap((item) => item.runs.map(({ record }) => record.curve.epochs.gradientCalls));
    const ends = items.flatMap((item) => item.runs.map(({ record }) => record.gradientCalls));
    const range = [Math.min(...times.map((own) => own.find((time) => time > 0) ?? 1)), Math.max(...ends)];
    const grid = curves.gridOf(...range, PLACES);
    const marks = items.flatMap(({ calls, number, line }) =>
      calls[1]?.["="] === undefined ? [] : [{ at: calls[1]["="], label: `${number}`, line }]
    );
    return CHARTS.map(({ threshold, ...chart }) => ({
      ...chart,
      time: "gradient calls",
      xs: grid,
      range,
      marks,
      levels: threshold ? levelsOf(items, threshold) : [],
      lines: items.flatMap((item) => lineOf(item, chart, grid)),
    }));
  }

  function showTable(items) {
    const [first] = items;
    element("table").tBodies[0].replaceChildren(...items.map((item) => {
      const [memorised, generalised, sustained] = item.calls.map(numbers.calls);
      const ratio = item === first ? numbers.NOTHING : numbers.ratio(first.calls[1], item.calls[1]);
      const cells = [memorised, generalised, sustained, numbers.percent(item.steady), ratio];
      const head = make("th", { scope: "row" }, `${item.number}: ${item.name}`);
      return make("tr", {}, head, ...cells.map((cell) => make("td", {}, cell)));
    }));
  }

  /** Takes an item out; who does so by keyboard goes on with the next one. */
  function remove(key) {
    const all = keys();
    const at = all.indexOf(key);
    choose(all.filter((each) => each !== key));
    addEventListener("compared", () => {
      const buttons = element("items").querySelectorAll("button");
      (buttons[Math.min(at, buttons.length - 1)] ?? element("problem")).focus();
    }, { once: true });
  }

  /** An entry of the list: what is drawn, or a key that is not. */
  function entryOf({ key, name = key, number, line, ids }) {
    const button = make("button", { type: "button" }, "×");
    button.setAttribute("aria-label", `Remove ${name}`);
    button.addEventListener("click", () => remove(key));
    if (number === undefined) return make("li", {}, `${name}: not shown`, button);
    const text = ids.length === 1 ? make("a", { href: `run.html#${key}` }, name) : name;
    const { colour, dash } = plots.LINES[line];
    return make("li", {}, plots.swatch(colour, dash), make("span", {}, `${number}: `, text), button);
  }

  /** What a reader has to be told beside the list. */
  function statusOf(entries, items) {
    const lines = entries.flatMap(({ key, name, ids, runs: all }) => {
      if (!ids) return [`There is no ${runs.isId(key) ? "run" : "cell"} ${key} here.`];
      if (!all || all.length === ids.length) return [];
      return [`Of ${name}, ${ids.length - all.length} of ${ids.length} runs cannot be read.`];
    });
    if (entries.filter(({ ids }) => ids).length > MOST) lines.push(`Only the first ${MOST} are shown.`);
    if (items.length === 0) lines.push("Add two to four runs or cells: of a cell the median over its seeds is drawn.");
    if (items.length === 1) lines.push("Add another one to compare it with.");
    return lines.join(" ");
  }

  /** What is drawn has a number, a line, and a label that names its problem where there are several. */
  function numbered(loaded) {
    const isOne = new Set(loaded.map(({ problem }) => problem)).size === 1;
    return loaded.map((item, line) => {
      const number = line + 1;
      return { ...item, line, number, label: `${number}: ${isOne ? item.short : item.name}` };
    });
  }

  let asked = 0;

  async function show() {
    const mine = ++asked;
    const named = keys().map((key) => ({ key, ...find(key) }));
    const chosen = named.filter(({ ids }) => ids).slice(0, MOST);
    const read = new Map((await Promise.all(chosen.map(loaded))).map((item) => [item.key, item]));
    // Another fragment may have come meanwhile.
    if (mine !== asked) return;
    const items = numbered([...read.values()].filter((item) => item.runs.length > 0));
    for (const item of items) read.set(item.key, item);
    const entries = named.map((each) => read.get(each.key) ?? each);
    element("items").replaceChildren(...entries.map(entryOf));
    element("status").textContent = statusOf(entries, items);
    element("picker").querySelector("button").disabled = chosen.length >= MOST;
    for (const id of ["curves", "result"]) element(id).hidden = items.length === 0;
    plots.show(element("charts"), items.length > 0 ? chartsOf(items) : []);
    showTable(items);
    dispatchEvent(new Event("compared"));
  }

  /** The methods of the chosen problem: all of the seeds of each, and one by one. */
  function fillChoice() {
    const problem = index[element("problem").selectedIndex];
    element("choice").replaceChildren(...problem.methods.map((method) => {
      const seeds = Object.entries(method.runs);
      const single = seeds.map(([seed, id]) => make("option", { value: id }, `${method.method}, seed ${seed}`));
      const cell = make("option", { value: keyOf(problem, method) }, `${method.method}, ${seedsText(method)}`);
      return make("optgroup", { label: method.method }, ...(seeds.length > 1 ? [cell] : []), ...single);
    }));
  }

  // What the index calls.
  globalThis.showIndex = (problems) => {
    index = problems;
    element("problem").replaceChildren(...index.map(({ problem }) => make("option", {}, problem)));
    const first = keys().map(find).find(Boolean);
    if (first) element("problem").selectedIndex = index.indexOf(first.problem);
    fillChoice();
    element("problem").addEventListener("change", fillChoice);
    element("picker").addEventListener("submit", (event) => {
      event.preventDefault();
      choose([...keys(), element("choice").value]);
    });
    addEventListener("hashchange", show);
    show();
  };
})();
