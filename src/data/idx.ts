import { DataError } from "./data_error.ts";

/** The first rows of an IDX file of unsigned bytes. */
export interface Idx {
  /** Sizes of all axes as the header gives them; the first is the number of rows in the whole file. */
  readonly dims: readonly number[];
  /** How many bytes one row has: the product of the other axes. */
  readonly rowLength: number;
  /** The rows that were asked for, row-major, a view of the input. */
  readonly values: Uint8Array;
}

/** The third byte of the magic number says the type of the elements; the two before it are zero. */
const UNSIGNED_BYTE = 0x08;

/**
 * Reads the IDX format: big-endian magic `00 00 type rank`, then `rank` sizes of four bytes, then the elements.
 *
 * @param bytes The file, or its beginning when only its first rows are wanted.
 * @param what Name for error messages.
 * @param rank Number of axes that is expected: 1 for labels, 3 for images.
 * @param rows How many rows to return; all by default, and then nothing may follow them.
 * @throws {DataError} If the magic number is another one, the bytes end too early, or more follow than were announced.
 * @source The MNIST page of LeCun, Cortes and Burges, "File formats for the MNIST database".
 */
export function parseIdx(bytes: Uint8Array, what: string, rank: number, rows?: number): Idx {
  const start = 4 + 4 * rank;
  if (bytes.length < start) {
    throw new DataError(`reading ${what}: ${bytes.length} bytes, too short for an IDX header of ${start} bytes`);
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const magic = view.getUint32(0);
  const expected = (UNSIGNED_BYTE << 8) | rank;
  if (magic !== expected) {
    throw new DataError(`reading ${what}: IDX magic number ${hex(magic)}, expected ${hex(expected)}`);
  }
  const dims = Array.from({ length: rank }, (_, axis) => view.getUint32(4 + 4 * axis));
  const rowLength = dims.slice(1).reduce((product, size) => product * size, 1);
  const count = rows ?? dims[0];
  if (count > dims[0]) throw new DataError(`reading ${what}: ${count} rows wanted, the file has ${dims[0]}`);

  const end = start + count * rowLength;
  if (bytes.length < end) {
    throw new DataError(`reading ${what}: truncated, ${bytes.length} bytes where ${count} rows need ${end}`);
  }
  if (rows === undefined && bytes.length > end) {
    throw new DataError(`reading ${what}: ${bytes.length - end} bytes follow the announced ${count} rows`);
  }
  return { dims, rowLength, values: bytes.subarray(start, end) };
}

function hex(magic: number): string {
  return `0x${magic.toString(16).padStart(8, "0")}`;
}
