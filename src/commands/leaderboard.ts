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
import { outlining } from "../run/record/outline.ts";
import type { Run, RunRecord } from "../run/record/record.ts";
import { cellText } from "../table/cell.ts";
import { madeByOtherCode } from "../table/other_code.ts";
import { type CellRuns, type SampleTable, tableOf } from "../table/table.ts";
import { atThreshold } from "../stats/threshold.ts";
import { type Command, EXIT } from "./command.ts";
import { Exports, flagsOf, helpOf } from "./exports.ts";
import { Flags } from "./flags.ts";
import { opened } from "./plugins.ts";
import { chosenToShow, type Shown, SHOWN_FLAGS, SHOWN_HELP, shownIn } from "./shown.ts";

const HELP = `Print the leaderboard and the fitted laws of records that are there. Trains nothing.

Usage: deno task leaderboard [options]

${SHOWN_HELP}
      --probes             also norms, steadiness, and what the agents do
      --above ACCURACY     crossings of another test accuracy than the cases', told from the curves: --above 0.88,0.9
${helpOf(boardExporters)}
${helpOf(curveExporters)}
  -h, --help

Exit codes: 0 ok, 2 bad usage or no records.`;

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

/**
 * Prints the board of what is shown, and what has to be said of it.
 *
 * @param crossing cells as they are shown, where they are not shown as they are
 */
async function print<R extends Run>(
  catalogue: Catalogue,
  { table, keys }: Shown<R>,
  crossing: ((shown: SampleTable<CellRuns<R>>) => SampleTable<CellRuns<R>>) | null,
): Promise<Board<R>> {
  const crossed = crossing?.(table.only(keys));
  const board = crossed
    ? boardOf(catalogue, crossed, crossed.rows.map(({ cell }) => cell.key))
    : boardOf(catalogue, table, keys);
  console.log(markdown(board.rows));
  for (const line of await strangers(catalogue, board.table.rows)) console.error(line);
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
  catalogue: Catalogue,
  shown: Shown<RunRecord>,
  { thresholds, probes, exports }: OfCurves,
): Promise<Board> {
  const crossing = (cells: SampleTable<CellRuns>) => crossingAt(catalogue, cells, thresholds);
  const board = await print(catalogue, shown, thresholds.length ? crossing : null);
  if (probes) console.log(`${probesMarkdown(board.table.rows)}\n${agentsMarkdown(board.table.rows)}`);
  if (exports.asked) {
    const ranked = new Set(board.rows.map(({ cell }) => cell.key));
    const rows = board.table.rows.filter(({ cell }) => ranked.has(cell.key));
    exports.write({ catalogue, records: rows.flatMap((row) => row.records) });
  }
  return board;
}

async function run(args: readonly string[], builtIn: Catalogue): Promise<number> {
  const flags = new Flags(args, {
    command: "leaderboard",
    strings: [...SHOWN_FLAGS, "above", ...flagsOf(boardExporters), ...flagsOf(curveExporters)],
    booleans: ["probes"],
  });
  const [thresholds, probes] = [thresholdsOf(flags), flags.on("probes")];
  const [catalogue, choice] = await opened(builtIn, chosenToShow(flags));
  const exports = new Exports(boardExporters, flags);
  const curves = new Exports(curveExporters, flags, exports);
  for (const each of [exports, curves]) each.assertWritable(choice.results);
  const shown = <R extends Run>(keep: (record: RunRecord) => R) => shownIn(catalogue, choice, "leaderboard", keep);
  const { rows } = thresholds.length > 0 || probes || curves.asked
    ? await printOfCurves(catalogue, shown((record) => record), { thresholds, probes, exports: curves })
    : await print(catalogue, shown(outlining()), null);
  exports.write(rows);
  return EXIT.ok;
}

export const leaderboard: Command = {
  name: "leaderboard",
  summary: "print the leaderboard and laws of existing records",
  help: HELP,
  run,
};
