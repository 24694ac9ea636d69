import { markdownTable } from "markdown-table";
import type { Row, Timing } from "./duel.ts";
import type { WorkerCost } from "./worker_cost.ts";

const HEADER = ["case", "what", "engine", "ms", "GFLOP/s", "of limit", "peer", "peer ms", "ratio"];
const ALIGN = ["l", "l", "l", "r", "r", "r", "l", "r", "r"];

/** A median with its quartiles. */
function spread(ms: number, quartiles: readonly [number, number]): string {
  const digits = ms < 10 ? 2 : 1;
  const [low, high] = quartiles.map((quartile) => quartile.toFixed(digits));
  return `${ms.toFixed(digits)} (${low}–${high})`;
}

const cells = ({ peer, ratio, ...row }: Row): string[] => [
  row.case,
  row.what,
  row.lanes > 1 ? `${row.engine}, ${row.lanes} at once` : row.engine,
  spread(row.medianMs, row.quartilesMs),
  row.gflops.toFixed(1),
  `${(100 * row.ofLimit).toFixed(0)} %`,
  peer ?? "",
  row.peerMedianMs === null ? "" : spread(row.peerMedianMs, row.peerQuartilesMs!),
  ratio?.toFixed(2) ?? "",
];

/** The rows as a Markdown table, readable as it is in a terminal. */
export const table = (rows: readonly Row[]): string => markdownTable([HEADER, ...rows.map(cells)], { align: ALIGN });

/** One line on what a worker of a case costs besides its steps. */
export function costLine(id: string, { compileMs, firstStepMs, peakMegabytes }: WorkerCost): string {
  const [evaluation, step] = compileMs.map((ms) => `${(ms / 1000).toFixed(2)} s`);
  const start = `${(firstStepMs / 1000).toFixed(2)} s`;
  return `${id} worker: compiles the step in ${step}, the evaluation in ${evaluation}; first step done ${start} after ` +
    `its start; peak memory ${peakMegabytes.toFixed(0)} MB`;
}

/** Below this share of a core a time is mostly that of other processes. */
const QUIET = 0.9;

/** What to think of times that other processes disturbed; null where none did. */
export function loadLine({ row, load }: Timing): string | null {
  // Of what waits for a device nobody can tell.
  if (load.engine === null || Math.min(load.engine, load.peer ?? 1) >= QUIET) return null;
  const percent = (share: number) => `${(100 * share).toFixed(0)} %`;
  const peer = load.peer === null ? "" : `, its peer ${percent(load.peer)}`;
  const ratio = load.cpuRatio === null ? "" : `; in processor time the ratio is ${load.cpuRatio.toFixed(2)}`;
  return `${row.case} ${row.what}: other processes took turns: ${row.engine} had ${
    percent(load.engine)
  } of a core${peer}${ratio}`;
}
