/* global MiniSearch, searchIndex */
// Search over documents, cases and algorithms. What is asked for is in the fragment: #q=censored.

const input = document.getElementById("q");
const results = document.getElementById("results");
const MOST = 20;

async function unpacked(base64) {
  const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  const json = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return MiniSearch.loadJSON(await new Response(json).text(), searchIndex.options);
}

const index = unpacked(searchIndex.packed);

/** All of the words or their beginnings; where nothing has those, words that are nearly so; at last, any of them. */
const ATTEMPTS = [{ combineWith: "AND" }, { combineWith: "AND", fuzzy: 0.2 }, { fuzzy: 0.2 }];

async function found(text) {
  const ready = await index;
  for (const attempt of ATTEMPTS) {
    const all = ready.search(text, { prefix: true, boost: { title: 3 }, ...attempt });
    if (all.length) return all;
  }
  return [];
}

function itemOf({ title, of, href, lead }) {
  const item = document.createElement("li");
  const link = document.createElement("a");
  const detail = document.createElement("span");
  link.href = href;
  link.textContent = title === of ? title : `${of}: ${title}`;
  detail.textContent = lead;
  detail.className = "lead-in";
  item.append(link, detail);
  return item;
}

async function show() {
  const text = input.value.trim();
  const all = text ? await found(text) : [];
  // Another letter may have come meanwhile.
  if (text !== input.value.trim()) return;
  results.replaceChildren(...all.slice(0, MOST).map(itemOf));
  const count = all.length > MOST ? `${MOST} of ${all.length} places` : `${all.length} places`;
  document.getElementById("found").textContent = text ? (all.length ? count : `Nothing has “${text}”.`) : "";
}

function readFragment() {
  const asked = new URLSearchParams(location.hash.slice(1)).get("q");
  if (asked === null || asked === input.value) return;
  input.value = asked;
  show();
}

/** Arrows go from the field through the results and back. */
function move(event) {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!step) return;
  const stops = [input, ...results.querySelectorAll("a")];
  const next = stops[stops.indexOf(document.activeElement) + step];
  if (!next) return;
  event.preventDefault();
  next.focus();
}

function setUp() {
  const form = document.getElementById("search");
  form.hidden = false;
  form.addEventListener("keydown", move);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    results.querySelector("a")?.click();
  });
  input.addEventListener("input", () => {
    history.replaceState(null, "", `#${input.value ? new URLSearchParams({ q: input.value }) : ""}`);
    show();
  });
  addEventListener("keydown", (event) => {
    if (event.key !== "/" || event.target === input) return;
    event.preventDefault();
    input.focus();
  });
  addEventListener("hashchange", readFragment);
  readFragment();
}

setUp();
