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

/** What was thrown, in one line. */
export const reasonOf = (thrown: unknown): string =>
  (thrown instanceof Error ? thrown.message : String(thrown)).split("\n")[0];

/** A text on one line for a terminal or a log: control characters, of names that others chose, are shown and not obeyed. */
export const printable = (text: string): string =>
  text.replace(/[\p{Cc}\u2028\u2029]/gu, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, "0")}`);
