import { adviceOn } from "./src/deno_version.ts";

/** Does a command, after a word about the Deno that it is given by where that is another than the tested one. */
export async function main(version: string, args: readonly string[]): Promise<never> {
  const advice = adviceOn(version);
  if (advice) console.error(advice.line);
  if (advice?.isTooOld) Deno.exit(2);
  // Loaded after this, since a Deno that is too old stumbles over the first module that it does not understand.
  const [{ mainOf }, { commands }, { catalogue }] = await Promise.all([
    import("./src/commands/shell.ts"),
    import("./src/commands/mod.ts"),
    import("./bench/mod.ts"),
  ]);
  return await mainOf(commands, args, catalogue);
}

if (import.meta.main) await main(Deno.version.deno, Deno.args);
