import { type Dataset, select, type Split } from "./dataset.ts";
import { stream } from "./stream.ts";

export type Operation = "add" | "divide";

/** Which pairs of residues there are, and which of them are seen. */
export interface ModularOptions {
  readonly operation: Operation;
  readonly modulus: number;
  /** β in (0, 1]: share of each half that is kept. */
  readonly beta: number;
}

/** Number of pairs: p² for addition, p·(p−1) for division (no division by zero). */
export const pairCount = ({ operation, modulus }: ModularOptions): number =>
  modulus * (operation === "divide" ? modulus - 1 : modulus);

/** ⌊β·⌊N/2⌋⌋: samples in the training half, and in the test half. */
export const halfSize = (options: ModularOptions): number =>
  Math.floor(options.beta * Math.floor(pairCount(options) / 2));

export function isPrime(n: number): boolean {
  if (n < 2) return false;
  for (let d = 2; d * d <= n; d++) if (n % d === 0) return false;
  return true;
}

/** c with c·b ≡ 1 (mod p), as b^(p−2): Fermat's little theorem, so p is prime. */
function inverse(b: number, p: number): number {
  let [result, base] = [1, b % p];
  for (let e = p - 2; e > 0; e = Math.floor(e / 2)) {
    if (e % 2 === 1) result = (result * base) % p;
    base = (base * base) % p;
  }
  return result;
}

/** All pairs (a, b) with their result, in the order of a, then b. */
function allPairs({ operation, modulus: p }: ModularOptions): Split {
  const first = operation === "divide" ? 1 : 0;
  const inverses = Array.from({ length: p }, (_, b) => inverse(b, p));
  const rows: [number, number, number][] = [];
  for (let a = 0; a < p; a++) {
    for (let b = first; b < p; b++) rows.push([a, b, operation === "divide" ? (a * inverses[b]) % p : (a + b) % p]);
  }
  const column = (i: number) => Int32Array.from(rows, (row) => row[i]);
  const input = (i: number) => ({ dtype: "int32", width: 1, values: column(i) }) as const;
  return { size: rows.length, inputs: { a: input(0), b: input(1) }, targets: column(2) };
}

/**
 * a ∘ b mod p over all pairs: a random half to train, the rest to test, both cut to the share β.
 *
 * With one seed, the samples of a smaller β are among those of a larger one. Stream names: `split`, `subsample`.
 *
 * Source: Power et al. 2022, arXiv:2201.02177; the halves and β as in arXiv:2509.10562.
 */
export function modular(options: ModularOptions, seed: number): Dataset {
  const pairs = allPairs(options);
  const order = stream(seed, "split").permutation(pairs.size);
  const half = Math.floor(pairs.size / 2);
  const kept = halfSize(options);
  const draws = stream(seed, "subsample");
  const subsample = (indices: Int32Array) =>
    kept === half ? indices : draws.permutation(half).slice(0, kept).map((i) => indices[i]);
  return {
    train: select(pairs, subsample(order.subarray(0, half))),
    test: select(pairs, subsample(order.subarray(half, 2 * half))),
  };
}
