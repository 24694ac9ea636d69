import { createHash } from "node:crypto";
import { misshapen, parseJson } from "../../documents/document.ts";
import { bytesIfThere, unfitToRead, writeAtomically } from "../../files.ts";
import type { Revision } from "./provenance.ts";
import type { Progress } from "../progress.ts";
import type { WorkTimes } from "../stopwatch.ts";
import type { TrialSpec } from "../trial.ts";
import type { Curve } from "./record.ts";

/** Everything that a run needs to go on as if nothing had happened. */
export interface Checkpoint {
  readonly id: string;
  /** Name of the run whatever its budget. */
  readonly stem: string;
  /** What was asked for, for whoever watches. */
  readonly spec: TrialSpec;
  readonly progress: Progress;
  readonly timing: WorkTimes;
  readonly curve: Curve;
  /** Leaves of the state by path, and the vector that distances are measured from. */
  readonly arrays: Readonly<Record<string, Float32Array>>;
}

/** A checkpoint with the code that made it. */
export interface StoredCheckpoint extends Checkpoint {
  readonly revision: Revision;
  /** See `sources.ts` and `computation.ts`. */
  readonly sources: string;
  readonly computation: string;
}

/** A checkpoint that cannot be used; the run starts over. */
export class CheckpointError extends Error {
  override readonly name = "CheckpointError";
}

const FAMILY = "driven-hunt checkpoint ";
/** First line of a file of this version. */
export const MAGIC = "driven-hunt checkpoint 4";
const digestOf = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");

/** File: magic line, SHA-256 of the rest as a line, JSON header as a line, then the arrays as little-endian float32. */
export function writeCheckpoint(path: string, { arrays, ...rest }: StoredCheckpoint): void {
  const sizes = Object.entries(arrays).map(([name, array]) => [name, array.length]);
  const header = new TextEncoder().encode(JSON.stringify({ ...rest, sizes }) + "\n");
  const total = Object.values(arrays).reduce((sum, array) => sum + array.byteLength, header.length);
  const body = new Uint8Array(total);
  body.set(header);
  let at = header.length;
  for (const array of Object.values(arrays)) {
    body.set(new Uint8Array(array.buffer, array.byteOffset, array.byteLength), at);
    at += array.byteLength;
  }
  const prefix = new TextEncoder().encode(`${MAGIC}\n${digestOf(body)}\n`);
  const file = new Uint8Array(prefix.length + body.length);
  file.set(prefix);
  file.set(body, prefix.length);
  writeAtomically(path, file);
}

type Header = Omit<StoredCheckpoint, "arrays"> & { readonly sizes: readonly (readonly [name: string, size: number])[] };

/** Arrays by their names, from where they lie one after the other. */
function arraysOf(bytes: Uint8Array, sizes: Header["sizes"]): Record<string, Float32Array> {
  let at = 0;
  return Object.fromEntries(sizes.map(([name, length]) => {
    const own = bytes.slice(at, at += 4 * length);
    return [name, new Float32Array(own.buffer)];
  }));
}

/**
 * Reads a checkpoint, or null when there is none.
 *
 * @throws {CheckpointError} when the file is damaged, or of another version
 */
export function readCheckpoint(path: string): StoredCheckpoint | null {
  const unfit = unfitToRead(path, false);
  if (unfit) throw new CheckpointError(`checkpoint ${path}: ${unfit}`);
  const file = bytesIfThere(path);
  if (!file) return null;
  const bodyStart = MAGIC.length + 1 + 64 + 1;
  const [magic, digest] = new TextDecoder().decode(file.subarray(0, bodyStart)).split("\n");
  const refuse = (why: string) => new CheckpointError(`checkpoint ${path}: ${why}`);
  if (magic !== MAGIC && magic.startsWith(FAMILY)) throw refuse("it is of another version of this program");
  const body = file.subarray(bodyStart);
  if (magic !== MAGIC || digestOf(body) !== digest) throw refuse("checksum does not match, the file is damaged");
  const headerEnd = body.indexOf(10) + 1;
  const read = parseJson(new TextDecoder().decode(body.subarray(0, headerEnd)));
  // A checksum is no signature: what it is of may still be anything.
  const wrong = "rejected" in read ? `its header ${read.rejected}` : misshapen("checkpoint", read.document);
  if (wrong !== null || "rejected" in read) throw refuse(`it is none: ${wrong}`);
  const { sizes, ...rest } = read.document as Header;
  if (sizes.reduce((sum, [, length]) => sum + 4 * length, headerEnd) !== body.length) {
    throw refuse("its arrays have other sizes than it says");
  }
  return { ...rest, arrays: arraysOf(body.subarray(headerEnd), sizes) };
}
