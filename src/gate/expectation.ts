import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Claim } from "../declare/claim.ts";
import type { Values } from "../declare/field.ts";
import { misshapen, parseJson } from "../documents/document.ts";
import { UsageError } from "../errors.ts";
import type { OfOneCell } from "../table/table.ts";
import { textIfThere } from "../files.ts";
import { type Sealed, sealIsIntact } from "../run/record/seal.ts";
import type { Comparison } from "../stats/comparison.ts";
import type { Figures } from "../stats/figures.ts";
import type { LogDistribution } from "../stats/log_distribution.ts";
import type { LawFigures } from "./law_figures.ts";
import type { Sample, Source } from "./sample.ts";

export const EXPECTATION_SCHEMA = 2;

/** Figures without the signs of their pairs, which are counted from the samples when someone asks. */
export type ExpectedFigures = {
  [Name in keyof Figures]: Figures[Name] extends Comparison | null ? Omit<Comparison, "signs"> | null : Figures[Name];
};

/** One problem under one algorithm: the raw sample first, figures derived from it for reading beside it. */
export interface ExpectedCell extends OfOneCell {
  readonly control: string | null;
  readonly samples: readonly Sample[];
  readonly figures: ExpectedFigures;
  /** Of log T, T in gradient calls to generalise. */
  readonly distribution: LogDistribution;
  /** The paper's figures for this cell. */
  readonly paper: readonly Omit<Claim, "case" | "algorithm">[];
}

/** Why and when an expectation was written. */
export interface Blessing {
  readonly date: string;
  readonly by: string;
  readonly commit: string;
  readonly reason: string;
}

/** What the runs of a case are compared with: one file a profile and case. */
export interface Expectation {
  readonly schema: typeof EXPECTATION_SCHEMA;
  readonly profile: string;
  readonly case: string;
  /** The fields of each problem without the budget, by its key. */
  readonly problems: Readonly<Record<string, Values>>;
  readonly sources: readonly Source[];
  readonly cells: readonly ExpectedCell[];
  readonly laws: readonly LawFigures[];
  readonly blessings: readonly Blessing[];
}

const ROOT = fileURLToPath(new URL("../../expected/", import.meta.url));

/** `expected/<profile>`, the folder of a profile's expectations. */
export const expectedFolder = (profile: string, root = ROOT): string => join(root, profile);

/** `expected/<profile>/<case>.json`. */
export const expectationPath = (profile: string, caseId: string, root = ROOT): string =>
  join(expectedFolder(profile, root), `${caseId}.json`);

/** `expected/<profile>/records/<case>.jsonl`: the compact records that the expectation is computed from. */
export const recordsPath = (profile: string, caseId: string, root = ROOT): string =>
  join(expectedFolder(profile, root), "records", `${caseId}.jsonl`);

/** What is not where it belongs: a file of another case or profile, a sample of a source that is not there; or null. */
function elsewhere({ profile, case: id, cells, sources }: Expectation, ...named: [string, string]): string | null {
  if (profile !== named[0] || id !== named[1]) return `it is of profile ${profile} and case ${id}`;
  const lost = cells.flatMap(({ samples }) => samples).find(({ source }) => sources[source] === undefined);
  return lost ? `its sample ${lost.record} has a source that is not there` : null;
}

/**
 * Reads the expectation of a case, or null where there is none.
 *
 * @throws {UsageError} when the file is not as `bless` wrote it
 */
export function readExpectation(profile: string, caseId: string, root = ROOT): Expectation | null {
  const path = expectationPath(profile, caseId, root);
  const text = textIfThere(path);
  if (text === null) return null;
  const refuse = (reason: string) =>
    new UsageError(`expectation ${path}: ${reason}; restore it with git, or write it with 'deno task bless'`);
  const read = parseJson(text);
  if ("rejected" in read) throw refuse(read.rejected);
  const found = (read.document ?? {}) as Sealed<Expectation>;
  if (found.schema !== EXPECTATION_SCHEMA) throw refuse(`schema ${found.schema} is not ${EXPECTATION_SCHEMA}`);
  if (!sealIsIntact(found)) throw refuse("its seal does not fit its contents, it was edited by hand");
  const wrong = misshapen("expectation", found) ?? elsewhere(found, profile, caseId);
  if (wrong) throw refuse(wrong);
  return found;
}
