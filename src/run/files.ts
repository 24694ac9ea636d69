import { basename, dirname, join } from "node:path";
import { UsageError } from "../errors.ts";

const prefixOf = (path: string) => `.${basename(path)}.tmp-`;

/** Removes what writers of this file that were killed in the middle have left behind. */
export function removeLeftovers(path: string): void {
  try {
    for (const { name } of Deno.readDirSync(dirname(path))) {
      if (name.startsWith(prefixOf(path))) removeIfThere(join(dirname(path), name));
    }
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
}

/** Replaces a file in one step: a reader sees the old contents or the new ones, never a part. */
export function writeAtomically(path: string, contents: Uint8Array | string): void {
  Deno.mkdirSync(dirname(path), { recursive: true });
  const temporary = join(dirname(path), `${prefixOf(path)}${crypto.randomUUID()}`);
  try {
    using file = Deno.openSync(temporary, { write: true, createNew: true });
    const bytes = typeof contents === "string" ? new TextEncoder().encode(contents) : contents;
    for (let at = 0; at < bytes.length;) at += file.writeSync(bytes.subarray(at));
    file.syncDataSync();
    Deno.renameSync(temporary, path);
  } catch (error) {
    removeIfThere(temporary);
    throw error;
  }
}

/** Refuses a file that could not be written later. @throws {UsageError} */
export function assertWritable(what: string, path: string): void {
  try {
    if (isFolder(path)) throw new Error("it is a folder");
    const probe = `${path}.probe-${crypto.randomUUID()}`;
    writeAtomically(probe, "");
    removeIfThere(probe);
  } catch (error) {
    const reason = error instanceof Error ? error.message.split("\n")[0] : String(error);
    throw new UsageError(`${what} '${path}' cannot be written: ${reason}`);
  }
}

function isFolder(path: string): boolean {
  try {
    return Deno.statSync(path).isDirectory;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}

export function removeIfThere(path: string): void {
  try {
    Deno.removeSync(path);
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
}

/** Contents of a file, or null when there is none. */
export function readIfThere(path: string): Uint8Array<ArrayBuffer> | null {
  try {
    return Deno.readFileSync(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound || error instanceof Deno.errors.NotADirectory) return null;
    throw error;
  }
}
