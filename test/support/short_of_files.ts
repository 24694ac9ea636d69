import { mainOf } from "../../src/commands/shell.ts";
import { watch } from "../../src/commands/watch.ts";
import { catalogue } from "../../bench/mod.ts";
import { limitOpenFiles } from "./limits.ts";

/** `watch` on a system that gives no more than 64 file descriptors. */
if (import.meta.main) {
  limitOpenFiles(64);
  await mainOf([watch], Deno.args, catalogue);
}
