import { createHash } from "node:crypto";
import { gzipSync } from "node:zlib";
import type { DataFile } from "../../src/data/archive.ts";
import { stream } from "../../src/data/stream.ts";

/** A made-up data file: what a manifest says of it, and what a mirror serves. */
export interface Fake {
  readonly file: DataFile;
  readonly packed: Uint8Array<ArrayBuffer>;
}

/** The manifest entry and gzip file of `bytes`. */
export function fake(name: string, bytes: Uint8Array): Fake {
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  return { file: { name, bytes: bytes.length, sha256 }, packed: Uint8Array.from(gzipSync(bytes)) };
}

/** Bytes that gzip cannot make smaller, so that half of a file is really on its way when a connection breaks. */
export function noise(size: number, seed = 0): Uint8Array {
  const random = stream(seed, "noise");
  return Uint8Array.from({ length: size }, () => random.integer(256));
}

/** An IDX file of unsigned bytes with the given axes. */
export function idxFile(dims: readonly number[], values: readonly number[]): Uint8Array {
  const header = new DataView(new ArrayBuffer(4 + 4 * dims.length));
  header.setUint32(0, 0x0800 | dims.length);
  dims.forEach((size, axis) => header.setUint32(4 + 4 * axis, size));
  return new Uint8Array([...new Uint8Array(header.buffer), ...values]);
}

/** Runs `body` with a new folder and removes it afterwards. */
export async function withFolder(body: (folder: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    await body(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/** Writes all of `bytes` as `<folder>/<name>.gz`. */
export async function put(folder: string, name: string, bytes: Uint8Array): Promise<void> {
  await Deno.writeFile(`${folder}/${name}.gz`, bytes);
}
