import type { Run } from "../run/record/record.ts";
import type { Cell } from "../table/cell.ts";
import { confirms } from "../fleet/seeds.ts";
import type { Expectation, ExpectedCell } from "./expectation.ts";
import { observationsOf } from "./observations.ts";
import { isExact, logRatios, type Pairs, type TimePair } from "./pairs.ts";
import type { Sample, Source } from "./sample.ts";

/** A cell under judgement: what was expected, what should be there, and what is. */
export interface Subject {
  readonly cell: Cell;
  readonly control: string | null;
  /** Runs that the plan asks for. */
  readonly planned: number;
  /** Whether the profile has this cell as it stands, so that something must be expected of it. */
  readonly promised: boolean;
  readonly expected: ExpectedCell | null;
  readonly sources: readonly Source[];
  readonly evidence: readonly Run[];
  /** Runs of the expected code on seeds that confirm: partners of those of the new code. */
  readonly blessed: readonly Run[];
}

/** The first of some things by a name that they have. */
export function firstBy<T, K>(things: readonly T[], name: (thing: T) => K): Map<K, T> {
  // Of two with one name the later of those that are put in stays.
  return new Map(things.toReversed().map((thing) => [name(thing), thing]));
}

const samplesByRun = new WeakMap<ExpectedCell, ReadonlyMap<string, Sample>>();

/** The sample that a record repeats: same run, same trajectory bit for bit. Such a record tells nothing new. */
export function repeated({ expected }: Subject, { id, digest }: Run): Sample | undefined {
  if (!expected) return undefined;
  const known = samplesByRun.get(expected) ??
    firstBy(expected.samples, (sample) => `${sample.record} ${sample.digest}`);
  samplesByRun.set(expected, known);
  return known.get(`${id} ${digest}`);
}

/**
 * The records that tell something new: those of the screen, and those that only confirm. Where there are no others than such
 * they are evidence.
 */
export function news(
  subject: Subject,
): { readonly screen: readonly Run[]; readonly confirm: readonly Run[] } {
  const fresh = subject.evidence.filter((record) => !repeated(subject, record));
  const screen = fresh.filter(({ seed }) => !confirms(seed));
  if (subject.evidence.every(({ seed }) => confirms(seed))) return { screen: fresh, confirm: [] };
  return { screen, confirm: fresh.filter(({ seed }) => confirms(seed)) };
}

/** Times of a cell's runs beside those of the same seeds; null where one of them has no partner, or there are none. */
function partnered(runs: readonly Run[], others: readonly (Sample | Run)[]): TimePair[] | null {
  const bySeed = firstBy(others, ({ seed }) => seed);
  const pairs = runs.flatMap((run): TimePair[] => {
    const other = bySeed.get(run.seed);
    if (!other) return [];
    const [expected, fresh] = observationsOf([other, run]);
    return [[expected, fresh]];
  });
  return pairs.length && pairs.length === runs.length ? pairs : null;
}

/**
 * What new runs say beside runs of the same seeds: expected ones, and of the seeds that confirm those of the expected code.
 *
 * @returns null where a run of the screen has no partner, or most pairs tell nothing
 */
export function pairsOf(subject: Subject): Pairs | null {
  const { screen, confirm } = news(subject);
  const seen = partnered(screen, subject.expected?.samples ?? []);
  const ratios = seen && logRatios(seen);
  if (!ratios) return null;
  const again = partnered(confirm, subject.blessed);
  const exact = isExact([...seen, ...again ?? []]) && (again !== null || confirm.length === 0);
  return { screen: ratios, confirm: (again && logRatios(again)) ?? [], exact };
}

/** Seeds with which a new run did not get there although that of the expected code did. */
export function lostSeeds(subject: Subject): number[] {
  const { screen, confirm } = news(subject);
  const lost = (runs: readonly Run[], others: readonly (Sample | Run)[]) => {
    const gotThere = new Set(others.filter(({ generalised }) => generalised).map(({ seed }) => seed));
    return runs.filter(({ seed, generalised }) => !generalised && gotThere.has(seed)).map(({ seed }) => seed);
  };
  return [...lost(screen, subject.expected?.samples ?? []), ...lost(confirm, subject.blessed)];
}

/** Records by the key of their cell. */
export type RunsByCell = ReadonlyMap<string, readonly Run[]>;

/** Pairs what a plan asks for with expectations and records, by the keys of the cells. */
export function subjectsOf(
  planned: readonly { readonly cell: Cell; readonly control: string | null; readonly runs: number }[],
  expectations: readonly Expectation[],
  { evidence, blessed, promised }: {
    readonly evidence: RunsByCell;
    readonly blessed?: RunsByCell;
    readonly promised?: ReadonlySet<string>;
  },
): Subject[] {
  const all = expectations.flatMap((expectation) => expectation.cells.map((expected) => ({ expectation, expected })));
  const byKey = firstBy(all, ({ expected }) => expected.cell.key);
  return planned.map(({ cell, control, runs }) => {
    const { expectation, expected = null } = byKey.get(cell.key) ?? {};
    return {
      cell,
      control,
      planned: runs,
      promised: promised?.has(cell.key) ?? false,
      expected,
      sources: expectation?.sources ?? [],
      evidence: evidence.get(cell.key) ?? [],
      blessed: (blessed?.get(cell.key) ?? []).filter(({ provenance: { commit } }) =>
        expectation?.blessings.some((blessing) => blessing.commit === commit)
      ),
    };
  });
}
