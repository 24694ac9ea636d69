import { markdownTable } from "markdown-table";
import { catalogue } from "../../bench/mod.ts";
import { type Command, EXIT } from "../../src/commands/command.ts";
import { mainOfOne } from "../../src/commands/shell.ts";
import { UsageError } from "../../src/errors.ts";
import { assertWritable, writeAtomically } from "../../src/files.ts";
import { measured } from "./child.ts";
import { type Growth, growthOf, LINEAR, ownKiB, type Point } from "./growth.ts";
import { HELP, parseOptions } from "./options.ts";
import { cellsFor } from "./plan.ts";
import { making, stages } from "./stages.ts";

const integer = (x: number): string => Math.round(x).toLocaleString("en-US");

/** What was measured, one line a stage and number of records. */
export function costTable(points: readonly Point[]): string {
  const row = (point: Point) => {
    const { stage, records, seconds, processorSeconds, peakKiB } = point;
    return [
      stage,
      integer(records),
      seconds.toFixed(2),
      processorSeconds.toFixed(2),
      integer(1e6 * seconds / records),
      integer(peakKiB / 1024),
      (ownKiB(point) / records).toFixed(1),
    ];
  };
  return markdownTable([
    ["what", "records", "s", "processor s", "µs a record", "peak MiB", "own KiB a record"],
    ...points.map(row),
  ], { align: ["l", "r", "r", "r", "r", "r", "r"] });
}

/** One line a stage: whether a record costs more where there are more. */
export const growthLine = ({ stage, seconds, memory, grows }: Growth): string =>
  `${stage}: time grows as records^${seconds.toFixed(2)}, memory as records^${memory.toFixed(2)}: ${
    grows ? `more than linear (above ${LINEAR})` : "no more than linear"
  }`;

/** What was measured, and what could not be. */
interface Found {
  readonly points: Point[];
  readonly failures: string[];
}

/** Every stage with so many records, in a folder that goes afterwards. */
async function measureAll(records: number, signal: AbortSignal, { points, failures }: Found): Promise<void> {
  const root = Deno.makeTempDirSync({ prefix: "driven-hunt-scale-" });
  try {
    for (const stage of [making, ...stages]) {
      console.error(`${integer(records)} records: ${stage.id}: ${stage.summary}`);
      const cost = await measured(stage, cellsFor(records), root, signal);
      if ("failed" in cost) failures.push(`${stage.id} of ${integer(records)} records: ${cost.failed}`);
      else if (stage !== making) points.push({ stage: stage.id, records, ...cost });
      if (signal.aborted || (stage === making && "failed" in cost)) break;
    }
  } finally {
    Deno.removeSync(root, { recursive: true });
  }
}

/** Does some work until it is done, or whoever started it wants it to stop. */
async function untilStopped(work: (signal: AbortSignal) => Promise<void>): Promise<void> {
  const stopping = new AbortController();
  const stop = () => stopping.abort();
  for (const signal of ["SIGINT", "SIGTERM"] as const) Deno.addSignalListener(signal, stop);
  try {
    await work(stopping.signal);
  } finally {
    for (const signal of ["SIGINT", "SIGTERM"] as const) Deno.removeSignalListener(signal, stop);
  }
}

async function run(args: readonly string[]): Promise<number> {
  const { records, json } = parseOptions(args);
  if (json !== null) assertWritable("--json", json);
  const found: Found = { points: [], failures: [] };
  await untilStopped(async (signal) => {
    for (const number of records) if (!signal.aborted) await measureAll(number, signal, found);
  });
  const { points, failures } = found;
  console.log(costTable(stages.flatMap(({ id }) => points.filter(({ stage }) => stage === id))));
  const growth = growthOf(points);
  for (const each of growth) console.log(growthLine(each));
  if (json !== null) writeAtomically(json, JSON.stringify({ points, growth, failures }, null, 1) + "\n");
  if (failures.length) throw new UsageError(`bench:scale: not everything was measured: ${failures.join("; ")}`);
  return EXIT.ok;
}

export const scale: Command = {
  name: "bench:scale",
  summary: "what planning and judging of thousands of runs cost",
  help: HELP,
  run,
};

if (import.meta.main) await mainOfOne(scale, Deno.args, catalogue);
