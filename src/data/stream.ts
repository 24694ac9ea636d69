import { randomNormal } from "d3-random";
import { uniformInt } from "pure-rand/distribution/uniformInt";
import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";
import type { RandomGenerator } from "pure-rand/types/RandomGenerator";

/** A named, independent stream of random numbers, produced on the host so that every engine sees the same data. */
export interface Stream {
  /** Uniform in [0, 1) with 53 random bits. */
  uniform(): number;
  /** Uniform integer in [0, bound). */
  integer(bound: number): number;
  /** Normal with mean 0 and standard deviation 1 (Marsaglia's polar method of `d3-random`). */
  normal(): number;
  /** Fisher–Yates permutation of 0 … n−1. */
  permutation(n: number): Int32Array;
}

/** FNV-1a, 32 bits, then the finaliser of MurmurHash3: names that differ in one letter get unrelated generators. */
function hash(text: string): number {
  let h = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
}

function uniform53(generator: RandomGenerator): number {
  const high = generator.next() >>> 5;
  const low = generator.next() >>> 6;
  return (high * 2 ** 26 + low) / 2 ** 53;
}

/**
 * The stream that belongs to (seed, name). Streams of different names are independent, so drawing more numbers for,
 * say, the initialisation never changes the order of the batches.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { stream } from "./stream.ts";
 * assertEquals(stream(0, "split").permutation(5), stream(0, "split").permutation(5));
 * ```
 */
export function stream(seed: number, name: string): Stream {
  const generator = xoroshiro128plus(hash(`${seed}/${name}`));
  const uniform = () => uniform53(generator);
  return {
    uniform,
    integer: (bound) => uniformInt(generator, 0, bound - 1),
    normal: randomNormal.source(uniform)(0, 1),
    permutation(n) {
      const order = Int32Array.from({ length: n }, (_, i) => i);
      for (let i = n - 1; i > 0; i--) {
        const j = uniformInt(generator, 0, i);
        [order[i], order[j]] = [order[j], order[i]];
      }
      return order;
    },
  };
}
