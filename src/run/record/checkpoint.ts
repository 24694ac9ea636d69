import { createHash } from "node:crypto";
import { readIfThere, writeAtomically } from "../../files.ts";
import type { Revision } from "./provenance.ts";
import type { Curve, Milestone } from "./record.ts";
import type { TrialSpec } from "../trial.ts";

/** Where a run is. Streams are functions of (seed, name, epoch), so epoch and step are their positions. */
export interface Cursor {
  /** Epochs completed. */
  epoch: number;
  /** Steps completed of the epoch under way. */
  stepInEpoch: number;
  steps: number;
  gradientCalls: number;
  /** Index of the phase under way, and the steps done in it. */
  phase: number;
  phaseStep: number;
  /** Steps since the optimiser was started afresh: its t. */
  t: number;
  /** Phase step from which the next step row is recorded. */
  recordFrom: number;
  nextEvaluation: number;
  /** Σ and number of batch losses since the last evaluation. */
  lossSum: number;
  lossCount: number;
  memorised: Milestone | null;
  generalised: Milestone | null;
  /** Row of `curve.epochs` at which the run generalised. */
  generalisedRow: number;
  workSeconds: number;
  secondsMemorised: number | null;
  secondsGeneralised: number | null;
}

/** Before the first step of the first phase. */
export const START: Readonly<Cursor> = {
  epoch: 0,
  stepInEpoch: 0,
  steps: 0,
  gradientCalls: 0,
  phase: -1,
  phaseStep: 0,
  t: 0,
  recordFrom: 0,
  nextEvaluation: 0,
  lossSum: 0,
  lossCount: 0,
  memorised: null,
  generalised: null,
  generalisedRow: 0,
  workSeconds: 0,
  secondsMemorised: null,
  secondsGeneralised: null,
};

/** Everything that a run needs to go on as if nothing had happened. */
export interface Checkpoint {
  readonly id: string;
  /** What was asked for, for whoever watches; a checkpoint of an older version does not say. */
  readonly spec?: TrialSpec;
  /** Of the code that made it; a checkpoint of an older version does not say. */
  readonly revision?: Revision;
  readonly cursor: Cursor;
  readonly curve: Curve;
  /** Leaves of the state by path, and the vector that distances are measured from. */
  readonly arrays: Readonly<Record<string, Float32Array>>;
}

/** A checkpoint that cannot be used; the run starts over. */
export class CheckpointError extends Error {
  override readonly name = "CheckpointError";
}

const MAGIC = "driven-hunt checkpoint 1";
const digestOf = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");

/** File: magic line, SHA-256 of the rest as a line, JSON header as a line, then the arrays as little-endian float32. */
export function writeCheckpoint(path: string, { arrays, ...rest }: Checkpoint): void {
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

/**
 * The checkpoint of run `id`, or null when there is none.
 *
 * @throws {CheckpointError} when the file is damaged or belongs to another run.
 */
export function readCheckpoint(path: string, id: string): Checkpoint | null {
  const file = readIfThere(path);
  if (!file) return null;
  const bodyStart = MAGIC.length + 1 + 64 + 1;
  const [magic, digest] = new TextDecoder().decode(file.subarray(0, bodyStart)).split("\n");
  const body = file.subarray(bodyStart);
  if (magic !== MAGIC || digestOf(body) !== digest) {
    throw new CheckpointError(`checkpoint ${path}: checksum does not match, the file is damaged; the run starts over`);
  }
  const headerEnd = body.indexOf(10) + 1;
  const { sizes, ...rest } = JSON.parse(new TextDecoder().decode(body.subarray(0, headerEnd)));
  if (rest.id !== id) {
    throw new CheckpointError(`checkpoint ${path}: belongs to run ${rest.id}, not ${id}; the run starts over`);
  }
  const arrays: Record<string, Float32Array> = {};
  let at = headerEnd;
  for (const [name, length] of sizes as [string, number][]) {
    arrays[name] = new Float32Array(body.slice(at, at + 4 * length).buffer);
    at += 4 * length;
  }
  return { ...rest, arrays };
}
