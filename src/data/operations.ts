/** A binary operation on a finite set, whose elements are numbered from 0. */
export interface BinaryOperation {
  /** The result in terms of a and b. */
  readonly formula: string;
  /** Pairs are all a with all b from here on. */
  readonly firstB: number;
  /** What is wrong with a set of so many elements, or null. */
  check(size: number): string | null;
  /** Number of the result for the elements of numbers a and b. */
  apply(a: number, b: number, size: number): number;
}

const anySize = () => null;
const onlySize = (wanted: number, set: string) => (size: number) =>
  size === wanted ? null : `is not ${wanted}, the number of elements of ${set}`;
const prime = (p: number) => isPrime(p) ? null : "is not prime; division needs an inverse of every residue but 0";

const table = <Name extends string>(rows: Readonly<Record<Name, BinaryOperation>>) => rows;

/**
 * Every operation by name: residues modulo p, and S5. A new one is a line here and one in bench/peers/canary_checks.py,
 * which says independently what is right.
 *
 * Source: Power et al. 2022, arXiv:2201.02177, the list of its appendix: b ≠ 0 for division, all pairs for the others.
 * Multiplication is not in the list but in the authors' code (github.com/openai/grok), and is on all pairs there too.
 */
export const operations = table({
  divide: { formula: "a·b⁻¹", firstB: 1, check: prime, apply: (a, b, p) => (a * inverse(b, p)) % p },
  add: { formula: "a + b", firstB: 0, check: anySize, apply: (a, b, p) => (a + b) % p },
  subtract: { formula: "a − b", firstB: 0, check: anySize, apply: (a, b, p) => (a - b + p) % p },
  multiply: { formula: "a·b", firstB: 0, check: anySize, apply: (a, b, p) => (a * b) % p },
  "x2+xy+y2": { formula: "a² + ab + b²", firstB: 0, check: anySize, apply: (a, b, p) => (a * a + a * b + b * b) % p },
  s5: { formula: "a·b", firstB: 0, check: onlySize(120, "S5"), apply: composition(5) },
});

export type Operation = keyof typeof operations;
export const operationNames = Object.keys(operations) as Operation[];

function isPrime(n: number): boolean {
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

/** All permutations of 0 … n−1 as lists of images, in lexicographic order: the first is the identity. */
function permutations(n: number): number[][] {
  if (n === 0) return [[]];
  const shorter = permutations(n - 1);
  return Array.from(
    { length: n },
    (_, first) => shorter.map((rest) => [first, ...rest.map((x) => x < first ? x : x + 1)]),
  ).flat();
}

/** a·b of two permutations of n things: i ↦ b(a(i)), first a, then b, as in the authors' code. */
function composition(n: number): (a: number, b: number) => number {
  const all = permutations(n);
  const numbers = new Map(all.map((images, at) => [images.join(), at]));
  return (a, b) => numbers.get(all[a].map((i) => all[b][i]).join())!;
}
