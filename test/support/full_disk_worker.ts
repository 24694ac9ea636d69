import { catalogue } from "../../bench/mod.ts";
import { work } from "../../src/fleet/worker.ts";

/** What a system says when there is no room left. */
export const FULL = "No space left on device (os error 28)";

/**
 * A worker whose disk has no room for some of the checkpoints, its first two arguments say from which to which, and for no
 * record if its third one says so.
 */
if (import.meta.main) {
  const [from, to] = Deno.args.map(Number);
  const { renameSync } = Deno;
  let saves = 0;
  Deno.renameSync = (temporary, path) => {
    const isRecord = `${path}`.endsWith(".json");
    if (isRecord ? Deno.args[2] === "records" : ++saves >= from && saves <= to) throw new Error(FULL);
    renameSync(temporary, path);
  };
  await work(catalogue);
}
