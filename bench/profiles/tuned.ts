import type { Values } from "../../src/declare/field.ts";
import type { Entry, Profile } from "../../src/declare/profile.ts";
import type { SearchedOn } from "../../src/declare/tuning.ts";
import { find } from "../../src/errors.ts";
import { withoutTrick } from "../../src/tune/settings.ts";
import { algorithms } from "../algorithms/mod.ts";
import { NOT_MEASURED, SEARCHED, SEARCHES } from "./searches.ts";
import { tuning } from "./tune.ts";

const MEASURED = SEARCHED.filter(({ id }) => !NOT_MEASURED.includes(id));
const IDS = MEASURED.map(({ id }) => id);

/** Methods of the tables with their controls. */
export const CONTROLLED = MEASURED.flatMap(({ id, control }) => control ? [{ id, control }] : []);

/**
 * The first four methods were run within the budget of the case, their controls but on images too, and not at constants of
 * their own.
 */
const UNCUT = ["adam-l2", "ppm", "pp-conn", "ppm-adamw"];
const budgetOf = ({ measured = {} }: SearchedOn, id: string): Values => UNCUT.includes(id) ? {} : measured;
const controlBudgetOf = ({ case: problem, measured = {} }: SearchedOn, id: string): Values =>
  UNCUT.includes(id) && problem !== "mnist1k" ? {} : measured;

/** Controls on a problem at what the searches of their methods have found, and at their own constants. */
const controlsOn = (searched: SearchedOn): Entry[] =>
  CONTROLLED.flatMap(({ id, control }) => {
    const { case: problem } = searched;
    const search = SEARCHES[problem][id];
    if (!search) return [];
    const { found } = search;
    const kept = withoutTrick(find("algorithm", algorithms, control), found ?? {});
    const own = UNCUT.includes(id) || IDS.includes(control) || found === null ? [] : [{}];
    return [...own, kept].map((constants) => ({
      case: problem,
      overrides: { ...constants, ...controlBudgetOf(searched, id) },
      algorithms: [control],
    }));
  });

/** Whose search on a problem is kept: of a method of somebody's own maybe not on all. */
const searchedOn = ({ case: problem }: SearchedOn): string[] => IDS.filter((id) => id in SEARCHES[problem]);

/**
 * What a search has found is measured on seeds that it was not found on, beside the method's own constants, and beside the
 * same constants without the trick: a search of five constants may find a better learning rate than one of two.
 */
export const tuned: Profile = {
  id: "tuned",
  summary:
    "each method at the constants of its search and at its own, on seeds that were not searched; hours on two cores",
  entries: tuning.problems.flatMap((problem) => [
    { case: problem.case, algorithms: ["adamw", "adamw-tuned"] },
    ...searchedOn(problem).map((id) => ({
      case: problem.case,
      overrides: budgetOf(problem, id),
      algorithms: [id],
    })),
    ...searchedOn(problem).map((id) => ({
      case: problem.case,
      overrides: { ...SEARCHES[problem.case][id].found, ...budgetOf(problem, id) },
      algorithms: [id],
    })),
    ...controlsOn(problem),
  ]),
  algorithms: IDS,
  seeds: [0, 1, 2, 3, 4],
};
