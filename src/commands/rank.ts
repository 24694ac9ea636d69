import type { Catalogue } from "../catalogue/catalogue.ts";
import { valuesText } from "../declare/field.ts";
import { UsageError } from "../errors.ts";
import { costsOf } from "../rank/costs.ts";
import { type Contest, contestsOf } from "../rank/entrants.ts";
import { type Field, standingsOf } from "../rank/standings.ts";
import { commonSeeds } from "../report/leaderboard.ts";
import { tournamentsOf } from "../rank/tournament.ts";
import { type CostRow, rankMarkdown } from "../report/rank_markdown.ts";
import { outlining } from "../run/record/outline.ts";
import type { Run } from "../run/record/record.ts";
import type { Outline } from "../stats/observe.ts";
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

Controls and ablations are not ranked, nor methods that have not been searched like the others (deno task tune), baselines
aside. With fewer than eight seeds in all that tell two methods apart no test separates them.
Exit codes: 0 ok, 2 bad usage or no records.`;

/** Which crossing counts. */
type Seen = (run: Run) => Outline;

/** Everybody on the seeds that all of a problem have, those with hardly any aside: medians of other seeds are other problems. */
function onCommonSeeds({ title, entrants }: Contest<Run>): Contest<Run> {
  const common = commonSeeds(entrants);
  const kept = entrants.map((own) => ({ ...own, records: own.records.filter(({ seed }) => common.includes(seed)) }));
  return { title, entrants: kept.filter(({ records }) => records.length > 0) };
}

const fieldOf = ({ title, entrants }: Contest<Run>, seen: Seen): Field => ({
  title,
  runs: Object.fromEntries(entrants.map(({ cell, records }) => [cell.algorithm, records.map(seen)])),
});

/** Problem by problem, the cheapest in gradient calls first. */
async function costRows(catalogue: Catalogue, { title, entrants }: Contest<Run>, seen: Seen): Promise<CostRow[]> {
  const rows: CostRow[] = [];
  for (const own of entrants) {
    const { algorithm, settings } = own.cell;
    const constants = valuesText(settings) || "its own";
    rows.push({ problem: title, method: algorithm, constants, ...await costsOf(catalogue, own, seen) });
  }
  const calls = ({ gradientCalls }: CostRow) => gradientCalls?.value ?? Infinity;
  return rows.sort((a, b) => calls(a) - calls(b));
}

async function run(args: readonly string[], builtIn: Catalogue): Promise<number> {
  const flags = new Flags(args, {
    command: "rank",
    plan: ["profile", "case", "algorithm", "seed", "engine", "results"],
    strings: [...SHOWN_FLAGS],
    booleans: ["sustained"],
  });
  const seen: Seen = flags.on("sustained") ? sustainedOf : (outline) => outline;
  const [catalogue, choice] = await opened(builtIn, chosenToShow(flags));
  const { table, keys } = shownIn(catalogue, choice, "rank", outlining());
  const contests = contestsOf(catalogue, table.only(keys)).map(onCommonSeeds);
  if (contests.length === 0) {
    throw new UsageError(
      "rank: no two methods of these records are at the constants of their searches; try -p tuned --results expected/tuned/records",
    );
  }
  const fields = contests.map((contest) => fieldOf(contest, seen));
  const { standings, duels } = standingsOf(fields);
  const played = tournamentsOf(fields, standings.map(({ method }) => method));
  const costs: CostRow[] = [];
  for (const contest of contests) costs.push(...await costRows(catalogue, contest, seen));
  console.log(rankMarkdown({ problems: fields.map(({ title }) => title), standings, duels, played, costs }));
  return EXIT.ok;
}

export const rank: Command = {
  name: "rank",
  summary: "rank the methods at the constants of their searches, with tie groups",
  help: HELP,
  run,
};
