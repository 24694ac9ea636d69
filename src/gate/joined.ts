import { join } from "node:path";
import type { Catalogue } from "../catalogue/catalogue.ts";
import { UsageError } from "../errors.ts";
import { confirms, rotates } from "../fleet/seeds.ts";
import { readArchive } from "../run/record/archive.ts";
import type { RunRecord } from "../run/record/record.ts";
import { fingerprint } from "../run/record/seal.ts";
import { cellOf } from "../table/cell.ts";
import type { Expectation, ExpectedCell } from "./expectation.ts";
import type { NightPair } from "./night_tier.ts";
import { observationsOf, tellingBudget } from "./observations.ts";
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

/** Where runs that joined are, and of which engine. */
export interface JoinedOf {
  readonly root: string;
  readonly engine: string;
  readonly catalogue: Catalogue;
}

export const NONE_JOINED: Joined = { blessed: [], found: [] };

/** The commit whose code an expectation is of: that of its last blessing. */
const blessedAt = ({ blessings }: Expectation): string | null => blessings.at(-1)?.commit ?? null;

/**
 * Where they lie, `<profile>/<case>/<engine>/<blessing>/blessed` and `found`: they count on that engine and beside the blessing
 * that they were made under, and no other.
 */
export const joinedFolder = (
  { root, engine }: Pick<JoinedOf, "root" | "engine">,
  expectation: Expectation,
  side: Side,
): string => {
  const blessing = blessedAt(expectation)?.slice(0, 12) ?? "unblessed";
  return join(root, expectation.profile, expectation.case, engine.replaceAll(":", "-"), blessing, side);
};

/** What has joined an expectation. @throws {UsageError} where a run of it cannot be trusted */
export function joinedTo(expectation: Expectation, of: JoinedOf): Joined {
  const read = (side: Side): readonly RunRecord[] => {
    const folder = joinedFolder(of, expectation, side);
    const { records, rejected } = readArchive(folder, of.catalogue);
    if (rejected.length === 0) return records.filter(({ engine }) => engine === of.engine);
    throw new UsageError(
      `--joined ${folder}: not every run can be trusted: ${rejected[0]}; put it right, or restore the file with git`,
    );
  };
  return { blessed: read("blessed"), found: read("found") };
}

/** The same seeds under both codes, by the key of the cell. */
export function pairsOfNights({ blessed, found }: Joined, catalogue: Catalogue): Map<string, NightPair[]> {
  const partners = new Map(blessed.map((record) => [record.id, record]));
  const pairs = found.flatMap((record) => {
    const partner = partners.get(record.id);
    if (!partner) return [];
    const [expected, fresh] = observationsOf([partner, record]);
    const { provenance: { sources }, timing: { finishedAt } } = record;
    return [{
      key: cellOf(catalogue, record).key,
      pair: { times: [expected, fresh], sources, finishedAt } as NightPair,
    }];
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

/** Whether a run was followed as long as the expected ones: one that was given up early would cut them to its length. */
const tells = ({ samples }: ExpectedCell, { status, config }: RunRecord): boolean =>
  status !== "censored" || config.maxEpochs >= tellingBudget(samples);

/**
 * What of a night's runs may join: on seeds of a day, of cells that are expected, followed as long as those, made at a clean
 * commit; those of the expected code at the commit of the blessing, those of the new code only beside one of them.
 */
export function joining(
  expectation: Expectation,
  { blessed, found }: Joined,
  { engine, catalogue }: Omit<JoinedOf, "root">,
): Joined {
  const cells = new Map(expectation.cells.map((cell) => [cell.cell.key, cell]));
  const ours = (records: readonly RunRecord[]) =>
    records.filter((record) => {
      const cell = record.case === expectation.case ? cells.get(cellOf(catalogue, record).key) : undefined;
      return cell !== undefined && record.engine === engine && record.provenance.dirty === false &&
        rotates(record.seed) && !confirms(record.seed) && tells(cell, record);
    });
  const own = ours(blessed).filter(({ provenance: { commit } }) => commit === blessedAt(expectation));
  const ids = new Set(own.map(({ id }) => id));
  return { blessed: own, found: ours(found).filter(({ id }) => ids.has(id)) };
}
