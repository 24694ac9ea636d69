import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { pipeline } from "node:stream/promises";
import { createGunzip } from "node:zlib";
import { DataError, oneLine } from "./data_error.ts";

/** One file of a data set as its manifest describes it; on mirrors it is `<name>.gz`. */
export interface DataFile {
  readonly name: string;
  /** Length of the uncompressed file. */
  readonly bytes: number;
  /** SHA-256 of the uncompressed file, lower-case hexadecimal: recompressing a file does not change it. */
  readonly sha256: string;
}

/** Unpacks in pieces of this size: 64 KiB is the default of file streams, larger pieces halve the overhead per piece. */
const CHUNK_BYTES = 256 * 1024;

/** The first bytes of a gzip file. A browser unpacks what it downloads and may leave the name as it was. */
const GZIP = [0x1f, 0x8b];

async function isPacked(path: string): Promise<boolean> {
  using file = await Deno.open(path);
  const start = new Uint8Array(GZIP.length);
  await file.read(start);
  return GZIP.every((byte, i) => start[i] === byte);
}

/**
 * Reads a file, gzip or not, verifies the length and SHA-256 of **all** of it, and returns its first `keep` bytes. The rest
 * goes through the digest and is dropped, so reading a thousand images never holds sixty thousand.
 *
 * @throws {DataError} If the file is missing, is truncated, or has something else in it.
 */
export async function readArchive(path: string, file: DataFile, keep = file.bytes): Promise<Uint8Array<ArrayBuffer>> {
  const kept = new Uint8Array(Math.min(keep, file.bytes));
  const digest = createHash("sha256");
  let length = 0;
  const consume = async (chunks: AsyncIterable<Uint8Array>) => {
    for await (const chunk of chunks) {
      if (length < kept.length) kept.set(chunk.subarray(0, kept.length - length), length);
      length += chunk.length;
      // Stop a wrong file early: a few hostile kilobytes can unpack to gigabytes.
      if (length > file.bytes) throw new Error("too long");
      digest.update(chunk);
    }
  };
  try {
    const packed = await isPacked(path);
    const stream = createReadStream(path, { highWaterMark: CHUNK_BYTES });
    await (packed ? pipeline(stream, createGunzip({ chunkSize: CHUNK_BYTES }), consume) : pipeline(stream, consume));
  } catch (error) {
    // The pipeline may report its own end instead of what the consumer threw.
    const found = length > file.bytes ? `unpacks to more than the expected ${file.bytes} bytes` : oneLine(error);
    throw new DataError(`reading ${path}: ${found}`, { cause: error });
  }
  if (length !== file.bytes) {
    throw new DataError(`reading ${path}: unpacks to ${length} bytes, expected ${file.bytes}`);
  }
  const found = digest.digest("hex");
  if (found !== file.sha256) {
    throw new DataError(`reading ${path}: SHA-256 of the unpacked bytes is ${found}, expected ${file.sha256}`);
  }
  return kept;
}
