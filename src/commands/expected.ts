import { UsageError } from "../errors.ts";
import { isFolder } from "../files.ts";
import type { Flags } from "./flags.ts";

/** How the flag that {@linkcode joinedThere} reads is told of. */
export const JOINED_HELP =
  "      --joined DIR         folder of runs that joined the expectations (deno task join): they count as expected";

/** The folder that `--joined` names, or null. @throws {UsageError} where it is none: the runs in it would not count */
export function joinedThere(flags: Flags): string | null {
  const folder = flags.path("joined");
  if (folder === null || isFolder(folder)) return folder;
  throw new UsageError(`--joined '${flags.text("joined")}': there is no such folder; 'deno task join' writes one`);
}

/** The folder that `--expected` names, to write to; undefined for the project's own. */
export const expectedRoot = (flags: Flags): string | undefined => flags.path("expected") ?? undefined;

/** The same to read from. @throws {UsageError} where it is none: nothing would be expected, and all be well */
export function expectedThere(flags: Flags): string | undefined {
  const folder = expectedRoot(flags);
  if (folder === undefined || isFolder(folder)) return folder;
  throw new UsageError(`--expected '${flags.text("expected")}': there is no such folder; 'deno task bless' writes one`);
}
