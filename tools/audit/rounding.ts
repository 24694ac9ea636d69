import { resolve as resolvePath } from "node:path";
import { markdownTable } from "markdown-table";
import { catalogue } from "../../bench/mod.ts";
import { benchIn } from "../../src/commands/blessed.ts";
import { type Command, EXIT } from "../../src/commands/command.ts";
import { mainOfOne } from "../../src/commands/shell.ts";
import { UsageError } from "../../src/errors.ts";
import { writeAtomically } from "../../src/files.ts";
import { readArchive } from "../../src/run/record/archive.ts";
import type { RunRecord } from "../../src/run/record/record.ts";
import { cellText } from "../../src/table/cell.ts";
import { tableOf } from "../../src/table/table.ts";
import { NOTHING } from "../../src/text.ts";
import { keptRecords } from "../kept.ts";
import { correlationOf, type Kept, keptBy, medianRatio, type RoundedCell, roundedCell } from "./rounding_pairs.ts";
import { inCopy, snapshot } from "./tree.ts";

const HELP = `Run expected runs again with another rounding of each step: how much of its time does a seed keep?

Usage: deno task gate:rounding [options of bench]

      --results DIR        folder of these runs; what is there is not run again (default: results/.rounding)
      --no-runs            only say what the runs that are there show
      --json FILE          write the pairs as JSON (tools/audit/rounding.json is what gate:audit takes)
  -h, --help

The others, e.g. -p quick -c add97 -s 0..3 -j 2, say which runs, as in 'deno task bench'. They are made by a copy of the
project in which m̂/(√v̂+ε) is (m/(√v̂+ε))/(1−β₁ᵗ): the same but for the last bit, as after many a harmless edit.
Exit codes: 0 ok, 2 bad usage or failed runs.`;

/** What is edited in the copy: two operations of Adam in another order. */
export const REORDERED = {
  id: "rounding",
  what: "Adam's bias correction comes after the division",
  edit: {
    file: "src/algorithms/transform.ts",
    find: "tf.div(tf.mul(m, clock.firstCorrection), denominator)",
    replace: "tf.mul(tf.div(m, denominator), clock.firstCorrection)",
  },
};

interface Request {
  readonly results: string;
  readonly runs: boolean;
  readonly file: string | null;
  readonly bench: readonly string[];
}

/** Options of this command, and the others, for `bench`. @throws {UsageError} */
function requestOf(args: readonly string[]): Request {
  const rest: string[] = [];
  const own: Record<string, string> = {};
  for (let i = 0; i < args.length; i++) {
    const [, name, value] = /^--(results|json)(?:=(.*))?$/.exec(args[i]) ?? [];
    if (!name) {
      rest.push(args[i]);
      continue;
    }
    own[name] = value ?? args[++i] ?? "";
    if (!own[name]) throw new UsageError(`--${name} needs a value`);
  }
  return {
    results: resolvePath(own.results ?? "results/.rounding"),
    runs: !rest.includes("--no-runs"),
    file: own.json ?? null,
    bench: rest.filter((arg) => arg !== "--no-runs"),
  };
}

/** @returns whether all of the runs are there */
async function runAgain({ results, bench }: Request): Promise<boolean> {
  const base = snapshot();
  try {
    const args = [...bench, "--results", results, "--no-gate", "--no-canaries"];
    return await inCopy(base, REORDERED, (root) => benchIn(root, args)) === "as it should";
  } finally {
    Deno.removeSync(base, { recursive: true });
  }
}

/** Runs of a folder beside those of the repository, cell by cell; cells that nothing is expected of are left out. */
export function cellsBeside(again: readonly RunRecord[], expected: readonly RunRecord[]): RoundedCell[] {
  const known = new Map(tableOf(catalogue, expected).rows.map(({ cell, records }) => [cell.key, records]));
  return tableOf(catalogue, again).rows.flatMap(({ cell, records }) => {
    const own = known.get(cell.key);
    return own ? [roundedCell({ cell: cellText(cell), case: cell.case }, own, records)] : [];
  }).filter(({ pairs, onlyOne }) => pairs.length + onlyOne.length > 0);
}

const number = (x: number | null | undefined, digits = 2) =>
  x === null || x === undefined ? NOTHING : x.toFixed(digits);

const row = (what: string, kept: Kept | null, r: number | null, ratio: number | null, onlyOne: number) => [
  what,
  kept ? `${kept.pairs}` : NOTHING,
  number(kept?.seeds),
  number(kept?.difference),
  number(kept?.share),
  number(r),
  number(ratio),
  onlyOne ? `${onlyOne}` : NOTHING,
];

/** One line a cell, then one a case. */
export function roundingMarkdown(cells: readonly RoundedCell[]): string {
  const all = [...Map.groupBy(cells, (each) => each.case)];
  const lost = (of: readonly RoundedCell[]) => of.reduce((sum, { onlyOne }) => sum + onlyOne.length, 0);
  return markdownTable([
    ["cell", "pairs", "s, seeds", "s, difference", "share of the seed", "r", "median ratio", "only one got there"],
    ...cells.map((cell) => row(cell.cell, keptBy([cell]), correlationOf(cell), medianRatio(cell), cell.onlyOne.length)),
    ...all.map(([id, own]) => row(`**${id}, pooled**`, keptBy(own), null, null, lost(own))),
  ], { align: ["l", "r", "r", "r", "r", "r", "r", "r"] });
}

async function run(args: readonly string[]): Promise<number> {
  const request = requestOf(args);
  if (request.runs && !await runAgain(request)) {
    throw new UsageError("gate:rounding: not all runs are there, see above");
  }
  const { records, rejected } = readArchive(request.results, catalogue);
  if (rejected.length) throw new UsageError(`gate:rounding: ${rejected[0]}`);
  const cells = cellsBeside(records, keptRecords(...catalogue.profiles.map(({ id }) => id)));
  if (cells.length === 0) throw new UsageError(`gate:rounding: no run in ${request.results} is of an expected cell`);
  console.log(roundingMarkdown(cells));
  if (request.file) writeAtomically(request.file, JSON.stringify(cells, null, 1) + "\n");
  return EXIT.ok;
}

export const rounding: Command = {
  name: "gate:rounding",
  summary: "run expected runs again with another rounding: how much of its time a seed keeps",
  help: HELP,
  run,
};

if (import.meta.main) await mainOfOne(rounding, Deno.args, catalogue);
