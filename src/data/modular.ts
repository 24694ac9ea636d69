import { type Dataset, select, type Split } from "./dataset.ts";
import { type Operation, operations } from "./operations.ts";
import { type Seeding, stream } from "./stream.ts";

/** Which pairs there are, and which of them are seen. */
export interface ModularOptions {
  readonly operation: Operation;
  /** Number of elements: p, or 120 for S5. */
  readonly modulus: number;
  /** β in (0, 1]: share of each half that is kept. */
  readonly beta: number;
  readonly seeding?: Seeding;
}

/** Number of pairs: p², for division p·(p−1). */
export const pairCount = ({ operation, modulus }: ModularOptions): number =>
  modulus * (modulus - operations[operation].firstB);

/** ⌊β·⌊N/2⌋⌋: samples in the training half, and in the test half. */
export const halfSize = (options: ModularOptions): number =>
  Math.floor(options.beta * Math.floor(pairCount(options) / 2));

/** All pairs (a, b) with their result, in the order of a, then b. */
function allPairs({ operation, modulus }: ModularOptions): Split {
  const { firstB, apply } = operations[operation];
  const rows: [number, number, number][] = [];
  for (let a = 0; a < modulus; a++) {
    for (let b = firstB; b < modulus; b++) rows.push([a, b, apply(a, b, modulus)]);
  }
  const column = (i: number) => Int32Array.from(rows, (row) => row[i]);
  const input = (i: number) => ({ dtype: "int32", width: 1, values: column(i) }) as const;
  return { size: rows.length, inputs: { a: input(0), b: input(1) }, targets: column(2) };
}

/**
 * An operation over all its pairs: a random half to train, the rest to test, both cut to the share β.
 *
 * With one seed, the samples of a smaller β are among those of a larger one. Stream names: `split`, `subsample`.
 *
 * Source: Power et al. 2022, arXiv:2201.02177; the halves and β as in arXiv:2509.10562.
 */
export function modular(options: ModularOptions, seed: number): Dataset {
  const pairs = allPairs(options);
  const order = stream(seed, "split", options.seeding).permutation(pairs.size);
  const half = Math.floor(pairs.size / 2);
  const kept = halfSize(options);
  const draws = stream(seed, "subsample", options.seeding);
  const subsample = (indices: Int32Array) =>
    kept === half ? indices : draws.permutation(half).slice(0, kept).map((i) => indices[i]);
  return {
    train: select(pairs, subsample(order.subarray(0, half))),
    test: select(pairs, subsample(order.subarray(half, 2 * half))),
  };
}
