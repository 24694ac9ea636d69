import { catalogue } from "../../bench/mod.ts";
import { existsSync } from "node:fs";
import { encodeLine } from "../../src/fleet/messages.ts";
import { work } from "../../src/fleet/worker.ts";

/** What it says when it stands still. */
export const STANDS = "stands still";

/**
 * A worker that stands still in the middle of a save, its first argument says of which, until the file is there that its
 * second argument names: so a test can do something to it at that very place, however fast the machine.
 */
if (import.meta.main) {
  const [saves, goOn] = Deno.args;
  const { renameSync } = Deno;
  let left = Number(saves);
  Deno.renameSync = (from, to) => {
    if (--left === 0) {
      Deno.stdout.writeSync(encodeLine({ run: 0, kind: "note", line: STANDS }));
      const never = new Int32Array(new SharedArrayBuffer(4));
      while (!existsSync(goOn)) Atomics.wait(never, 0, 0, 10);
    }
    renameSync(from, to);
  };
  await work(catalogue);
}
