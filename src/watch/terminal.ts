import { createLogUpdate } from "log-update";
import process from "node:process";
import { pause } from "./pause.ts";
import { type Room, text } from "./text.ts";
import type { Snapshot } from "./view.ts";

/** Seconds between two looks: ages count on, a changed file is read. */
const EVERY_SECONDS = 1;

/** One more than the last line would scroll. */
function roomNow(): Room {
  const { columns, rows } = Deno.consoleSize();
  return { columns, rows: rows - 1 };
}

/** Draws what `read` gives, in place, until `signal`; the last picture stays. */
export async function followOnTerminal(read: (now: number) => Snapshot, signal: AbortSignal): Promise<void> {
  const draw = createLogUpdate(process.stdout);
  while (!signal.aborted) {
    const now = Date.now();
    draw(text(read(now), now, roomNow()));
    await pause(EVERY_SECONDS, signal);
  }
  draw.done();
}
