// What is shown of the boards, and in which order: kept in the address, so that a view can be sent to someone.

/** Numbers before texts; what has nothing to sort by stays last in both directions. */
function compare(a, b, sign) {
  if (a === "" || b === "") return (a === "") - (b === "");
  const [x, y] = [Number(a), Number(b)];
  if (!Number.isNaN(x) && !Number.isNaN(y)) return sign * (x - y);
  return sign * a.localeCompare(b);
}

/** Boards with their rows in the order of the page: that of ranks, rows without one in the order of their times. */
const boards = [...document.querySelectorAll("table.board")].map((table) => ({ table, rows: [...table.tBodies] }));
const tools = document.getElementById("tools");
const headsOf = (table) => [...table.tHead.rows[0].cells];
const nameOf = (head) => head.textContent.trim();

/** What a cell is sorted by: what it says, or the number that it begins with; "" is nothing. */
function keyOf({ dataset, firstChild }) {
  if (dataset.sort !== undefined) return dataset.sort;
  const text = firstChild.textContent;
  return /^\d/.test(text) ? String(Number.parseFloat(text.replaceAll(",", ""))) : "";
}

function sortBoard({ table, rows }, { sort, descending }) {
  const heads = headsOf(table);
  const column = heads.findIndex((head) => nameOf(head) === sort);
  for (const [i, head] of heads.entries()) {
    head.setAttribute("aria-sort", i !== column ? "none" : descending ? "descending" : "ascending");
  }
  const key = (body) => keyOf(body.rows[0].cells[column]);
  const sign = descending ? -1 : 1;
  table.append(...rows.toSorted((a, b) => compare(key(a), key(b), sign)));
}

function showColumns({ table, rows }, columns) {
  const isShown = (head) => nameOf(head) === "algorithm" || columns.has(nameOf(head));
  for (const [i, head] of headsOf(table).entries()) {
    head.hidden = !isShown(head);
    for (const body of rows) body.rows[0].cells[i].hidden = head.hidden;
  }
}

function showRows({ rows }, roles) {
  for (const body of rows) body.hidden = !roles.has(body.dataset.role);
}

/** A row may be named in the address in place of a state. */
const named = location.hash.includes("=") ? null : decodeURIComponent(location.hash.slice(1));

const boxes = (name) => [...tools.elements[name]];
const chosen = (name) => boxes(name).filter((box) => box.checked).map((box) => box.value);

/** What the page comes with. */
const initial = tools && { roles: chosen("role"), columns: chosen("column"), sort: tools.elements.sort.value };

/** The state in the address: only what differs from the page as it comes. */
function addressOf({ roles, columns, sort, descending }) {
  const state = new URLSearchParams();
  if (roles.length !== initial.roles.length) state.set("rows", roles.join(","));
  if (columns.join() !== initial.columns.join()) state.set("columns", columns.join(","));
  if (sort !== initial.sort) state.set("sort", sort);
  if (descending) state.set("descending", "1");
  return String(state);
}

function apply() {
  const state = {
    roles: chosen("role"),
    columns: chosen("column"),
    sort: tools.elements.sort.value,
    descending: tools.elements.descending.checked,
  };
  for (const board of boards) {
    showRows(board, new Set(state.roles));
    showColumns(board, new Set(state.columns));
    sortBoard(board, state);
  }
  const address = addressOf(state);
  if (!named && location.hash.slice(1) !== address) history.replaceState(null, "", `#${address}`);
}

/** Sets the form to what the address says; what it does not know is left as it is. */
function restore() {
  const state = new URLSearchParams(location.hash.slice(1));
  const set = (name, values) => {
    for (const box of boxes(name)) box.checked = values.includes(box.value);
  };
  if (state.has("rows")) set("role", state.get("rows").split(","));
  if (state.has("columns")) set("column", state.get("columns").split(","));
  const sorts = [...tools.elements.sort.options].map(({ value }) => value);
  if (sorts.includes(state.get("sort"))) tools.elements.sort.value = state.get("sort");
  tools.elements.descending.checked = state.has("descending");
}

function sortOnClick(head) {
  head.querySelector("button").addEventListener("click", () => {
    tools.elements.descending.checked = head.getAttribute("aria-sort") === "ascending";
    tools.elements.sort.value = nameOf(head);
    apply();
  });
}

function toggle(button) {
  const runs = document.getElementById(button.getAttribute("aria-controls"));
  runs.hidden = !runs.hidden;
  button.setAttribute("aria-expanded", String(!runs.hidden));
}

const openOnClick = (button) => button.addEventListener("click", () => toggle(button));

/** The row that the address names, as links from the first page do. */
function openNamed() {
  const runs = named ? document.getElementById(named) : null;
  if (!runs?.classList.contains("runs")) return;
  toggle(document.querySelector(`[aria-controls="${CSS.escape(named)}"]`));
  runs.closest("tbody").scrollIntoView({ block: "center" });
}

if (tools) {
  tools.hidden = false;
  restore();
  apply();
  tools.addEventListener("change", apply);
  tools.addEventListener("submit", (event) => event.preventDefault());
  boards.flatMap(({ table }) => headsOf(table)).forEach(sortOnClick);
}
document.querySelectorAll("button.open").forEach(openOnClick);
openNamed();
