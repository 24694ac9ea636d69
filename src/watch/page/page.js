import { drawCurves } from "./curves.js";
import { accuracy, epochs, fillTable, last, nameOf, norm, NOTHING, since } from "./table.js";

const at = (id) => document.getElementById(id);

/** Sets a text only where it changes, so that a live region speaks no more than it must. */
const say = (node, line) => {
  if (node.textContent !== line) node.textContent = line;
};

const NOW = [
  ["epoch", (run) => run.maxEpochs === null ? epochs(run.epoch) : `${epochs(run.epoch)} / ${epochs(run.maxEpochs)}`],
  ["phase", (run) => run.phase ?? NOTHING],
  ["train accuracy", (run) => accuracy(last(run.epochs.trainAccuracy))],
  ["test accuracy", (run) => accuracy(last(run.epochs.testAccuracy))],
  ["norm ‖x‖", (run) => norm(last(run.epochs.weightNorm))],
  ["distance d", (run) => norm(run.distances && last(run.distances.distance))],
  ["memorised", (run) => epochs(run.memorised)],
  ["generalised", (run) => epochs(run.generalised)],
  ["saved", (run) => since(run.savedAt)],
];

const FINISHED = [
  ["status", (run) => run.status],
  ["memorised", (run) => epochs(run.memorised)],
  ["generalised", (run) => epochs(run.generalised)],
  ["finished", (run) => since(run.finishedAt)],
];

const counted = (n, what) => `${n} ${what}${n === 1 ? "" : "s"}`;

function statusOf({ underWay, results }) {
  return underWay.length ? `${counted(underWay.length, "run")} under way in ${results}.` : (
    `Nothing is under way in ${results}: start 'deno task bench'; a run appears with its first checkpoint, after about 30 s.`
  );
}

/** What else a person may have to do something about. */
function hintOf({ still, passedOver }) {
  const lines = [];
  if (still.length) {
    const newest = since(Math.max(...still.map(({ savedAt }) => savedAt)));
    lines.push(
      `${
        counted(still.length, "unfinished run")
      } not under way, last saved ${newest}: give the same bench command again to go on.`,
    );
  }
  if (passedOver.length) lines.push(`${counted(passedOver.length, "file")} passed over, unreadable: ${passedOver[0]}`);
  return lines.join(" ");
}

let state = null;

/** Texts and tables: again every second, because ages count on. */
function write() {
  if (!state) return;
  const { underWay, finished } = state;
  say(at("hint"), hintOf(state));
  fillTable(at("now"), NOW, underWay);
  fillTable(at("finished"), FINISHED, finished, ({ id }) => `/run.html#${id}`);
}

function show() {
  const { underWay, finished } = state;
  say(at("status"), statusOf(state));
  for (const id of ["now", "curves"]) at(id).closest("section").hidden = underWay.length === 0;
  at("finished").closest("section").hidden = finished.length === 0;
  write();
  drawCurves(at("curves"), underWay.map((run) => ({ ...run, title: nameOf(run) })));
}

/** A browser comes back by itself when a stream ends, and not when it is turned away. */
function connect() {
  const events = new EventSource("/events");
  events.addEventListener("state", ({ data }) => {
    state = JSON.parse(data);
    show();
  });
  events.addEventListener("open", () => state && say(at("status"), statusOf(state)));
  events.addEventListener("error", () => {
    say(at("status"), "The connection is lost: is 'deno task watch --serve' still running? Trying again …");
    if (events.readyState === EventSource.CLOSED) setTimeout(connect, 5000);
  });
}

connect();
setInterval(write, 1000);
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
  at("curves").replaceChildren();
  if (state) show();
});
