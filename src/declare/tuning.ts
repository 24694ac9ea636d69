import type { Entry } from "./profile.ts";

/** What a search for constants is like, for every method the same. */
export interface Tuning {
  /** Where is searched: cases, with the budget at which a run is given up and how often it is evaluated. */
  readonly problems: readonly (Entry & { readonly case: string })[];
  /** Seeds that are for tuning alone: what is chosen by them is measured on others. */
  readonly seeds: readonly number[];
}
