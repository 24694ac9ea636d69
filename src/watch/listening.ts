import { setTimeout } from "node:timers/promises";

/** Seconds after which a server that has been ended listens again. */
const AGAIN_SECONDS = 0.2;

/** A port that is being listened on. */
export interface Listening {
  readonly port: number;
  /** Lets answers under way come to their end. */
  stop(): Promise<void>;
}

/**
 * Answers requests until it is stopped. A server of Deno's ends for good at the first connection that the system has no
 * file descriptor for; this one then listens again on the same port, as soon as there are some.
 *
 * @param port 0: any that is free
 * @throws {Error} what Deno throws when it cannot listen there at all
 */
export function listen(address: { hostname: string; port: number }, answer: Deno.ServeHandler): Listening {
  const begin = (port: number) => Deno.serve({ ...address, port, onListen() {} }, answer);
  let server = begin(address.port);
  const { port } = server.addr;
  let stopped = false;
  const keepOn = async () => {
    for (;;) {
      await server.finished.catch(() => {});
      if (!stopped) await setTimeout(1000 * AGAIN_SECONDS);
      if (stopped) return;
      try {
        server = begin(port);
      } catch {
        // Still none left: what there was before stays ended, and is the next to be waited for.
      }
    }
  };
  const kept = keepOn();
  return {
    port,
    async stop() {
      stopped = true;
      await server.shutdown().catch(() => {});
      await kept;
    },
  };
}
