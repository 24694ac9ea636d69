import type { Catalogue } from "../../catalogue/catalogue.ts";
import type { Fields, Values } from "../../declare/field.ts";
import type { CommonConfig } from "../../problem/case.ts";
import { namesOf } from "../trial.ts";
import { type RunRecord, SCHEMA } from "./record.ts";
import { sealed, sealIsIntact } from "./seal.ts";

/** The schema in which a case had the constants of every algorithm among its fields. */
const FIRST = 1;

type Old = Omit<RunRecord, "schema"> & { readonly schema: number };

export const isOld = ({ schema }: Pick<Old, "schema">): boolean => schema === FIRST;

/** The values of some fields; a field that is newer than the values has what code without it did. */
const picked = (fields: Fields, values: Values): Values | null => {
  const found = Object.entries(fields).map(([name, field]) => [name, values[name] ?? field.before] as const);
  return found.some(([, value]) => value === undefined) ? null : Object.fromEntries(found) as Values;
};

/**
 * A record of schema 1 as one of schema 2: the constants that its algorithm has go to the algorithm, those that it does
 * not have are let go, and the run is named anew. What was measured stays as it is.
 *
 * @returns why it cannot be read, as text, where it cannot
 */
export function upgraded(old: Old, { cases, algorithms }: Catalogue): RunRecord | string {
  if (!sealIsIntact(old)) return "its seal does not fit its contents: it was edited or cut";
  const [found, algorithm] = [
    cases.find(({ id }) => id === old.case),
    algorithms.find(({ id }) => id === old.algorithm),
  ];
  const who = `case '${old.case}' and algorithm '${old.algorithm}'`;
  if (!found || !algorithm) return `it is of schema ${FIRST}, and its ${who} are not both known here`;
  const config = picked(found.fields, old.config as unknown as Values);
  const hyper = picked(algorithm.fields, old.hyper);
  if (!config || !hyper) return `it is of schema ${FIRST}, and lacks fields that ${who} have now`;
  const { seal: _, id: _i, schema: _s, provenance, ...kept } = old as Old & { readonly seal: string };
  const record = { ...kept, config: config as unknown as CommonConfig, hyper };
  const { engineVersions } = provenance;
  const { id } = namesOf({
    case: found,
    config: record.config,
    algorithm,
    hyper,
    engineVersions,
    seed: old.seed,
    engine: old.engine,
  });
  return sealed({
    ...record,
    schema: SCHEMA as typeof SCHEMA,
    id,
    computation: null,
    provenance: { ...provenance, sources: null },
  });
}
