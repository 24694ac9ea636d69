import { UsageError } from "../errors.ts";
import { isFolder } from "../files.ts";
import type { Flags } from "./flags.ts";

/** The folder that `--expected` names, to write to; undefined for the project's own. */
export const expectedRoot = (flags: Flags): string | undefined => flags.path("expected") ?? undefined;

/** The same to read from. @throws {UsageError} where it is none: nothing would be expected, and all be well */
export function expectedThere(flags: Flags): string | undefined {
  const folder = expectedRoot(flags);
  if (folder === undefined || isFolder(folder)) return folder;
  throw new UsageError(`--expected '${flags.text("expected")}': there is no such folder; 'deno task bless' writes one`);
}
