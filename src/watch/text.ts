import { printable } from "../errors.ts";
import { duration, integer, NOTHING } from "../text.ts";
import { type Range, spark } from "../report/spark.ts";
import { lastOf } from "../run/trajectory.ts";
import type { RunFinished, RunName, RunUnderWay, Snapshot } from "./view.ts";

/** Room that there is; null rows: as many as it takes. */
export interface Room {
  readonly columns: number;
  readonly rows: number | null;
}

/** Lines that a run takes, and lines that are kept for what stands around the runs. */
const RUN_LINES = 4;
const OTHER_LINES = 6;
const FEWEST_FINISHED = 3;

/** Characters of a line about two quantities that are not sparklines: two of `  ‖x‖   123.4 `. */
const AROUND = 30;
const [NARROWEST, WIDEST] = [4, 40];

const ACCURACY: Range = [0, 1];

const accuracy = (x: number | null) => x === null ? NOTHING : x.toFixed(3);
const norm = (x: number | null) => x === null ? NOTHING : x >= 1000 ? integer(x) : x.toPrecision(3);

const nameText = ({ case: id, variant, method, seed }: RunName) =>
  [id, variant, method, `seed ${seed}`].filter(Boolean).join(" ");

/** `1:02 ago`; clocks that disagree about the future say `0 s ago`. */
const ago = (then: number, now: number) => `${duration(Math.max(0, now - then) / 1000)} ago`;

const clipped = (line: string, columns: number) => line.length > columns ? `${line.slice(0, columns - 1)}…` : line;

/** One quantity: its name, its last value and its history. */
function quantity(name: string, value: string, history: string): string {
  return `  ${name.padEnd(5)} ${value.padStart(6)} ${history}`;
}

function milestones({ memorised, generalised }: Pick<RunFinished, "memorised" | "generalised">): string {
  const at = (epoch: number | null) => epoch === null ? NOTHING : integer(epoch);
  return `memorised ${at(memorised)}, generalised ${at(generalised)}`;
}

function runLines(run: RunUnderWay, now: number, { columns }: Room): string[] {
  const { epochs, distances, name, epoch, maxEpochs, phase } = run;
  const width = Math.min(WIDEST, Math.max(NARROWEST, Math.floor((columns - AROUND) / 2)));
  const of = (column: string) => epochs[column] ?? [];
  const ofAccuracy = (label: string, column: string) =>
    quantity(label, accuracy(lastOf(of(column))), spark(of(column), width, ACCURACY));
  const place = [
    `epoch ${integer(epoch)}${maxEpochs === null ? "" : `/${integer(maxEpochs)}`}`,
    phase,
    milestones(run),
    `saved ${ago(run.savedAt, now)}`,
  ];
  const weightNorm = quantity("‖x‖", norm(lastOf(of("weightNorm"))), spark(of("weightNorm"), width));
  const hunt = distances && quantity("d", norm(lastOf(distances.distance)), spark(distances.distance, width));
  return [
    nameText(name),
    `  ${place.filter(Boolean).join("  ")}`,
    ofAccuracy("train", "trainAccuracy") + ofAccuracy("test", "testAccuracy"),
    weightNorm + (hunt ?? ""),
  ];
}

/** The name stands last: it may be long, and is what is cut. */
const finishedLine = (run: RunFinished, now: number) =>
  `  ${ago(run.finishedAt, now)}  ${run.status}: ${milestones(run)}  ${nameText(run)}`;

/** How many runs and finished ones there is room for: runs come first. */
function shares({ underWay, finished }: Snapshot, { rows }: Room): { runs: number; last: number } {
  if (rows === null) return { runs: underWay.length, last: finished.length };
  const kept = Math.min(FEWEST_FINISHED, finished.length);
  const runs = Math.max(1, Math.min(underWay.length, Math.floor((rows - OTHER_LINES - kept) / RUN_LINES)));
  return { runs, last: Math.max(0, Math.min(finished.length, rows - OTHER_LINES - RUN_LINES * runs)) };
}

const plural = (n: number, what: string) => `${n} ${what}${n === 1 ? "" : "s"}`;

function title({ underWay, results }: Snapshot): string {
  if (underWay.length) return `${plural(underWay.length, "run")} under way in ${results}`;
  return `Nothing is under way in ${results}: start 'deno task bench'; a run appears with its first checkpoint, ` +
    `after about 30 s.`;
}

/** What a person at a terminal sees of a snapshot at `now`: lines that end where the room does. */
export function text(snapshot: Snapshot, now: number, room: Room): string {
  const { underWay, still, finished, passedOver } = snapshot;
  const { runs, last } = shares(snapshot, room);
  const lines = underWay.slice(0, runs).flatMap((run) => runLines(run, now, room));
  const hidden = underWay.length - runs;
  if (hidden > 0) lines.push(`… and ${hidden} more: choose some with --case or --algorithm`);
  if (still.length) {
    const newest = Math.max(...still.map(({ savedAt }) => savedAt));
    const whose = `${plural(still.length, "unfinished run")} not under way`;
    lines.push(`${whose}, last saved ${ago(newest, now)}: give the same bench command again to go on`);
  }
  if (passedOver.length) lines.push(`${plural(passedOver.length, "file")} passed over, unreadable: ${passedOver[0]}`);
  if (last) lines.push("Finished last", ...finished.slice(0, last).map((run) => finishedLine(run, now)));
  const rest = lines.map((line) => clipped(printable(line), room.columns));
  // The first line says what to do, and is let wrap.
  return [title(snapshot), ...rest].join("\n");
}
