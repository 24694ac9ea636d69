import { resolve } from "node:path";
import type { Flags } from "./flags.ts";

/** The folder that `--expected` names; undefined for the project's own. */
export function expectedRoot(flags: Flags): string | undefined {
  const folder = flags.text("expected");
  return folder === null ? undefined : resolve(folder);
}
