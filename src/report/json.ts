import type { Exporter } from "./exporter.ts";
import type { Row } from "./leaderboard.ts";

/** A row with the key of its cell in place of the cell. */
export const plain = <R extends Row>({ cell: { key }, ...row }: R) => ({ cell: key, ...row });

/** An infinite bound is null: there is none. */
export const jsonExporter: Exporter<readonly Row[]> = {
  flag: "export-json",
  help: "write the leaderboard as JSON, with every figure that the table shows",
  render: (rows) => JSON.stringify({ schema: 2, rows: rows.map(plain) }, null, 2) + "\n",
};
