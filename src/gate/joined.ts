import { join } from "node:path";
import type { Catalogue } from "../catalogue/catalogue.ts";
import { UsageError } from "../errors.ts";
import { confirms, rotates } from "../fleet/seeds.ts";
import { readArchive } from "../run/record/archive.ts";
import type { RunRecord } from "../run/record/record.ts";
import { cellOf } from "../table/cell.ts";
import type { Expectation } from "./expectation.ts";
import type { Judgement } from "./judge.ts";
import { sampleOf, type Source, sourceOf } from "./sample.ts";
import { fingerprint } from "../run/record/seal.ts";

/**
 * Runs that join an expectation: on seeds of a day, made on nights on which nothing had changed. They are more of what is
 * expected, without having been tested against it, so their choice depends on nothing that they show.
 *
 * They are of the code that was blessed, so they lie under the commit of the last blessing and count beside that one alone.
 */
export const joinedFolder = (root: string, { profile, case: id, blessings }: Expectation): string =>
  join(root, profile, id, blessings.at(-1)?.commit.slice(0, 12) ?? "unblessed");

/** @throws {UsageError} where one of them cannot be trusted */
export function joinedTo(expectation: Expectation, root: string, catalogue: Catalogue): readonly RunRecord[] {
  const { records, rejected } = readArchive(joinedFolder(root, expectation), catalogue);
  if (rejected.length) throw new UsageError(`runs that joined ${expectation.case}: ${rejected[0]}; restore the file`);
  return records;
}

/** The expectation with runs that joined it among its samples; of cells that it has. */
export function withJoined(expectation: Expectation, records: readonly RunRecord[], catalogue: Catalogue): Expectation {
  if (records.length === 0) return expectation;
  const sources: Source[] = [...expectation.sources];
  const indexOf = (record: RunRecord): number => {
    const source = sourceOf(record);
    const at = sources.findIndex((known) => fingerprint(known) === fingerprint(source));
    return at >= 0 ? at : sources.push(source) - 1;
  };
  const byCell = Map.groupBy(records, (record) => cellOf(catalogue, record).key);
  const cells = expectation.cells.map((cell) => {
    const known = new Set(cell.samples.map(({ seed }) => seed));
    const more = (byCell.get(cell.cell.key) ?? []).filter(({ seed }) => !known.has(seed));
    return { ...cell, samples: [...cell.samples, ...more.map((record) => sampleOf(record, indexOf(record)))] };
  });
  return { ...expectation, sources, cells };
}

/** Why runs of a night may not join what is expected, or null. */
export function notQuiet({ verdict, runs }: Pick<Judgement, "verdict" | "runs">): string | null {
  if (verdict !== "reproduced") return `the verdict is ${verdict}`;
  if (runs.fresh > 0) return `${runs.fresh} runs do not repeat an expected one bit for bit`;
  return runs.repeated > 0 ? null : "no run was judged";
}

/** The runs that may join: on seeds of a day, of a cell that is expected, by the code that was judged. */
export function joining(
  { engine, commits }: Pick<Judgement, "engine" | "commits">,
  expectation: Expectation,
  records: readonly RunRecord[],
  catalogue: Catalogue,
): RunRecord[] {
  const keys = new Set(expectation.cells.map(({ cell }) => cell.key));
  return records.filter((record) =>
    record.engine === engine && record.case === expectation.case && rotates(record.seed) && !confirms(record.seed) &&
    record.provenance.dirty === false && commits.includes(record.provenance.commit!) &&
    keys.has(cellOf(catalogue, record).key)
  );
}
