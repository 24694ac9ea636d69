import { markdownTable } from "markdown-table";
import { fileURLToPath } from "node:url";
import { catalogue } from "../../bench/mod.ts";
import type { Catalogue } from "../../src/catalogue/catalogue.ts";
import { columnsOf } from "../../src/catalogue/probe.ts";
import type { Column, TableName } from "../../src/declare/columns.ts";
import { writeAtomically } from "../../src/files.ts";
import { NOTHING } from "../../src/text.ts";

export const RECORDS = fileURLToPath(new URL("../../docs/records.md", import.meta.url));

/** Columns of a terminal that a text takes: marks stand on the letter before them. */
const widthOf = (text: string) => text.replace(/\p{M}/gu, "").length;

const kept = ({ exact, compact }: Column) => compact === false ? NOTHING : exact ? "exact" : "rounded";

/** The columns of a table of a curve, with the probes that measure them. */
function columnTable({ probes }: Pick<Catalogue, "probes">, table: TableName): string {
  const ownerOf = (name: string) => probes.find(({ columns }) => columns.some((column) => column.name === name));
  const rows = columnsOf(probes).filter((column) => column.table === table).map((column) => {
    const { name, doc, unit } = column;
    const owner = ownerOf(name);
    return [`\`${name}\``, unit ? `${doc} (${unit})` : doc, kept(column), owner ? `\`${owner.id}\`` : NOTHING];
  });
  return markdownTable([["column", "meaning", "in compact records", "probe"], ...rows], { stringLength: widthOf });
}

/** The text between `<!-- columns of epochs -->` and the next `<!-- end -->`, and the same for steps, is written here. */
const PLACE = /(<!-- columns of (epochs|steps) -->\n)[^]*?(\n<!-- end -->)/g;

/** A text with the tables of columns as they should be. */
export const withColumns = (text: string, known: Pick<Catalogue, "probes">): string =>
  text.replace(
    PLACE,
    (_, start: string, table: TableName, end: string) => `${start}\n${columnTable(known, table)}\n${end}`,
  );

if (import.meta.main) writeAtomically(RECORDS, withColumns(Deno.readTextFileSync(RECORDS), catalogue));
