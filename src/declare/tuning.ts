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

/** A problem to search on: a case, with the budget at which a run is given up and how often it is evaluated. */
export interface SearchedOn extends Entry {
  readonly case: string;
  /** What the case differs in, its budget say, where what was found is measured on other seeds; nothing where it is not said. */
  readonly measured?: Values;
}

/** What a search for constants is like, for every method the same. */
export interface Tuning {
  /** Where is searched. */
  readonly problems: readonly SearchedOn[];
  /** Seeds that are for tuning alone: what is chosen by them is measured on others. */
  readonly seeds: readonly number[];
  /** What came of the searches that are kept, by problem and method. */
  readonly searches: Readonly<Record<string, Readonly<Record<string, Searched>>>>;
}
