import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import type { DataFile } from "./archive.ts";

/** Libraries keep data two folders down, as `MNIST/raw`; what lies deeper is not looked for. */
const DEPTH = 3;

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder).sort();
  } catch {
    return [];
  }
}

/** Every file of a folder, those at the top first. */
function* filesBelow(folder: string, depth = DEPTH): Generator<{ readonly path: string; readonly name: string }> {
  const entries = namesIn(folder).map((name) => ({ path: join(folder, name), name }));
  // Of what a link leads to, not of the link.
  const isFolder = ({ path }: { readonly path: string }) => statSync(path, { throwIfNoEntry: false })?.isDirectory();
  yield* entries.filter((entry) => !isFolder(entry));
  if (depth === 1) return;
  for (const { path } of entries.filter(isFolder)) yield* filesBelow(path, depth - 1);
}

/** A name without what unpackers, browsers and file managers make of it: `Train-images.idx3-ubyte (1).gz`. */
const plain = (name: string): string =>
  name.toLowerCase().replace(/\s*\(\d+\)(?=\.|$)/g, "").replace(/\.gz(ip)?$/, "").replace(/[._]idx/, "-idx");

/**
 * Where a file may lie in a folder, packed or not, under any of the names that it goes by: the usual one first, and nothing is
 * looked for where that is enough.
 */
export function* placesOf({ name }: DataFile, folder: string): Generator<string> {
  const usual = join(folder, `${name}.gz`);
  if (statSync(usual, { throwIfNoEntry: false })?.isFile()) yield usual;
  for (const file of filesBelow(folder)) if (plain(file.name) === name && file.path !== usual) yield file.path;
}

const sizeOf = (path: string): number => statSync(path, { throwIfNoEntry: false })?.size ?? 0;

/**
 * Whether a file is there with a plausible size: no larger than its data, and not smaller by more than a factor of 20 (gzip
 * makes MNIST 2 to 5 times smaller).
 */
export const isPlausiblyThere = (file: DataFile, folder: string): boolean =>
  placesOf(file, folder).some((path) => sizeOf(path) > file.bytes / 20 && sizeOf(path) <= file.bytes);

const MOST_NAMED = 5;

/** What a folder has, for who looks for something else in it: `it has a.csv, b.zip and 3 more files`. */
export function contentsText(folder: string): string {
  const names = [...filesBelow(folder)].map(({ path }) => path.slice(join(folder, "/").length));
  if (names.length === 0) {
    return statSync(folder, { throwIfNoEntry: false }) ? "it has no files" : "there is no such folder";
  }
  const more = names.length - MOST_NAMED;
  return `it has ${names.slice(0, MOST_NAMED).join(", ")}${more > 0 ? ` and ${more} more files` : ""}`;
}
