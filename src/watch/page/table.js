export const NOTHING = "–";

/** The last number of a column, or null. */
export const last = (column) => column.findLast((x) => x !== null) ?? null;

export const accuracy = (x) => x === null ? NOTHING : x.toFixed(3);
export const epochs = (n) => n === null ? NOTHING : n.toLocaleString("en-US");
export const norm = (x) => x === null ? NOTHING : x >= 1000 ? epochs(Math.round(x)) : x.toPrecision(3);

/** `45 s ago`, `3 min ago`, `2 h ago`. */
export function since(time) {
  const seconds = Math.max(0, Math.round((Date.now() - time) / 1000));
  if (seconds < 60) return `${seconds} s ago`;
  return seconds < 5400 ? `${Math.round(seconds / 60)} min ago` : `${Math.round(seconds / 3600)} h ago`;
}

/** `add139 beta=0.8 adamw seed 0`, of a run under way or a finished one. */
export function nameOf(run) {
  const name = "name" in run ? run.name : run;
  if (name === null) return `run ${run.id}`;
  return [name.case, name.variant, name.method, `seed ${name.seed}`].filter(Boolean).join(" ");
}

function cell(tag, role, text) {
  const node = document.createElement(tag);
  node.setAttribute("role", role);
  node.textContent = text;
  if (role !== "cell") node.scope = role === "rowheader" ? "row" : "col";
  return node;
}

function rowOf(cells) {
  const row = document.createElement("tr");
  row.setAttribute("role", "row");
  row.append(...cells);
  return row;
}

/** The name of a run, which leads to its page where it has one. */
function nameCell(run, addressOf) {
  const node = cell("th", "rowheader", nameOf(run));
  if (!addressOf) return node;
  const link = document.createElement("a");
  link.href = addressOf(run);
  link.textContent = node.textContent;
  node.replaceChildren(link);
  return node;
}

function bodyRow(columns, run, addressOf) {
  const cells = columns.map(([label]) => {
    const node = cell("td", "cell", "");
    // What a card says before the value, where there is no room for columns.
    node.dataset.label = label;
    return node;
  });
  return rowOf([nameCell(run, addressOf), ...cells]);
}

/**
 * Shows one row a run; rows and cells stay where they are, so that nothing that is being read jumps.
 *
 * @param addressOf where the page of a run is, if runs have one
 */
export function fillTable(table, columns, runs, addressOf = null) {
  const [head, body] = [table.tHead, table.tBodies[0]];
  if (!head.rows.length) {
    head.append(rowOf(["run", ...columns.map(([label]) => label)].map((text) => cell("th", "columnheader", text))));
  }
  const ids = runs.map(({ id }) => id).join();
  if (body.dataset.ids !== ids) {
    body.replaceChildren(...runs.map((run) => bodyRow(columns, run, addressOf)));
    body.dataset.ids = ids;
  }
  runs.forEach((run, row) =>
    columns.forEach(([, textOf], column) => {
      const node = body.rows[row].cells[column + 1];
      const text = textOf(run);
      if (node.textContent !== text) node.textContent = text;
    })
  );
}
