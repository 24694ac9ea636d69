import { resolve as resolvePath } from "node:path";
import type { Catalogue } from "../catalogue/catalogue.ts";
import { UsageError } from "../errors.ts";
import { agentsMarkdown } from "../report/agents_markdown.ts";
import { type Board, boardOf } from "../report/board.ts";
import { curveExporters } from "../report/curve_exporters.ts";
import type { Curves } from "../report/curves.ts";
import { boardExporters } from "../report/exporters.ts";
import { lawsMarkdown } from "../report/laws_markdown.ts";
import { markdown } from "../report/markdown.ts";
import { probesMarkdown } from "../report/probes_markdown.ts";
import { type Archive, readArchive } from "../run/record/archive.ts";
import { outlining } from "../run/record/outline.ts";
import type { Run } from "../run/record/record.ts";
import { cellOfTrial, cellText } from "../table/cell.ts";
import { madeByOtherCode } from "../table/other_code.ts";
import { type CellRuns, type SampleTable, tableOf } from "../table/table.ts";
import { atThreshold } from "../stats/threshold.ts";
import type { Trial } from "../run/trial.ts";
import { type Command, EXIT } from "./command.ts";
import { Exports, flagsOf, helpOf } from "./exports.ts";
import { type Chosen, chosen, Flags } from "./flags.ts";
import { planOfRecords } from "./plan.ts";
import { opened } from "./plugins.ts";

const HELP = `Print the leaderboard and the fitted laws of records that are there. Trains nothing.

Usage: deno task leaderboard [options]

  -p, --profile NAME       smoke, quick (default), tuned, tune, study or paper
  -c, --case NAME|FILE     only these cases, with all their records (repeatable, or separated by commas)
  -a, --algorithm NAME|FILE  only these algorithms (likewise)
  -e, --engine NAME        the engine whose records count (default: onnx)
      --results DIR        folder of records, full or compact (default: results); e.g. expected/paper/records
      --probes             also norms, steadiness, and what the agents do
      --above ACCURACY     crossings of another test accuracy than the cases', told from the curves: --above 0.88,0.9
${helpOf(boardExporters)}
${helpOf(curveExporters)}
  -h, --help

All seeds that are there count. Exit codes: 0 ok, 2 bad usage or no records.`;

/**
 * The cells that are shown: those of the profile, and of the cases and algorithms that were asked for all that there are,
 * whether the profile names them or not.
 */
function keysOf(
  catalogue: Catalogue,
  { cases, algorithms }: Chosen,
  plan: readonly Trial[],
  { rows }: SampleTable<CellRuns<Run>>,
): string[] {
  const planned = plan.map((trial) => cellOfTrial(catalogue, trial).key);
  if (cases.length + algorithms.length === 0) return planned;
  const among = (ids: readonly string[], id: string) => ids.length === 0 || ids.includes(id);
  const asked = rows.filter(({ cell }) => among(cases, cell.case) && among(algorithms, cell.algorithm));
  return [...planned, ...asked.map(({ cell }) => cell.key)];
}

/** Cells whose records the code as it is would not make, one line each. */
async function strangers(catalogue: Catalogue, rows: readonly CellRuns<Run>[]): Promise<string[]> {
  const others = await madeByOtherCode(catalogue, rows.flatMap(({ records }) => records));
  const found = rows.filter(({ records }) => records.some(({ id }) => others.has(id)));
  return found.map(({ cell }) =>
    `leaderboard: ${cellText(cell)}: its records were made by code that computes something else`
  );
}

/** `--above 0.88,0.9`. @throws {UsageError} */
function thresholdsOf(flags: Flags): number[] {
  return flags.names("above").map((text) => {
    const threshold = Number(text);
    if (!(threshold > 0 && threshold < 1)) {
      throw new UsageError(`--above '${text}': expected a test accuracy between 0 and 1, e.g. --above 0.88`);
    }
    return threshold;
  });
}

/** The same cells with their crossings at other thresholds, one after the other. */
function crossingAt(
  catalogue: Catalogue,
  table: SampleTable<CellRuns>,
  thresholds: readonly number[],
): SampleTable<CellRuns> {
  const records = table.rows.flatMap((row) => row.records);
  return tableOf(catalogue, thresholds.flatMap((threshold) => records.map((record) => atThreshold(record, threshold))));
}

