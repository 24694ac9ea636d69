import { reasonOf, UsageError } from "../errors.ts";
import type { Case } from "../problem/case.ts";

/** Whether data may be fetched, and where one line for whoever watches goes. */
interface Options {
  readonly download: boolean;
  readonly say?: (line: string) => void;
}

/** Why data that are named are of no use. Who names a folder wants it used, and no other case in its place. */
async function refuse({ id, data }: Case, folder: string): Promise<never> {
  const why = await data!.verify().then(() => "its files are not of a plausible size", (error: Error) => error.message);
  throw new UsageError(`DRIVEN_HUNT_DATA=${folder} has no usable data for ${id}: ${why}`);
}

/**
 * Of several cases, the first whose data are here or can be fetched, or that needs none; decided within 5 s and said.
 *
 * @throws {UsageError} where the data are neither in the folder that `DRIVEN_HUNT_DATA` names nor can be fetched into it
 */
export async function firstAvailable(
  candidates: readonly Case[],
  { download, say = console.error }: Options,
): Promise<string> {
  const named = Deno.env.get("DRIVEN_HUNT_DATA");
  const absent: string[] = [];
  for (const candidate of candidates) {
    const { id, data } = candidate;
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
        say(reasonOf(error));
      }
    }
    if (named) await refuse(candidate, named);
    absent.push(data.name);
  }
  // Nothing is available: the first says best what it lacks.
  return candidates[0].id;
}
