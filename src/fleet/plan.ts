import type { FieldValue } from "../../bench/cases/mod.ts";
import type { Entry, Profile } from "../../bench/profiles/mod.ts";
import { BASELINE } from "../algorithms/mod.ts";
import { rotatingSeeds } from "./seeds.ts";
import { resolve, type Trial } from "../run/trial.ts";

/** What the command line changes of a profile. */
export interface Selection {
  /** Cases in place of the profile's; one that the profile names keeps the overrides that it has there. */
  readonly cases: readonly string[];
  /** Algorithms in place of the profile's: each in the entries of a case that name it, see {@linkcode algorithmsOf}. */
  readonly algorithms: readonly string[];
  readonly seeds: readonly number[];
  readonly overrides: Readonly<Record<string, FieldValue>>;
  readonly engine: string;
  /** A day, as 2026-11-23: as many seeds of that day in place of the profile's. */
  readonly rotate?: string | null;
}

function entriesOf(profile: Profile, cases: readonly string[]): readonly Entry[] {
  if (cases.length === 0) return profile.entries;
  return cases.flatMap((id) => {
    const own = profile.entries.filter((entry) => entry.case === id);
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
function algorithmsOf(entry: Entry, profile: Profile, entries: readonly Entry[], asked: readonly string[]) {
  const named = (of: Entry) => of.algorithms ?? profile.algorithms;
  if (asked.length === 0) return named(entry);
  const siblings = entries.filter((other) => other.case === entry.case);
  const hosts = (id: string) => siblings.filter((other) => named(other).includes(id));
  return asked.filter((id) => {
    const [own, beside] = [hosts(id), hosts(BASELINE)];
    return [own, beside, siblings].find((found) => found.length > 0)!.includes(entry);
  });
}

/**
 * The runs of a profile, each checked, without repetitions: by case, then algorithm, then seed.
 *
 * @throws {UsageError} for anything unknown or out of range, before any work.
 */
export function planOf(profile: Profile, selection: Selection): Trial[] {
  const entries = entriesOf(profile, selection.cases);
  const trials = entries.flatMap((entry) => {
    const algorithms = algorithmsOf(entry, profile, entries, selection.algorithms);
    const seeds = seedsOf(entry.seeds ?? profile.seeds, selection);
    const overrides = { ...entry.overrides, ...selection.overrides };
    return algorithms.flatMap((algorithm) =>
      seeds.map((seed) => resolve({ case: entry.case, overrides, algorithm, seed, engine: selection.engine }))
    );
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
