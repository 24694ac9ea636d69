import { closest } from "fastest-levenshtein";

/** Something the user asked for that cannot be done: one line, exit code 2, nothing written. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

/** The one of `known` called `id`, or a refusal that names the nearest. */
export function find<T extends { readonly id: string }>(kind: string, known: readonly T[], id: string): T {
  const found = known.find((item) => item.id === id);
  if (found) return found;
  throw new UsageError(`${kind} '${id}' is unknown; did you mean '${nearest(id, known.map((k) => k.id))}'?`);
}

export const nearest = (name: string, known: readonly string[]): string => closest(name, known);
