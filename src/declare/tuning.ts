import type { Values } from "./field.ts";
import type { Entry } from "./profile.ts";

/** What the search of a method on a problem came to. */
export interface Searched {
  /** What differs from its own constants where it was best; null where no setting generalised with every seed. */
  readonly found: Values | null;
  /**
   * Numbers of the settings, from 0, that generalised with the first seed and so were run with the next; all of them where
   * it is not said.
   */
  readonly goneOn?: readonly number[];
}

/** What a search for constants is like, for every method the same. */
export interface Tuning {
  /** Where is searched: cases, with the budget at which a run is given up and how often it is evaluated. */
  readonly problems: readonly (Entry & { readonly case: string })[];
  /** Seeds that are for tuning alone: what is chosen by them is measured on others. */
  readonly seeds: readonly number[];
  /** What came of the searches that are kept, by problem and method. */
  readonly searches: Readonly<Record<string, Readonly<Record<string, Searched>>>>;
}
