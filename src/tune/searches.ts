import type { Algorithm } from "../algorithms/algorithm.ts";
import type { Catalogue } from "../catalogue/catalogue.ts";
import type { Values } from "../declare/field.ts";
import { casesOf } from "../declare/profile.ts";
import type { SearchedOn } from "../declare/tuning.ts";
import { engines } from "../engine/mod.ts";
import { find, UsageError } from "../errors.ts";
import { planOf } from "../fleet/plan.ts";
import type { Outcome } from "../fleet/supervisor.ts";
import { hyperDefaults, type Trial } from "../run/trial.ts";
import { entriesOf } from "./plan.ts";
import { type Search, searchOf } from "./search.ts";
import { settingsOf, withoutTrick } from "./settings.ts";

/** What is to be searched, and how. */
export interface Wanted {
  /** Ids of problems; none for all that are tuned on. */
  readonly cases: readonly string[];
  readonly algorithms: readonly string[];
  /** Runs a problem at most. */
  readonly budget: number;
  readonly engine: string;
}

/** One search: a method on a problem, and the runs of each of its settings. */
export interface PlannedSearch {
  readonly problem: SearchedOn;
  readonly algorithm: Algorithm;
  readonly settings: readonly { readonly constants: Values; readonly trials: readonly Trial[] }[];
}

/** Entries of a plan name all that they are of. */
const selectionOf = (engine: string) => ({ cases: [], algorithms: [], seeds: [], overrides: {}, engine });

/** Every search that was asked for, checked. @throws {UsageError} */
export function searchesOf(catalogue: Catalogue, { cases, algorithms, budget, engine }: Wanted): PlannedSearch[] {
  const { problems, seeds } = catalogue.tuning;
  find("engine", engines, engine);
  const count = budget / seeds.length;
  if (!Number.isInteger(count)) {
    throw new UsageError(
      `--budget '${budget}': each setting takes ${seeds.length} runs, so a multiple of ${seeds.length}`,
    );
  }
  const known = problems.flatMap(casesOf).map((id) => ({ id }));
  for (const id of cases) find("problem to tune on", known, id);
  const chosen = problems.filter((problem) => cases.length === 0 || cases.includes(problem.case));
  return algorithms.flatMap((id) => {
    const algorithm = find("algorithm", catalogue.algorithms, id);
    const settings = settingsOf(algorithm, count);
    return chosen.map((problem) => ({
      problem,
      algorithm,
      settings: settings.map((constants) => {
        const entries = entriesOf(problem, { algorithm, settings: [constants], seeds });
        const profile = { id: "tune", summary: "", entries, algorithms: [id], seeds };
        return { constants, trials: planOf(catalogue, profile, selectionOf(engine), "every") };
      }),
    }));
  });
}

/** Every run of searches, as if each setting went on to the last seed. */
export const runsOf = (searches: readonly PlannedSearch[]): Trial[] =>
  searches.flatMap(({ settings }) => settings.flatMap(({ trials }) => trials));

/**
 * Runs the searches seed by seed: a setting that fails with one cannot be chosen, and is not run with the next.
 *
 * @returns what came of each run that was made
 */
export async function searched(
  searches: readonly PlannedSearch[],
  seeds: readonly number[],
  carry: (plan: readonly Trial[]) => Promise<Outcome[]>,
): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  let settings = searches.flatMap(({ settings }) => settings);
  for (const seed of seeds) {
    const plan = settings.flatMap(({ trials }) => trials.filter(({ spec }) => spec.seed === seed));
    outcomes.push(...await carry(plan));
    if (outcomes.some((outcome) => "stopped" in outcome)) break;
    const grokked = new Set(
      outcomes.flatMap((outcome) => "record" in outcome && outcome.record.generalised ? [outcome.trial.id] : []),
    );
    settings = settings.filter(({ trials }) => trials.some(({ id, spec }) => spec.seed === seed && grokked.has(id)));
  }
  return outcomes;
}

/** What a search came to. */
export interface Found extends Pick<PlannedSearch, "problem" | "algorithm"> {
  readonly search: Search;
}

/** What came of searches, by the runs that were made of them. */
export function foundBy(
  searches: readonly PlannedSearch[],
  outcomes: readonly Outcome[],
  seeds: readonly number[],
): Found[] {
  const records = new Map(
    outcomes.flatMap((outcome) => "record" in outcome ? [[outcome.trial.id, outcome.record]] : []),
  );
  return searches.map(({ problem, algorithm, settings }) => {
    const done = settings.map(({ constants, trials }) => ({
      constants,
      records: trials.flatMap(({ id }) => records.get(id) ?? []),
    }));
    return { problem, algorithm, search: searchOf(done, seeds) };
  });
}

/** The runs that measure what a search has found. */
export interface Measurement {
  readonly own: readonly Trial[];
  /** The same constants without the trick; null where there is no control. */
  readonly control: readonly Trial[] | null;
}

/**
 * What was found, or a method's own constants where nothing was, and its control with all constants that both have, on other
 * seeds: a method whose own decay is another than its control's would else be worth what that decay is.
 */
export function measurementOf(
  catalogue: Catalogue,
  { problem, algorithm, search }: Found,
  { seeds, engine }: { readonly seeds: readonly number[]; readonly engine: string },
): Measurement {
  const constants = search.best?.constants ?? {};
  const trials = ({ id }: Algorithm, constants: Values) => {
    const entries = [{ case: problem.case, overrides: { ...constants, ...problem.measured } }];
    const profile = { id: "measured", summary: "", entries, algorithms: [id], seeds };
    return planOf(catalogue, profile, selectionOf(engine), "every");
  };
  if (algorithm.control === null) return { own: trials(algorithm, constants), control: null };
  const control = find("algorithm", catalogue.algorithms, algorithm.control);
  const all = { ...hyperDefaults(algorithm, find("case", catalogue.cases, problem.case)), ...constants };
  return { own: trials(algorithm, constants), control: trials(control, withoutTrick(control, all)) };
}
