import type { Catalogue } from "../../../src/catalogue/catalogue.ts";

/** A slip in the text of a file: for what lies inside a function, where nothing can be put in its place from outside. */
export interface Edit {
  /** Path from the root of the project. */
  readonly file: string;
  /** Text that is there exactly once, and what takes its place. */
  readonly find: string;
  readonly replace: string;
}

/**
 * A slip in what is measured: the catalogue as it would be with it. It pins no text.
 *
 * @throws {UsageError} where nothing in the catalogue is as the slip needs it
 */
export type Fault = (catalogue: Catalogue) => Catalogue;

interface Named {
  readonly id: string;
  /** The slip in one line. */
  readonly what: string;
  /** Shows only in what the canaries do not compare: another tier must see it. */
  readonly late?: boolean;
}

/** A seeded bug: a slip that a person could make. */
export type Mutant = Named & ({ readonly edit: Edit } | { readonly fault: Fault });

/** A slip in what judges runs: none of them shows it, so these tests must, files or folders of them. */
export type JudgeMutant = Named & { readonly edit: Edit; readonly tests: readonly string[] };
