import { type Stream, stream } from "../data/stream.ts";

/** So many numbers at a time, 8 MiB; what is no more than that is remembered. */
const BLOCK = 2 ** 21;
/** As many designs are remembered: the cells of one judgement have few. */
const MOST_KNOWN = 8;

/** How a row of draws is filled; it may go on from the one before. */
export type Fill = (random: Stream, row: Uint32Array, before: Uint32Array | null, sizes: readonly number[]) => void;

/**
 * Random numbers that a test draws whatever its data are, row by row: they depend on a seed and the sizes of its samples
 * alone, so tests of the same design share them.
 */
export class Draws {
  readonly #known = new Map<string, Uint32Array>();

  constructor(readonly name: string, readonly fill: Fill) {}

  /** `count` rows, as long as the sizes together, in blocks of whole rows one after the other. Not to be written to. */
  *blocks(seed: number, count: number, sizes: readonly number[]): Generator<Uint32Array> {
    const key = [seed, count, ...sizes].join();
    const known = this.#known.get(key);
    if (known) {
      yield known;
      return;
    }
    const width = sizes.reduce((sum, size) => sum + size, 0);
    const [random, most] = [stream(seed, this.name), Math.max(1, Math.floor(BLOCK / width))];
    let before: Uint32Array | null = null;
    for (let done = 0; done < count; done += most) {
      const block = new Uint32Array(width * Math.min(most, count - done));
      for (let at = 0; at < block.length; at += width) {
        const row = block.subarray(at, at + width);
        this.fill(random, row, before, sizes);
        before = row;
      }
      if (count <= most) this.#remember(key, block);
      yield block;
    }
  }

  #remember(key: string, block: Uint32Array): void {
    const [oldest] = this.#known.keys();
    if (this.#known.size >= MOST_KNOWN) this.#known.delete(oldest);
    this.#known.set(key, block);
  }
}
