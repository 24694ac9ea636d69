import type { Catalogue } from "../../../src/catalogue/catalogue.ts";
import { find, UsageError } from "../../../src/errors.ts";
import { data } from "./data.ts";
import { hunt } from "./hunt.ts";
import { models } from "./models.ts";
import { judging } from "./judging.ts";
import type { JudgeMutant, Mutant } from "./mutant.ts";
import { optimiser, optimiserLater } from "./optimiser.ts";
import { outcome, run, runLater } from "./run.ts";

export type { Edit, Fault, JudgeMutant, Mutant } from "./mutant.ts";

/** Mutants of what runs, by theme; those that canaries cannot see last. */
export const mutants: readonly Mutant[] = [
  ...optimiser,
  ...hunt,
  ...models,
  ...data,
  ...run,
  ...optimiserLater,
  ...runLater,
  ...outcome,
];

/** Every mutant: those of what runs, and those of what judges. */
export const everyMutant: readonly (Mutant | JudgeMutant)[] = [...mutants, ...judging];

export { judging };

/** The catalogue with the slip of a mutant that is a fault in it. @throws {UsageError} */
export function faulty(catalogue: Catalogue, id: string): Catalogue {
  const mutant = find("mutant", mutants, id);
  if (!("fault" in mutant)) throw new UsageError(`mutant '${id}': it is an edit, not a fault`);
  return mutant.fault(catalogue);
}
