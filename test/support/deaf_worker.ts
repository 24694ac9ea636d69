import { encodeLine } from "../../src/fleet/messages.ts";

/** What it says when it has its order. */
export const HEARD = "heard the order and nothing after it";

/** A worker that hangs: it takes its order and hears neither signals nor the end of its input. */
if (import.meta.main) {
  for (const signal of ["SIGINT", "SIGTERM"] as const) Deno.addSignalListener(signal, () => {});
  await Deno.stdin.readable.getReader().read();
  Deno.stdout.writeSync(encodeLine({ run: 0, kind: "note", line: HEARD }));
  setInterval(() => {}, 1000);
}
