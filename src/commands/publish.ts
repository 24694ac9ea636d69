import { join, resolve as resolvePath } from "node:path";
import { fileURLToPath } from "node:url";
import type { Catalogue } from "../catalogue/catalogue.ts";
import { UsageError } from "../errors.ts";
import { blessedIn } from "./blessed.ts";
import { gateInputOf, judge, type Judgement } from "../gate/judge.ts";
import { boardOf } from "../report/board.ts";
import type { RunRecord } from "../run/record/record.ts";
import type { Trial } from "../run/trial.ts";
import { cellOfTrial } from "../table/cell.ts";
import { trialOf } from "../table/other_code.ts";
import { readHistory } from "../report/history.ts";
import { siteDataOf } from "../site/site_data.ts";
import { SiteFolder } from "../site/site_folder.ts";
import { type Command, EXIT } from "./command.ts";
import { JOINED_HELP, joinedThere } from "./expected.ts";
import { Flags } from "./flags.ts";
import { casesIn, planOfRecords } from "./plan.ts";
import { opened } from "./plugins.ts";
import { chosenToShow, type Shown, SHOWN_FLAGS, SHOWN_HELP, shownIn, type ToShow } from "./shown.ts";

const HELP = `Build the static leaderboard site from records and expectations. Trains nothing.

Usage: deno task publish [options]

${SHOWN_HELP}
      --history DIR        folder of stored judgements ('deno task gate --gate-json FILE') for the history and the feed
${JOINED_HELP}
      --out DIR            where the site goes (default: site); only a folder that publish made is replaced
      --url URL            where the site will be, for the feed
  -h, --help

The site needs no server: open index.html. Exit codes: 0 ok, 2 bad usage or no records.`;

const DOCS = fileURLToPath(new URL("../../docs/", import.meta.url));

function documents(): Map<string, string> {
  const names = [...Deno.readDirSync(DOCS)].map(({ name }) => name).filter((name) => name.endsWith(".md")).sort();
  return new Map(names.map((name) => [name.slice(0, -3), Deno.readTextFileSync(join(DOCS, name))]));
}

function urlOf(text: string | null): string {
  if (text === null) return "";
  if (!URL.canParse(text)) {
    throw new UsageError(`--url '${text}': is no URL; e.g. --url https://example.org/driven-hunt/`);
  }
  return text.endsWith("/") ? text : `${text}/`;
}

/** The gate's word on what is shown, whether the plan has it or not, and on what the profile has and is not there. */
function judgementOf(
  catalogue: Catalogue,
  { profile, table, keys, rejected }: Shown<RunRecord>,
  choice: ToShow,
  joined: string | null,
): Judgement {
  const { engine, results } = choice;
  const records = table.rows.flatMap((row) => row.records);
  const { plan } = planOfRecords(catalogue, choice, casesIn({ records }));
  const keyOf = (trial: Trial) => cellOfTrial(catalogue, trial).key;
  const besides = new Set(keys).difference(new Set(plan.map(keyOf)));
  const others = table.only(besides).rows.flatMap((row) => row.records.flatMap((run) => trialOf(catalogue, run) ?? []));
  const input = gateInputOf({ catalogue, profile, engine, plan: [...plan, ...others], joined });
  // What nobody has promised and nobody has run is no gap: of one's own case a profile would have every method.
  const wanted = input.plan.filter((trial) => keys.includes(keyOf(trial)) || input.promised?.has(keyOf(trial)));
  return judge({ ...input, plan: wanted }, { records, rejected, blessed: blessedIn(resolvePath(results), catalogue) });
}

async function run(args: readonly string[], builtIn: Catalogue): Promise<number> {
  const flags = new Flags(args, {
    command: "publish",
    strings: [...SHOWN_FLAGS, "history", "joined", "out", "url"],
    booleans: [],
  });
  const [catalogue, choice] = await opened(builtIn, chosenToShow(flags));
  const url = urlOf(flags.text("url"));
  const joined = joinedThere(flags);
  const folder = new SiteFolder(resolvePath(flags.path("out") ?? "site"));
  const folderOfHistory = flags.path("history");
  const history = folderOfHistory === null ? [] : readHistory(folderOfHistory);
  const shown = shownIn(catalogue, choice, "publish", (record) => record);
  const board = boardOf(catalogue, shown.table, shown.keys);
  const site = siteDataOf(catalogue, board, judgementOf(catalogue, shown, choice, joined), history);
  // What draws takes longer to load than the other commands take to start.
  const { siteFiles } = await import("../site/build.ts");
  const size = await folder.replace(siteFiles(site, { documents: documents(), url }));
  console.log(
    `${folder.path}: ${size.files} files, ${(size.bytes / 1e6).toFixed(2)} MB; open ${folder.path}/index.html`,
  );
  return EXIT.ok;
}

export const publish: Command = {
  name: "publish",
  summary: "build the static leaderboard site",
  help: HELP,
  run,
};
