import exported from "../report/leaderboard_export.schema.json" with { type: "json" };
import own from "./leaderboard.schema.json" with { type: "json" };

/** A row of the site is one of an export, and more. */
const row = {
  ...exported.$defs.row,
  required: [...exported.$defs.row.required, ...own.$defs.row.required],
  properties: { ...exported.$defs.row.properties, ...own.$defs.row.properties },
};

const { $comment: _, ...rest } = own;

/** The form of `leaderboard.json` in one file. */
export const leaderboardSchema = { ...rest, $defs: { ...exported.$defs, ...own.$defs, row } };
