import type { Flags } from "./flags.ts";

/** The folder that `--expected` names; undefined for the project's own. */
export function expectedRoot(flags: Flags): string | undefined {
  return flags.path("expected") ?? undefined;
}
