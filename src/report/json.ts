import { type Row } from "./leaderboard.ts";

/** The leaderboard as JSON. An infinite bound is null: there is none. */
export const json = (rows: readonly Row[]): string => JSON.stringify({ schema: 1, rows }, null, 2) + "\n";
