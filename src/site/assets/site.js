// Theme, sorting and opening of rows. Without it every page can still be read.

function setUpTheme() {
  const button = document.getElementById("theme");
  const root = document.documentElement;
  const dark = () =>
    (root.dataset.theme ?? (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light")) === "dark";
  const name = () => button.textContent = dark() ? "Light theme" : "Dark theme";
  button.hidden = false;
  name();
  button.addEventListener("click", () => {
    root.dataset.theme = dark() ? "light" : "dark";
    name();
    try {
      localStorage.setItem("theme", root.dataset.theme);
    } catch { /* It holds for this page then. */ }
  });
}

/** Numbers before texts; what has nothing to sort by stays last in both directions. */
function compare(a, b, sign) {
  if (a === "" || b === "") return (a === "") - (b === "");
  const [x, y] = [Number(a), Number(b)];
  if (!Number.isNaN(x) && !Number.isNaN(y)) return sign * (x - y);
  return sign * a.localeCompare(b);
}

function sortBy(table, column, sign) {
  const key = (body) => body.rows[0].cells[column].dataset.sort ?? body.rows[0].cells[column].textContent.trim();
  const bodies = [...table.tBodies].sort((a, b) => compare(key(a), key(b), sign));
  table.append(...bodies);
}

function setUpSorting(table) {
  const heads = [...table.tHead.rows[0].cells];
  heads.forEach((head, column) => {
    head.querySelector("button")?.addEventListener("click", () => {
      const descending = head.getAttribute("aria-sort") === "ascending";
      for (const other of heads) other.setAttribute("aria-sort", "none");
      head.setAttribute("aria-sort", descending ? "descending" : "ascending");
      sortBy(table, column, descending ? -1 : 1);
    });
  });
}

function setUpOpening(button) {
  button.addEventListener("click", () => {
    const runs = document.getElementById(button.getAttribute("aria-controls"));
    runs.hidden = !runs.hidden;
    button.setAttribute("aria-expanded", String(!runs.hidden));
  });
}

setUpTheme();
document.querySelectorAll("table.board").forEach(setUpSorting);
document.querySelectorAll("button.open").forEach(setUpOpening);
