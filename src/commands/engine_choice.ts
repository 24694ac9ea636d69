import { engines } from "../engine/mod.ts";
import { find } from "../errors.ts";
import type { Flags } from "./flags.ts";

/** The engines that `--engine` names, separated by commas; every engine without it. @throws {UsageError} */
export function enginesNamed(flags: Flags): { readonly named: boolean; readonly ids: readonly string[] } {
  const ids = (flags.text("engine") ?? "").split(",").filter(Boolean).map((id) =>
    find("engine", engines, id.trim()).id
  );
  return ids.length ? { named: true, ids } : { named: false, ids: engines.map(({ id }) => id) };
}
