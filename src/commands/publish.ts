import { join, resolve as resolvePath } from "node:path";
import { fileURLToPath } from "node:url";
import type { Catalogue } from "../catalogue/catalogue.ts";
import { UsageError } from "../errors.ts";
import { blessedIn } from "./blessed.ts";
import { gateInputOf, judge } from "../gate/judge.ts";
import { boardOf } from "../report/board.ts";
import { readArchive } from "../run/record/archive.ts";
import { cellOfTrial } from "../table/cell.ts";
import { tableOf } from "../table/table.ts";
import { readHistory } from "../report/history.ts";
import { siteDataOf } from "../site/site_data.ts";
import { SiteFolder } from "../site/site_folder.ts";
import { type Command, EXIT } from "./command.ts";
import { JOINED_HELP, joinedThere } from "./expected.ts";
import { chosen, Flags } from "./flags.ts";
import { casesIn, planOfRecords } from "./plan.ts";

const HELP = `Build the static leaderboard site from records and expectations. Trains nothing.

Usage: deno task publish [options]

  -p, --profile NAME       smoke, quick (default), tuned, tune, study or paper
  -e, --engine NAME        the engine whose records count (default: onnx)
      --results DIR        folder of records, full or compact (default: results); e.g. expected/paper/records
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

async function run(args: readonly string[], catalogue: Catalogue): Promise<number> {
  const flags = new Flags(args, {
    command: "publish",
    plan: ["profile", "engine", "results"],
    strings: ["history", "joined", "out", "url"],
    booleans: [],
  });
  const choice = chosen(flags);
  planOfRecords(catalogue, choice, "every");
  const url = urlOf(flags.text("url"));
  const joined = joinedThere(flags);
  const folder = new SiteFolder(resolvePath(flags.path("out") ?? "site"));
  const folderOfHistory = flags.path("history");
  const history = folderOfHistory === null ? [] : readHistory(folderOfHistory);
  const archive = readArchive(resolvePath(choice.results), catalogue);
  for (const line of archive.rejected) console.error(line);
  const { profile, plan } = planOfRecords(catalogue, choice, casesIn(archive));
  const own = archive.records.filter(({ engine }) => engine === choice.engine);
  const keys = plan.map((trial) => cellOfTrial(catalogue, trial).key);
  const board = boardOf(catalogue, tableOf(catalogue, own), keys);
  if (board.rows.length === 0) {
    throw new UsageError(
      `publish: no records of profile '${profile}' in ${choice.results}; run 'deno task bench' first`,
    );
  }
  const judgement = judge(gateInputOf({ catalogue, profile, engine: choice.engine, plan, joined }), {
    ...archive,
    blessed: blessedIn(resolvePath(choice.results), catalogue),
  });
  const site = siteDataOf(catalogue, board, judgement, history);
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