/** What was asked for. */
interface Request {
  readonly catalogue: Catalogue;
  readonly choice: Chosen;
  readonly profile: string;
  readonly plan: readonly Trial[];
}

/**
 * Prints the board of what a folder holds, and what has to be said of it.
 *
 * @param crossing cells as they are shown, where they are not shown as they are
 */
async function print<R extends Run>(
  { catalogue, choice, profile, plan }: Request,
  { records, rejected }: Archive<R>,
  crossing: ((shown: SampleTable<CellRuns<R>>) => SampleTable<CellRuns<R>>) | null,
): Promise<Board<R>> {
  for (const line of rejected) console.error(line);
  const table = tableOf(catalogue, records.filter(({ engine }) => engine === choice.engine));
  const keys = keysOf(catalogue, choice, plan, table);
  const shown = table.only(keys);
  const crossed = crossing?.(shown);
  const board = crossed
    ? boardOf(catalogue, crossed, crossed.rows.map(({ cell }) => cell.key))
    : boardOf(catalogue, table, keys);
  const hidden = table.rows.length - shown.rows.length;
  if (board.rows.length === 0) {
    throw new UsageError(`leaderboard: no records of profile '${profile}' in ${choice.results}`);
  }
  console.log(markdown(board.rows));
  for (const line of await strangers(catalogue, board.table.rows)) console.error(line);
  if (hidden) {
    console.error(
      `leaderboard: ${hidden} more cells are in ${choice.results}; name their cases, or the files that define them, with -c`,
    );
  }
  for (const { case: id, law, figures } of board.laws) console.log(lawsMarkdown(id, law, figures));
  return board;
}

/** What is read of the curves. */
interface OfCurves {
  readonly thresholds: readonly number[];
  readonly probes: boolean;
  readonly exports: Exports<Curves>;
}

/** The same where the curves tell more than what is kept of a run without them. */
async function printOfCurves(
  request: Request,
  archive: Archive,
  { thresholds, probes, exports }: OfCurves,
): Promise<Board> {
  const { catalogue } = request;
  const crossing = (shown: SampleTable<CellRuns>) => crossingAt(catalogue, shown, thresholds);
  const board = await print(request, archive, thresholds.length ? crossing : null);
  if (probes) console.log(`${probesMarkdown(board.table.rows)}\n${agentsMarkdown(board.table.rows)}`);
  if (exports.asked) {
    const shown = new Set(board.rows.map(({ cell }) => cell.key));
    const rows = board.table.rows.filter(({ cell }) => shown.has(cell.key));
    exports.write({ catalogue, records: rows.flatMap((row) => row.records) });
  }
  return board;
}

async function run(args: readonly string[], builtIn: Catalogue): Promise<number> {
  const flags = new Flags(args, {
    command: "leaderboard",
    plan: ["profile", "case", "algorithm", "engine", "results"],
    strings: ["above", ...flagsOf(boardExporters), ...flagsOf(curveExporters)],
    booleans: ["probes"],
  });
  const [thresholds, probes] = [thresholdsOf(flags), flags.on("probes")];
  const [catalogue, choice] = await opened(builtIn, chosen(flags));
  const { profile, plan } = planOfRecords(catalogue, choice, "every");
  const exports = new Exports(boardExporters, flags);
  const curves = new Exports(curveExporters, flags, exports);
  for (const each of [exports, curves]) each.assertWritable(choice.results);
  const [request, folder] = [{ catalogue, choice, profile, plan }, resolvePath(choice.results)];
  const { rows } = thresholds.length > 0 || probes || curves.asked
    ? await printOfCurves(request, readArchive(folder, catalogue), { thresholds, probes, exports: curves })
    : await print(request, readArchive(folder, catalogue, outlining()), null);
  exports.write(rows);
  return EXIT.ok;
}

export const leaderboard: Command = {
  name: "leaderboard",
  summary: "print the leaderboard and laws of existing records",
  help: HELP,
  run,
};
