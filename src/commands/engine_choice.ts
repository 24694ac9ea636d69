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

/** Why a process of ours that said nothing on stdout ended, in one line. */
export function whyItEnded({ stderr, signal, code }: Deno.CommandOutput): string {
  if (signal) return `its process was ended by ${signal}`;
  const line = new TextDecoder().decode(stderr).split("\n").find((text) => /error/i.test(text));
  return line ?? `its process ended with exit code ${code}`;
}
