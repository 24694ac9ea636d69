import { join } from "node:path";
import type { Catalogue } from "../catalogue/catalogue.ts";
import { UsageError } from "../errors.ts";
import { confirms, rotates } from "../fleet/seeds.ts";
import { readArchive } from "../run/record/archive.ts";
import type { RunRecord } from "../run/record/record.ts";
import { fingerprint } from "../run/record/seal.ts";
import { cellOf } from "../table/cell.ts";
import type { Expectation } from "./expectation.ts";
import { observationsOf } from "./observations.ts";
import type { TimePair } from "./pairs.ts";
import { sampleOf, type Source, sourceOf } from "./sample.ts";

/**
 * Runs on seeds of a day that a night made besides: by the code that was blessed, which makes them more of what is expected,
 * and by the new code, which makes partners of them. Nothing that they show decides whether they are kept.
 */
export interface Joined {
  readonly blessed: readonly RunRecord[];
  readonly found: readonly RunRecord[];
}

export type Side = keyof Joined;

/** The commit whose code an expectation is of: that of its last blessing. */
const blessedAt = ({ blessings }: Expectation): string | null => blessings.at(-1)?.commit ?? null;

/**
 * Where they lie, `<profile>/<case>/<blessing>/blessed` and `found`: they count beside the blessing that they were made under
 * and no other.
 */
export const joinedFolder = (root: string, expectation: Expectation, side: Side): string =>
  join(root, expectation.profile, expectation.case, blessedAt(expectation)?.slice(0, 12) ?? "unblessed", side);

/** What has joined an expectation. @throws {UsageError} where a run of it cannot be trusted */
export function joinedTo(expectation: Expectation, root: string, catalogue: Catalogue): Joined {
  const read = (side: Side): readonly RunRecord[] => {
    const { records, rejected } = readArchive(joinedFolder(root, expectation, side), catalogue);
    if (rejected.length) throw new UsageError(`runs that joined ${expectation.case}: ${rejected[0]}; restore the file`);
    return records;
  };
  return { blessed: read("blessed"), found: read("found") };
}

/** Times of the same seeds under both codes, by the key of the cell. */
export function pairsOfNights({ blessed, found }: Joined, catalogue: Catalogue): Map<string, TimePair[]> {
  const partners = new Map(blessed.map((record) => [record.id, record]));
  const pairs = found.flatMap((record) => {
    const partner = partners.get(record.id);
    if (!partner) return [];
    const [expected, fresh] = observationsOf([partner, record]);
    return [{ key: cellOf(catalogue, record).key, pair: [expected, fresh] as TimePair }];
  });
  return new Map([...Map.groupBy(pairs, ({ key }) => key)].map(([key, own]) => [key, own.map(({ pair }) => pair)]));
}

/** The expectation with runs of its own code among its samples; of cells and on seeds that it has they add nothing. */
export function withJoined(expectation: Expectation, { blessed }: Joined, catalogue: Catalogue): Expectation {
  if (blessed.length === 0) return expectation;
  const sources: Source[] = [...expectation.sources];
  const indexOf = (record: RunRecord): number => {
    const source = sourceOf(record);
    const at = sources.findIndex((known) => fingerprint(known) === fingerprint(source));
    return at >= 0 ? at : sources.push(source) - 1;
  };
  const byCell = Map.groupBy(blessed, (record) => cellOf(catalogue, record).key);
  const cells = expectation.cells.map((cell) => {
    const known = new Set(cell.samples.map(({ seed }) => seed));
    const more = (byCell.get(cell.cell.key) ?? []).filter(({ seed }) => !known.has(seed));
    return { ...cell, samples: [...cell.samples, ...more.map((record) => sampleOf(record, indexOf(record)))] };
  });
  return { ...expectation, sources, cells };
}

/**
 * What of a night's runs may join: on seeds of a day, of cells that are expected, made at a clean commit; those of the expected
 * code at the commit of the blessing, those of the new code only beside one of them.
 */
export function joining(
  expectation: Expectation,
  { blessed, found }: Joined,
  { engine, catalogue }: { readonly engine: string; readonly catalogue: Catalogue },
): Joined {
  const keys = new Set(expectation.cells.map(({ cell }) => cell.key));
  const ours = (records: readonly RunRecord[]) =>
    records.filter((record) =>
      record.engine === engine && record.case === expectation.case && record.provenance.dirty === false &&
      rotates(record.seed) && !confirms(record.seed) && keys.has(cellOf(catalogue, record).key)
    );
  const own = ours(blessed).filter(({ provenance: { commit } }) => commit === blessedAt(expectation));
  const ids = new Set(own.map(({ id }) => id));
  return { blessed: own, found: ours(found).filter(({ id }) => ids.has(id)) };
}
