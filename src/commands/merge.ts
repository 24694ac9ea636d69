import { join } from "node:path";
import type { Catalogue } from "../catalogue/catalogue.ts";
import { UsageError } from "../errors.ts";
import { isFolder } from "../files.ts";
import { isOwnFolder } from "../run/record/folder.ts";
import { carryOut, type Merge, planMerge } from "../run/record/merge.ts";
import { Store } from "../run/record/store.ts";
import { BLESSED_RUNS } from "./blessed.ts";
import { type Command, EXIT } from "./command.ts";
import { Flags } from "./flags.ts";
import { fromHere } from "./here.ts";

const HELP = `Bring results folders together: what parts of a plan have made, each in a folder of its own.

Usage: deno task merge FROM... --into DIR

  FROM                     results folders; they stay as they are
      --into DIR           folder that their records and checkpoints are copied to; it may have some already
  -h, --help

Copied is what DIR lacks: records, checkpoints of runs that are not at their end, and what the expected code has made
(.blessed). A record that is there with the same outcome stays. Of one run two outcomes (their digests differ) are a
conflict: both are named, and nothing is written at all. Damaged records and links are named and left out.
Exit codes: 0 ok, 2 bad usage, a conflict, or something was left out.`;

/** The folders to bring, in full. @throws {UsageError} */
function foldersOf(flags: Flags): { readonly from: readonly string[]; readonly into: string } {
  const into = flags.path("into");
  const given = flags.arguments;
  if (given.length === 0 || into === null) {
    throw new UsageError("merge needs results folders and --into DIR, e.g. deno task merge part1 part2 --into results");
  }
  const absent = given.find((path) => !isFolder(fromHere(path)));
  if (absent !== undefined) throw new UsageError(`merge: '${absent}' is no folder; name one that 'bench' wrote`);
  const from = given.map((path) => Deno.realPathSync(fromHere(path)));
  const target = isFolder(into) ? Deno.realPathSync(into) : into;
  if (from.includes(target)) {
    throw new UsageError(`merge: --into '${flags.text("into")}' is one of the folders to bring; name another`);
  }
  return { from, into };
}

/** The results themselves, and the runs of the expected code that lie in them. */
function mergesOf(from: readonly string[], into: string, catalogue: Catalogue): Merge[] {
  const blessed = from.filter((folder) => isOwnFolder(folder, ...BLESSED_RUNS));
  const below = (folder: string) => join(folder, ...BLESSED_RUNS);
  return [
    planMerge(from, new Store(into, catalogue)),
    planMerge(blessed.map(below), new Store(below(into), catalogue)),
  ];
}

function run(args: readonly string[], catalogue: Catalogue): Promise<number> {
  const flags = new Flags(args, { command: "merge", plan: [], strings: ["into"], booleans: [], arguments: true });
  const { from, into } = foldersOf(flags);
  const merges = mergesOf(from, into, catalogue);
  const [conflicts, leftOut] = (["conflicts", "leftOut"] as const).map((what) => merges.flatMap((m) => m[what]));
  for (const line of [...leftOut, ...conflicts]) console.error(line);
  if (conflicts.length) {
    throw new UsageError(`merge: ${conflicts.length} runs have two outcomes, see above; nothing was written`);
  }
  merges[0].into.prepare();
  for (const merge of merges) {
    for (const path of merge.inTheWay) console.error(`${path}: is none that can be trusted, and is set aside`);
    carryOut(merge);
  }
  const count = (of: (merge: Merge) => number) => merges.reduce((sum, merge) => sum + of(merge), 0);
  const [records, checkpoints] = [count((m) => m.records.length), count((m) => m.checkpoints.length)];
  console.log(`${into}: ${records} records and ${checkpoints} checkpoints came, ${count((m) => m.there)} were there`);
  if (leftOut.length) console.error(`merge: ${leftOut.length} files were left out, see above`);
  return Promise.resolve(leftOut.length ? EXIT.usage : EXIT.ok);
}

export const merge: Command = {
  name: "merge",
  summary: "bring results folders together",
  help: HELP,
  run,
};
