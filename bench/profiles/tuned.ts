import type { Values } from "../../src/declare/field.ts";
import type { Entry, Profile } from "../../src/declare/profile.ts";
import { algorithms } from "../algorithms/mod.ts";
import { SEARCHED, SEARCHES } from "./searches.ts";
import { tuning } from "./tune.ts";

const IDS = SEARCHED.map(({ id }) => id);

/** The constants of a method that its control has too: what is left without the trick. */
export function withoutTrick(control: string, found: Values): Values {
  const { fields, fixed = [] } = algorithms.find(({ id }) => id === control)!;
  const kept = Object.entries(found).filter(([name]) => name in fields && !fixed.includes(name));
  return Object.fromEntries(kept);
}

/** Methods of the tables with their controls. */
export const CONTROLLED = SEARCHED.flatMap(({ id, control }) => control ? [{ id, control }] : []);

/**
 * Where a case is given less than its budget, which AdamW at the paper's constants needs and a method beside its control does
 * not: several times what the methods take.
 */
const BUDGETS: Readonly<Record<string, Values>> = {
  div113: { maxEpochs: 400 },
  add97: { maxEpochs: 300 },
  mnist1k: { maxEpochs: 2000 },
};

/**
 * The first four methods were run within the budget of the case, their controls but on images too, and not at constants of
 * their own.
 */
const UNCUT = ["adam-l2", "ppm", "pp-conn", "ppm-adamw"];
const budgetOf = (problem: string, id: string): Values => UNCUT.includes(id) ? {} : BUDGETS[problem];
const controlBudgetOf = (problem: string, id: string): Values =>
  UNCUT.includes(id) && problem !== "mnist1k" ? {} : BUDGETS[problem];

/** Controls on a problem at what the searches of their methods have found, and at their own constants. */
const controlsOn = (problem: string): Entry[] =>
  CONTROLLED.flatMap(({ id, control }) => {
    const { found } = SEARCHES[problem][id];
    const own = UNCUT.includes(id) || IDS.includes(control) || found === null ? [] : [{}];
    return [...own, withoutTrick(control, found ?? {})].map((constants) => ({
      case: problem,
      overrides: { ...constants, ...controlBudgetOf(problem, id) },
      algorithms: [control],
    }));
  });

/**
 * What a search has found is measured on seeds that it was not found on, beside the method's own constants, and beside the
 * same constants without the trick: a search of five constants may find a better learning rate than one of two.
 */
export const tuned: Profile = {
  id: "tuned",
  summary:
    "each method at the constants of its search and at its own, on seeds that were not searched; hours on two cores",
  entries: tuning.problems.flatMap(({ case: problem }) => [
    { case: problem, algorithms: ["adamw", "adamw-tuned"] },
    ...IDS.map((id) => ({ case: problem, overrides: budgetOf(problem, id), algorithms: [id] })),
    ...IDS.map((id) => ({
      case: problem,
      overrides: { ...SEARCHES[problem][id].found, ...budgetOf(problem, id) },
      algorithms: [id],
    })),
    ...controlsOn(problem),
  ]),
  algorithms: IDS,
  seeds: [0, 1, 2, 3, 4],
};
