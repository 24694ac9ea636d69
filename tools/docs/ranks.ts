import { catalogue } from "../../bench/mod.ts";
import { tuned } from "../../bench/profiles/tuned.ts";
import { shortRanks } from "../../src/report/rank_markdown.ts";
import { orderIn } from "../../src/report/ranks.ts";
import { tableOf } from "../../src/table/table.ts";
import { keptRecords } from "../kept.ts";

/** The table of the README: methods at equal tuning, from the records that the repository keeps. */
export const ranksTable = (): string =>
  shortRanks(orderIn(catalogue, tableOf(catalogue, keptRecords(tuned.id)), (run) => run)!);

if (import.meta.main) console.log(ranksTable());
