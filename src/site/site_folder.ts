import { basename, dirname, join } from "node:path";
import { UsageError } from "../errors.ts";
import { assertWritable } from "../files.ts";
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
    const beside = () => Deno.makeTempDirSync({ dir: dirname(this.path), prefix: `.${basename(this.path)}-` });
    const next = beside();
    const size = { files: 0, bytes: 0 };
    const encoder = new TextEncoder();
    const write = (path: string, contents: string) => {
      const bytes = encoder.encode(contents);
      Deno.mkdirSync(dirname(join(next, path)), { recursive: true });
      Deno.writeFileSync(join(next, path), bytes);
      size.files++;
      size.bytes += bytes.length;
    };
    try {
      for await (const [path, contents] of files) write(path, contents);
      write(MARK, "");
      Deno.chmodSync(next, 0o755);
      this.#takePlace(next, join(beside(), "old"));
    } catch (error) {
      Deno.removeSync(next, { recursive: true });
      throw error;
    }
    return size;
  }

  /** Puts a folder in the place of the present one, which is kept until the new one stands there. */
  #takePlace(next: string, old: string): void {
    const replaces = entriesOf(this.path) !== null;
    if (replaces) Deno.renameSync(this.path, old);
    try {
      Deno.renameSync(next, this.path);
    } catch (error) {
      if (replaces) Deno.renameSync(old, this.path);
      throw error;
    } finally {
      Deno.removeSync(dirname(old), { recursive: true });
    }
  }
}
