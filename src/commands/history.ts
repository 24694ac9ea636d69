import type { Catalogue } from "../catalogue/catalogue.ts";
import { engines } from "../engine/mod.ts";
import { find, UsageError } from "../errors.ts";
import { assertWritable, writeAtomically } from "../files.ts";
import { readHistory } from "../report/history.ts";
import { seriesMarkdown } from "../report/series_markdown.ts";
import { type Series, seriesOf } from "../report/series.ts";
import { type Command, EXIT } from "./command.ts";
import { chosen, Flags } from "./flags.ts";

const HELP = `Show the times of each cell over stored judgements as a series, and where their level changes.

Usage: deno task history --history DIR [options]

      --history DIR        folder of stored judgements ('deno task gate --gate-json FILE'), and folders in it
  -p, --profile NAME       only judgements of this profile
  -e, --engine NAME        only judgements of this engine
  -c, --case NAME          only these cases (repeatable, or separated by commas)
  -a, --algorithm NAME     only these algorithms (likewise)
      --all                cells whose level does not change as well
      --json FILE          write the series as JSON
  -h, --help

A level changes where two stretches of log T, each of two judgements or more, are told apart (docs/gate.md). It is no verdict.
Exit codes: 0 ok, 2 bad usage.`;

/** Whether a series is one of those that were asked for; an algorithm stands in its subject after the case. */
const wanted =
  ({ profile, engine, cases, algorithms }: ReturnType<typeof chosen>, engineAsked: boolean) => (series: Series) =>
    (profile === null || series.profile === profile) && (!engineAsked || series.engine === engine) &&
    (cases.length === 0 || cases.includes(series.case)) &&
    (algorithms.length === 0 || algorithms.some((id) => series.subject.split(" ").includes(id)));

function run(args: readonly string[], catalogue: Catalogue): Promise<number> {
  const flags = new Flags(args, {
    command: "history",
    plan: ["profile", "engine", "case", "algorithm"],
    strings: ["history", "json"],
    booleans: ["all"],
  });
  const choice = chosen(flags);
  if (choice.profile !== null) find("profile", catalogue.profiles, choice.profile);
  find("engine", engines, choice.engine);
  for (const id of choice.cases) find("case", catalogue.cases, id);
  for (const id of choice.algorithms) find("algorithm", catalogue.algorithms, id);
  const [folder, file] = ["history", "json"].map((name) => flags.path(name));
  if (!folder) {
    throw new UsageError("history needs --history DIR: a folder of what 'deno task gate --gate-json FILE' wrote");
  }
  if (file) assertWritable("--json", file);
  const history = readHistory(folder);
  const all = seriesOf(history).filter(wanted(choice, flags.text("engine") !== null));
  const moved = all.filter(({ steps }) => steps.length > 0);
  console.log(`${history.length} judgements, ${all.length} cells; the level of ${moved.length} has changed.`);
  const shown = flags.on("all") ? all : moved;
  if (shown.length) console.log(`\n${seriesMarkdown(shown)}`);
  if (file) writeAtomically(file, JSON.stringify(all, null, 1) + "\n");
  return Promise.resolve(EXIT.ok);
}

export const history: Command = {
  name: "history",
  summary: "show the times of each cell over stored judgements, and where their level changes",
  help: HELP,
  run,
};
