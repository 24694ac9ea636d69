import { dirname, join } from "node:path";
import { UsageError } from "../errors.ts";
import { assertWritable } from "../run/files.ts";
import type { SiteFile } from "./build.ts";

/** Stands in every folder that we made, so that no other is ever replaced. */
const MARK = ".driven-hunt-site";

const entriesOf = (path: string): string[] | null => {
  try {
    return [...Deno.readDirSync(path)].map(({ name }) => name);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return null;
    throw error;
  }
};

const removeIfThere = (path: string) => {
  if (entriesOf(path) !== null) Deno.removeSync(path, { recursive: true });
};

/** A folder that is replaced as a whole: readers see the old site or the new one. */
export class SiteFolder {
  readonly path: string;

  /** @throws {UsageError} when something else is there, or it cannot be written */
  constructor(path: string) {
    this.path = path;
    const present = entriesOf(path);
    if (present?.length && !present.includes(MARK)) {
      throw new UsageError(`--out ${path}: is a folder that publish did not make; name another, or remove it yourself`);
    }
    assertWritable("--out", join(dirname(path), MARK));
  }

  /** Writes all files beside the folder and then takes its place. */
  async replace(files: AsyncIterable<SiteFile>): Promise<{ files: number; bytes: number }> {
    const [next, old] = [`${this.path}.next`, `${this.path}.old`];
    removeIfThere(next);
    removeIfThere(old);
    const size = { files: 0, bytes: 0 };
    const encoder = new TextEncoder();
    const write = (path: string, contents: string) => {
      const bytes = encoder.encode(contents);
      Deno.mkdirSync(dirname(join(next, path)), { recursive: true });
      Deno.writeFileSync(join(next, path), bytes);
      size.files++;
      size.bytes += bytes.length;
    };
    for await (const [path, contents] of files) write(path, contents);
    write(MARK, "");
    if (entriesOf(this.path) !== null) Deno.renameSync(this.path, old);
    Deno.renameSync(next, this.path);
    removeIfThere(old);
    return size;
  }
}
