import { join } from "node:path";

/** A file, and where it lies in its results folder. */
export interface Found {
  readonly path: string;
  readonly place: string;
}

/** Names of the files that hold something of a run, by how many folders they lie down. */
const RECORD = /^s\d{1,10}-[0-9a-f]{16}\.json$/;
const CHECKPOINT = /^[0-9a-f]{16}-\d{1,16}$/;
const RECORDS_LIE = 2;

/** Whether folders lie in one another, none of them a link. */
export function isOwnFolder(folder: string, ...names: readonly string[]): boolean {
  let path = folder;
  return names.every((name) => {
    path = join(path, name);
    try {
      return Deno.lstatSync(path).isDirectory;
    } catch (error) {
      if (error instanceof Deno.errors.NotFound) return false;
      throw error;
    }
  });
}

const kindOf = ({ isSymlink, isFile, isDirectory }: Deno.DirEntry): string =>
  isSymlink ? "a link, which is not followed" : isDirectory ? "a folder" : isFile ? "a file" : "no regular file";

/**
 * The files of records in a results folder, `<case>/<algorithm>/s<seed>-<id>.json`, or those of checkpoints below `start`. No
 * link is followed. What else could be taken for a record is left out by name: a link, a folder or file that lies
 * elsewhere.
 */
export function* listed(
  folder: string,
  leaveOut: (path: string, why: string) => void,
  start = "",
): Generator<Found> {
  const [wanted, depth] = start === "" ? [RECORD, RECORDS_LIE] : [CHECKPOINT, 0];
  const within = function* (place: string, below: number): Generator<Found> {
    const entries = [...Deno.readDirSync(join(folder, place))].sort((a, b) => a.name < b.name ? -1 : 1);
    for (const entry of entries) {
      const found = { path: join(folder, place, entry.name), place: join(place, entry.name) };
      // Checkpoints, runs of the expected code, what was set aside, what a writer has left.
      if (entry.name.startsWith(".") && !entry.isSymlink) continue;
      if (below > 0 && entry.isDirectory) yield* within(found.place, below - 1);
      else if (below === 0 && entry.isFile && wanted.test(entry.name)) yield found;
      else if (!entry.isFile || /\.jsonl?$/.test(entry.name)) {
        leaveOut(found.path, `it is ${kindOf(entry)} where no record lies`);
      }
    }
  };
  yield* within(start, depth);
}
