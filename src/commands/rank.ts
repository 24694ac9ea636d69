import type { Catalogue } from "../catalogue/catalogue.ts";
import { UsageError } from "../errors.ts";
import { rankMarkdown } from "../report/rank_markdown.ts";
import { ranksOf } from "../report/ranks.ts";
import { outlining } from "../run/record/outline.ts";
import { sustainedOf } from "../stats/sustained.ts";
import { type Command, EXIT } from "./command.ts";
import { Flags } from "./flags.ts";
import { opened } from "./plugins.ts";
import { chosenToShow, SHOWN_FLAGS, SHOWN_HELP, shownIn } from "./shown.ts";

const HELP =
  `Rank the methods of records that are there, each at the constants that its search found, with tie groups. Trains nothing.

Usage: deno task rank -p tuned --results expected/tuned/records

${SHOWN_HELP}
      --sustained          by the first crossing that lasts, where runs were followed so long
  -h, --help

Ranked are baselines, and what has had the search that all have (deno task tune), on the problems of that search as they are;
who lacks a seed or a problem that the others have is left out. With fewer than eight seeds in all that tell two methods apart no test separates them.
Exit codes: 0 ok, 2 bad usage or no records.`;

async function run(args: readonly string[], builtIn: Catalogue): Promise<number> {
  const flags = new Flags(args, {
    command: "rank",
    plan: ["profile", "case", "algorithm", "seed", "engine", "results"],
    strings: [...SHOWN_FLAGS],
    booleans: ["sustained"],
  });
  const [catalogue, choice] = await opened(builtIn, chosenToShow(flags));
  const { table, keys } = shownIn(catalogue, choice, "rank", outlining());
  const ranks = await ranksOf(catalogue, table.only(keys), flags.on("sustained") ? sustainedOf : (run) => run);
  if (!ranks) {
    throw new UsageError(
      "rank: no two methods of these records are at the constants of their searches; try -p tuned --results expected/tuned/records",
    );
  }
  console.log(rankMarkdown(ranks));
  return EXIT.ok;
}

export const rank: Command = {
  name: "rank",
  summary: "rank the methods at the constants of their searches, with tie groups",
  help: HELP,
  run,
};
