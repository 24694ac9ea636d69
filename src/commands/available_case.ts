import type { Case } from "../problem/case.ts";

/** Whether data may be fetched, and where one line for whoever watches goes. */
interface Options {
  readonly download: boolean;
  readonly say?: (line: string) => void;
}

/** Of several cases, the first whose data are here or can be fetched, or that needs none; decided within 5 s and said. */
export async function firstAvailable(
  candidates: readonly Case[],
  { download, say = console.error }: Options,
): Promise<string> {
  const absent: string[] = [];
  for (const { id, data } of candidates) {
    const chosen = (why: string) => say(`image case: ${id} (${why})`);
    if (!data) {
      const missing = absent.map((name) => `${name} is not here and cannot be downloaded`).join(", ");
      chosen(missing ? `${missing}; set DRIVEN_HUNT_DATA or run deno task data` : "it needs no data");
      return id;
    }
    if (data.present()) {
      chosen("its data are here");
      return id;
    }
    if (await data.reachable()) {
      chosen(download ? "downloading its data" : "its data can be downloaded");
      if (!download) return id;
      try {
        await data.fetch();
        return id;
      } catch (error) {
        // Whatever keeps the data away, the next case may need none.
        say(error instanceof Error ? error.message.split("\n")[0] : String(error));
      }
    }
    absent.push(data.name);
  }
  // Nothing is available: the first says best what it lacks.
  return candidates[0].id;
}
