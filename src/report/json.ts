import type { Exporter } from "./exporter.ts";
import type { Row } from "./leaderboard.ts";

/** A row with the key of its cell in place of the cell. */
export const plain = <R extends Row>({ cell: { key }, ...row }: R) => ({ cell: key, ...row });

/** Its form is in `leaderboard_export.schema.json`: an infinite bound is null, there is none. */
export const jsonExporter: Exporter<readonly Row[]> = {
  flag: "export-json",
  help: "write the leaderboard as JSON, with every figure that the table shows",
  render: (rows) => JSON.stringify({ schema: 3, rows: rows.map(plain) }, null, 2) + "\n",
};
