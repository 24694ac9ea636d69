import type { Row } from "./leaderboard.ts";

/** The leaderboard as JSON. An infinite bound is null: there is none. */
export const json = (rows: readonly Row[]): string =>
  JSON.stringify({ schema: 2, rows: rows.map(plain) }, null, 2) + "\n";

/** A row with the key of its cell in place of the cell. */
export const plain = <R extends Row>({ cell: { key }, ...row }: R) => ({ cell: key, ...row });
