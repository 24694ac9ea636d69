import type { FieldValue } from "./field.ts";

/** One problem of a profile: a case, with the overrides that make it another one. */
export interface Entry {
  /** The case, or several of which the first counts whose data are here or can be fetched. */
  readonly case: string | { readonly firstAvailable: readonly string[] };
  readonly overrides?: Readonly<Record<string, FieldValue>>;
  /** Default: the profile's. */
  readonly algorithms?: readonly string[];
  /** Default: the profile's. */
  readonly seeds?: readonly number[];
}

/** A named selection of runs. */
export interface Profile {
  readonly id: string;
  readonly summary: string;
  readonly entries: readonly Entry[];
  readonly algorithms: readonly string[];
  readonly seeds: readonly number[];
}

/** The cases that an entry may be of. */
export const casesOf = ({ case: named }: Entry): readonly string[] =>
  typeof named === "string" ? [named] : named.firstAvailable;
