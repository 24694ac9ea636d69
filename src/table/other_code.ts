import type { Catalogue } from "../catalogue/catalogue.ts";
import { sourcesOf } from "../catalogue/sources.ts";
import { DataError } from "../data/data_error.ts";
import { UsageError } from "../errors.ts";
import type { Run } from "../run/record/record.ts";
import { resolve, type Trial } from "../run/trial.ts";
import { cellsOf } from "./cell.ts";
import { Reuse } from "../fleet/reuse.ts";

/** The trial that would make a record again; null where the catalogue does not have what it needs any more. */
export function trialOf(catalogue: Catalogue, { case: id, config, algorithm, hyper, seed, engine }: Run): Trial | null {
  const fixed = catalogue.algorithms.find((known) => known.id === algorithm)?.fixed ?? [];
  const settable = Object.fromEntries(Object.entries(hyper).filter(([name]) => !fixed.includes(name)));
  try {
    return resolve(catalogue, { case: id, algorithm, overrides: { ...config, ...settable }, seed, engine });
  } catch (error) {
    if (error instanceof UsageError) return null;
    throw error;
  }
}

/**
 * Ids of the records that were made by code that computes something else than the code as it is. One record a cell is
 * compared, and stands for those that say the same of themselves; records that do not say what they computed are left out.
 */
export async function madeByOtherCode(catalogue: Catalogue, records: readonly Run[]): Promise<Set<string>> {
  const reuse = new Reuse(catalogue, sourcesOf(catalogue));
  const stale = records.filter(({ computation, provenance }) =>
    computation !== null && (catalogue.plugins.length > 0 || provenance.sources !== reuse.sources)
  );
  const cellOf = cellsOf(catalogue);
  const kinds = Map.groupBy(stale, (record) => `${cellOf(record).key} ${record.provenance.sources}`);
  const found = new Set<string>();
  for (const alike of kinds.values()) {
    const trial = trialOf(catalogue, alike[0]);
    const made = { computation: alike[0].computation, sources: alike[0].provenance.sources };
    try {
      if (trial && await reuse.objection(trial, made) !== null) { for (const { id } of alike) found.add(id); }
    } catch (error) {
      // Without its data nothing can be said of it.
      if (!(error instanceof DataError)) throw error;
    }
  }
  return found;
}
