import { catalogue } from "../../bench/mod.ts";
import { tuned } from "../../bench/profiles/tuned.ts";
import { shortRanks } from "../../src/report/rank_markdown.ts";
import { ranksOf } from "../../src/report/ranks.ts";
import { tableOf } from "../../src/table/table.ts";
import { keptRecords } from "../kept.ts";

/** The table of the README: methods at equal tuning, from the records that the repository keeps. */
export async function ranksTable(): Promise<string> {
  const ranks = await ranksOf(catalogue, tableOf(catalogue, keptRecords(tuned.id)), (run) => run);
  return shortRanks(ranks!);
}

if (import.meta.main) console.log(await ranksTable());
