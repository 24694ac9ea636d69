import type { Catalogue } from "../catalogue/catalogue.ts";
import { BASELINE } from "../declare/baseline.ts";
import type { FieldValue, Values } from "../declare/field.ts";
import { casesOf, type Entry, type Profile } from "../declare/profile.ts";
import { find, nearest, UsageError } from "../errors.ts";
import { isFixed, seedless, type Trial } from "../run/trial.ts";
import { rotatingSeeds } from "./seeds.ts";

/** Fields with the values that each is to have; more than one make a grid. */
export type Grid = Readonly<Record<string, readonly FieldValue[]>>;

/** What the command line changes of a profile. */
export interface Selection {
  /** Cases in place of the profile's; one that the profile names keeps the overrides that it has there. */
  readonly cases: readonly string[];
  /** Algorithms in place of the profile's: each in the entries of a case that name it, see {@linkcode algorithmsOf}. */
  readonly algorithms: readonly string[];
  readonly seeds: readonly number[];
  readonly overrides: Grid;
  readonly engine: string;
  /** A day, as 2026-11-23: as many seeds of that day in place of the profile's. */
  readonly rotate?: string | null;
  /** Probes that every run is measured by besides. */
  readonly probes?: readonly string[];
}

/** An entry whose case is settled. */
type Settled = Entry & { readonly case: string };

/** Cases whose data are here; `every` where it does not matter. */
export type Available = readonly string[] | "every";

/** The case of an entry that has several: those that were asked for by name, or else the first that is available. */
function settled(entry: Entry, asked: readonly string[], available: Available): Settled[] {
  const ids = casesOf(entry);
  const named = ids.filter((id) => asked.includes(id));
  const first = available === "every" ? ids : [ids.find((id) => available.includes(id)) ?? ids[0]];
  return (named.length ? named : first).map((id) => ({ ...entry, case: id }));
}

function entriesOf(profile: Profile, asked: readonly string[], available: Available): readonly Settled[] {
  const entries = profile.entries.flatMap((entry) => settled(entry, asked, available));
  if (asked.length === 0) return entries;
  return asked.flatMap((id) => {
    const own = entries.filter((entry) => entry.case === id);
    return own.length ? own : [{ case: id }];
  });
}

function seedsOf(own: readonly number[], { seeds, rotate }: Selection): readonly number[] {
  if (rotate) return rotatingSeeds(rotate, own.length);
  return seeds.length ? seeds : own;
}

/**
 * The algorithms of an entry. One that is asked for runs in the entries of its case that name it, under the budget that
 * the profile has for it; one that no entry of the case names runs where the baseline does, or else in all of them.
 */
function algorithmsOf(entry: Settled, profile: Profile, entries: readonly Settled[], asked: readonly string[]) {
  const named = (of: Settled) => of.algorithms ?? profile.algorithms;
  if (asked.length === 0) return named(entry);
  const siblings = entries.filter((other) => other.case === entry.case);
  const hosts = (id: string) => siblings.filter((other) => named(other).includes(id));
  return asked.filter((id) => {
    const [own, beside] = [hosts(id), hosts(BASELINE)];
    return [own, beside, siblings].find((found) => found.length > 0)!.includes(entry);
  });
}

/** Every combination of the values of a grid; the empty grid has one. */
function combinations(grid: Grid): Values[] {
  return Object.entries(grid).reduce<Values[]>(
    (found, [name, values]) => found.flatMap((one) => values.map((value) => ({ ...one, [name]: value }))),
    [{}],
  );
}

/** Runs of a plan before their fields are told apart. */
interface Asked {
  readonly entry: Settled;
  readonly algorithm: string;
  readonly seeds: readonly number[];
}

/**
 * Refuses a field of the command line that would be passed over: one that a case lacks and no algorithm has, or that an
 * algorithm of the plan sets itself.
 *
 * @throws {UsageError}
 */
function refuseUseless(catalogue: Catalogue, asked: readonly Asked[], names: readonly string[]): void {
  const cases = [...new Set(asked.map(({ entry }) => entry.case))].map((id) => find("case", catalogue.cases, id));
  const algorithms = [...new Set(asked.map(({ algorithm }) => algorithm))]
    .map((id) => find("algorithm", catalogue.algorithms, id));
  for (const name of names) {
    const fixes = algorithms.find((algorithm) => isFixed(algorithm, name));
    if (fixes) {
      throw new UsageError(`--set ${name}: algorithm '${fixes.id}' sets it itself; choose others with -a`);
    }
    const lacking = cases.find(({ fields }) => !Object.hasOwn(fields, name));
    if (!lacking || algorithms.some(({ fields }) => Object.hasOwn(fields, name))) continue;
    const known = [lacking, ...algorithms].flatMap(({ fields }) => Object.keys(fields));
    const others = algorithms.map(({ id }) => `'${id}'`).join(", ");
    throw new UsageError(
      `case '${lacking.id}' has no field '${name}', nor has ${others}; did you mean '${nearest(name, known)}'?`,
    );
  }
}

/**
 * The runs of a profile, each checked, without repetitions: by case, then algorithm, then seed.
 *
 * @param available cases whose data are here, for entries that have a choice
 * @throws {UsageError} for anything unknown or out of range, before any work.
 */
export function planOf(
  catalogue: Catalogue,
  profile: Profile,
  selection: Selection,
  available: Available,
): Trial[] {
  const entries = entriesOf(profile, selection.cases, available);
  const asked = entries.flatMap((entry) => {
    const algorithms = algorithmsOf(entry, profile, entries, selection.algorithms);
    const seeds = seedsOf(entry.seeds ?? profile.seeds, selection);
    return seeds.length ? algorithms.map((algorithm): Asked => ({ entry, algorithm, seeds })) : [];
  });
  refuseUseless(catalogue, asked, Object.keys(selection.overrides));
  const grid = combinations(selection.overrides);
  const { engine, probes } = selection;
  const besides = probes?.length ? { probes } : {};
  const trials = asked.flatMap(({ entry, algorithm, seeds }) => {
    const fieldsOf = (id: string) => find("algorithm", catalogue.algorithms, id).fields;
    const known = { ...find("case", catalogue.cases, entry.case).fields, ...fieldsOf(algorithm) };
    const own = (values: Values) => Object.fromEntries(Object.entries(values).filter(([name]) => name in known));
    const settings = grid.map((values) => {
      const overrides = { ...entry.overrides, ...own(values) };
      return seedless(catalogue, { case: entry.case, overrides, algorithm, seed: seeds[0], engine, ...besides });
    });
    return seeds.flatMap((seed) => settings.map((trialOf) => trialOf(seed)));
  });
  return [...new Map(trials.map((trial) => [trial.id, trial])).values()];
}

/** A part of a plan: the `index`-th of `count`, counted from 1. */
export interface Shard {
  readonly index: number;
  readonly count: number;
}

/**
 * Every `count`-th run of a plan: its shards have no run in common, together they are the plan, and runs of one kind, which
 * take about as long, are spread over them.
 */
export const shardOf = (plan: readonly Trial[], { index, count }: Shard): Trial[] =>
  plan.filter((_, i) => i % count === index - 1);
