import { createHash } from "node:crypto";
import { basename, dirname, join } from "node:path";
import { reasonOf, UsageError } from "./errors.ts";

const temporaryOf = (path: string) => join(dirname(path), `.${basename(path)}.tmp-${crypto.randomUUID()}`);
const TEMPORARY = /^\..*\.tmp-[0-9a-f-]{36}$/;

/** A temporary file that nobody has written to for so long has no living writer. */
const ABANDONED_MS = 600_000;

/** Removes from a folder and those in it what writers that were killed in the middle have left behind. */
export function removeAbandoned(folder: string): void {
  if (!isFolder(folder)) return;
  for (const { name, isDirectory } of Deno.readDirSync(folder)) {
    const path = join(folder, name);
    if (isDirectory) removeAbandoned(path);
    else if (TEMPORARY.test(name)) {
      const written = statIfThere(path)?.mtime?.getTime() ?? 0;
      if (Date.now() - written > ABANDONED_MS) removeIfThere(path);
    }
  }
}

/** Replaces a file, or what a link leads to, in one step: a reader sees the old contents or the new ones, never a part. */
export function writeAtomically(target: string, contents: Uint8Array | string): void {
  Deno.mkdirSync(dirname(target), { recursive: true });
  const path = statIfThere(target) ? Deno.realPathSync(target) : target;
  const temporary = temporaryOf(path);
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
  syncFolder(dirname(path));
}

/** A new name lasts a loss of power once its folder is on the disk; where folders cannot be opened the system sees to it. */
function syncFolder(folder: string): void {
  if (Deno.build.os === "windows") return;
  using opened = Deno.openSync(folder);
  opened.syncSync();
}

/** Refuses a file that could not be written later. @throws {UsageError} */
export function assertWritable(what: string, path: string): void {
  try {
    const there = statIfThere(path);
    if (there && !there.isFile) throw new Error(there.isDirectory ? "it is a folder" : "it is no regular file");
    const probe = `${path}.probe-${crypto.randomUUID()}`;
    writeAtomically(probe, "");
    removeIfThere(probe);
  } catch (error) {
    throw new UsageError(`${what} '${path}' cannot be written: ${reasonOf(error)}`);
  }
}

/** What a path leads to, or null: nothing, also where a link is broken or a part of the path is a file. */
export function statIfThere(path: string): Deno.FileInfo | null {
  try {
    return Deno.statSync(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound || error instanceof Deno.errors.NotADirectory) return null;
    throw error;
  }
}

/** Names in a folder that are no leftovers of a writer; a folder that is not there, or goes meanwhile, has none. */
export function namesIn(folder: string): string[] {
  try {
    return [...Deno.readDirSync(folder)].map(({ name }) => name).filter((name) => !name.startsWith("."));
  } catch (error) {
    if (error instanceof Deno.errors.NotFound || error instanceof Deno.errors.NotADirectory) return [];
    throw error;
  }
}

export const isFolder = (path: string): boolean => statIfThere(path)?.isDirectory ?? false;

export function removeIfThere(path: string): void {
  try {
    Deno.removeSync(path);
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
}

/** Nothing that this suite reads is as large; a file that is would fill the memory. */
const MOST_BYTES = 2 ** 28;

/**
 * Why a file is not to be read, or null: a pipe or a device would be read for ever, what is too large fills the memory.
 *
 * @param asAWhole or line by line
 */
export function unfitToRead(path: string, asAWhole = true): string | null {
  const { isFile, isDirectory, size } = statIfThere(path) ?? { isFile: true, isDirectory: false, size: 0 };
  if (!isFile && !isDirectory) return "it is no regular file";
  return asAWhole && size > MOST_BYTES ? `it has ${size} bytes, at most ${MOST_BYTES} are read` : null;
}

/** Contents of a file, or null when there is none. @throws {UsageError} for what is not to be read */
export function readIfThere(path: string): Uint8Array<ArrayBuffer> | null {
  const unfit = unfitToRead(path);
  if (unfit) throw new UsageError(`${path}: ${unfit}; move it away, or name another`);
  return bytesIfThere(path);
}

/** The same as text; a byte order mark is none of it. @throws {UsageError} for what is not to be read */
export function textIfThere(path: string): string | null {
  const bytes = readIfThere(path);
  return bytes && new TextDecoder().decode(bytes);
}

/** The same of what may be as large as it likes. */
export function bytesIfThere(path: string): Uint8Array<ArrayBuffer> | null {
  try {
    return Deno.readFileSync(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound || error instanceof Deno.errors.NotADirectory) return null;
    throw error;
  }
}

const CHUNK = 2 ** 20;

/**
 * The lines of a text file without its byte order mark, read a piece at a time: the whole of a large one would be more than
 * a text can hold.
 */
export function* linesIn(path: string): Generator<string> {
  using file = Deno.openSync(path);
  const [decoder, chunk] = [new TextDecoder(), new Uint8Array(CHUNK)];
  let rest = "";
  for (let read = file.readSync(chunk); read !== null; read = file.readSync(chunk)) {
    const lines = (rest + decoder.decode(chunk.subarray(0, read), { stream: true })).split("\n");
    rest = lines.pop()!;
    yield* lines;
    if (rest.length > MOST_BYTES) throw new Error(`it has a line of more than ${MOST_BYTES} characters`);
  }
  yield rest + decoder.decode();
}

/** SHA-256 of texts with the places they have, after what stands before them. */
export function hashOfTexts(texts: Iterable<readonly [place: string, text: string]>, before = ""): string {
  const hash = createHash("sha256").update(before);
  for (const [place, text] of texts) hash.update(`${place} ${text.length}\n${text}\n`);
  return hash.digest("hex");
}
