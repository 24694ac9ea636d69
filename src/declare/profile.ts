import type { FieldValue } from "./field.ts";

/** The image case is `mnist1k` where the data are or can be fetched, and `glyphs1k` elsewhere. */
export const IMAGE = "mnist1k or glyphs1k";
export const OFFLINE_IMAGE = "glyphs1k";
export const IMAGE_CASES = ["mnist1k", OFFLINE_IMAGE];

/** One case of a profile, with the overrides that make it another problem. */
export interface Entry {
  readonly case: string;
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
