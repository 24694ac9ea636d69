import { setTimeout } from "node:timers/promises";

/** Waits, or less when `signal` says so. */
export async function pause(seconds: number, signal: AbortSignal): Promise<void> {
  try {
    await setTimeout(1000 * seconds, undefined, { signal });
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}
