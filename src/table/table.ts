import type { Catalogue } from "../catalogue/catalogue.ts";
import type { Run, RunRecord } from "../run/record/record.ts";
import { type Cell, cellsOf } from "./cell.ts";

/** Anything that is known of one cell. */
export interface OfOneCell {
  readonly cell: Cell;
}

/**
 * Whether `other` was run with the constants of `own`, as far as they have the same ones: what is set for one is set for
 * the other. Constants that an algorithm sets itself are not compared.
 */
export function sameSettings(own: Cell, other: Cell): boolean {
  const comparable = ({ hyper, fixed }: Cell, name: string) => name in hyper && !fixed.includes(name);
  const set = Object.keys(own.settings).filter((name) => comparable(other, name));
  return set.every((name) => own.hyper[name] === other.hyper[name]) &&
    Object.keys(other.settings).every((name) => comparable(own, name) && own.hyper[name] === other.hyper[name]);
}

/** What is known of several cells; who belongs together is found by keys. */
export class SampleTable<T extends OfOneCell> {
  readonly #byKey: ReadonlyMap<string, T>;
  /** Rows of one algorithm on one problem, which differ in their settings. */
  readonly #alike: ReadonlyMap<string, readonly T[]>;
  /** In the order in which they were given. */
  readonly rows: readonly T[];

  constructor(rows: Iterable<T>) {
    this.#byKey = new Map([...rows].map((row) => [row.cell.key, row]));
    this.rows = [...this.#byKey.values()];
    this.#alike = Map.groupBy(this.rows, ({ cell: { problem, algorithm } }) => `${problem} ${algorithm}`);
  }

  at(key: string): T | null {
    return this.#byKey.get(key) ?? null;
  }

  /**
   * Another algorithm on the same problem with the same constants, as its baseline or its control; null without one. Of several
   * the one that has least set for itself: a constant that it has by being set, and the other by default, makes it another row.
   */
  beside({ cell }: OfOneCell, algorithm: string | null): T | null {
    if (algorithm === null || algorithm === cell.algorithm) return null;
    const alike = this.#alike.get(`${cell.problem} ${algorithm}`) ?? [];
    const ownSet = ({ cell: { settings } }: T) =>
      Object.keys(settings).filter((name) => !(name in cell.settings)).length;
    return alike.filter(({ cell: other }) => sameSettings(cell, other)).sort((a, b) => ownSet(a) - ownSet(b))[0] ??
      null;
  }

  /** The same, but none whose constants were found on another problem: it is no baseline there. */
  tunedBeside(own: OfOneCell, algorithm: string | null): T | null {
    const found = this.beside(own, algorithm);
    return found?.cell.untuned ? null : found;
  }

  /** Rows of one problem each, in the order of the first of them. */
  problems(): readonly (readonly [T, ...T[]])[] {
    return [...Map.groupBy(this.rows, ({ cell }) => cell.problem).values()] as [T, ...T[]][];
  }

  /** The rows with these keys, in the order of the keys, as far as there are any. */
  only(keys: Iterable<string>): SampleTable<T> {
    return new SampleTable([...new Set(keys)].flatMap((key) => this.at(key) ?? []));
  }
}

/** The runs of one cell, one a seed, seeds ascending. */
export interface CellRuns<R extends Run = RunRecord> extends OfOneCell {
  readonly control: string | null;
  readonly records: readonly R[];
}

/** Of two runs of one seed (other budgets, other versions of the engine): the one that was given more, or is newer. */
const supersedes = (record: Run, rival: Run): boolean =>
  record.config.maxEpochs === rival.config.maxEpochs
    ? record.timing.finishedAt > rival.timing.finishedAt
    : record.config.maxEpochs > rival.config.maxEpochs;

/**
 * Records by cell, one a seed. What a method is held against is what its definition says now; a record keeps what it said
 * when it was run, which counts for a method that is not known any more.
 */
export function tableOf<R extends Run>(catalogue: Catalogue, records: readonly R[]): SampleTable<CellRuns<R>> {
  const cells = new Map<string, { cell: Cell; bySeed: Map<number, R> }>();
  const cellOf = cellsOf(catalogue);
  for (const record of records) {
    const cell = cellOf(record);
    const known = cells.get(cell.key) ?? { cell, bySeed: new Map() };
    cells.set(cell.key, known);
    const rival = known.bySeed.get(record.seed);
    if (!rival || supersedes(record, rival)) known.bySeed.set(record.seed, record);
  }
  return new SampleTable([...cells.values()].map(({ cell, bySeed }): CellRuns<R> => {
    const runs = [...bySeed.values()].sort((a, b) => a.seed - b.seed);
    const { control } = catalogue.algorithms.find(({ id }) => id === cell.algorithm) ?? runs[0];
    return { cell, control, records: runs };
  }));
}
