import { lawClaims } from "../../bench/claims/mod.ts";
import { type LawFigures, lawFiguresOf } from "../gate/law_figures.ts";
import { type Group, groupsOf, initialNormOf } from "../table/sample.ts";
import type { RunRecord } from "../run/record/record.ts";
import { leaderboardOf, type Row } from "./leaderboard.ts";

/** The laws that the paper claims of one case, fitted. */
export interface CaseLaws {
  readonly case: string;
  /** The claimed law by its id in src/laws. */
  readonly law: string;
  readonly figures: readonly LawFigures[];
}

/** Everything that is read from records: one group and one row a cell, and the laws of the sweeps. */
export interface Board {
  readonly groups: readonly Group[];
  readonly rows: readonly Row[];
  readonly laws: readonly CaseLaws[];
}

/** The board of the cells with these keys, in their order, as far as there are records; all seeds count. */
export function boardOf(records: readonly RunRecord[], keys: Iterable<string>): Board {
  const found = groupsOf(records);
  const groups = [...new Set(keys)].flatMap((key) => found.get(key) ?? []);
  const laws = lawClaims.map(({ case: id, law }): CaseLaws => {
    const cells = groups.filter(({ cell }) => cell.case === id).map(({ cell, records }) => ({
      ...cell,
      samples: records.map((record) => ({ ...record, initialNorm: initialNormOf(record) })),
    }));
    return { case: id, law, figures: lawFiguresOf(id, cells) };
  });
  return { groups, rows: leaderboardOf(groups), laws: laws.filter(({ figures }) => figures.length > 0) };
}
