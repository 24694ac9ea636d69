import { fileURLToPath } from "node:url";
import { catalogue } from "../../bench/mod.ts";
import { boardOf } from "../../src/report/board.ts";
import { drawAnswers } from "../../src/site/figures/answers.ts";
import { answeredOf, problemsOf } from "../../src/site/site_data.ts";
import { tableOf } from "../../src/table/table.ts";
import { keptRecords } from "../kept.ts";

export const PICTURE = fileURLToPath(new URL("../../docs/answers.svg", import.meta.url));

/** A picture alone has no page to take its colours from. */
const COLOURS = "<style>:root{color:#1b1f24;font-family:system-ui,sans-serif}" +
  "@media(prefers-color-scheme:dark){:root{color:#e6e8eb}}</style>";

/** The picture of README: the chart of the site's first page, from the records that the repository keeps. @throws {Error} */
export async function picture(): Promise<string> {
  const table = tableOf(catalogue, keptRecords("paper"));
  const board = boardOf(catalogue, table, table.rows.map(({ cell }) => cell.key));
  const drawn = await drawAnswers(answeredOf(problemsOf(catalogue, board, { findings: [] })));
  if (!drawn) throw new Error("the kept records of profile paper have nothing to draw");
  const sized = (head: string) =>
    head.replace(/viewBox="0 0 (\d+) (\d+)"/, (box, w, h) => `${box} width="${w}" height="${h}"`);
  return drawn.wide.svg.replace(/^<svg[^>]*>/, (head) => sized(head) + COLOURS) + "\n";
}

if (import.meta.main) Deno.writeTextFileSync(PICTURE, await picture());
