import { type Stream, stream } from "../data/stream.ts";
import type { Observation } from "./kaplan_meier.ts";
import { type Permutations, requirePositive } from "./permutation.ts";
import { petoPetoScores } from "./peto_peto.ts";

/** One cell of a benchmark: what was expected, and what is seen now. */
export interface CellSamples {
  readonly reference: readonly Observation[];
  readonly fresh: readonly Observation[];
}

/** Scores of a cell and the variance of a score sum of `size` of them, drawn without replacement. */
interface Stratum {
  readonly scores: Float64Array;
  readonly size: number;
  readonly variance: number;
}

/** Of the two samples the smaller is dealt out: scores sum to 0, so the squares of both sums are one. */
function stratum({ reference, fresh }: CellSamples): Stratum {
  const [small, large] = fresh.length < reference.length ? [fresh, reference] : [reference, fresh];
  const scores = Float64Array.from(petoPetoScores([...small, ...large]));
  const n = scores.length;
  const squares = scores.reduce((total, score) => total + score * score, 0);
  const variance = n < 2 ? 0 : (small.length * large.length * squares) / (n * (n - 1));
  return { scores, size: small.length, variance };
}

function squaredDeviate({ scores, size, variance }: Stratum): number {
  let total = 0;
  for (let i = 0; i < size; i++) total += scores[i];
  return (total * total) / variance;
}

/** The first steps of Fisher & Yates: `size` of the scores come to the front, every choice as likely as any other. */
function deal({ scores, size }: Stratum, { integer }: Stream): void {
  for (let i = 0; i < size; i++) {
    const j = i + integer(scores.length - i);
    const chosen = scores[j];
    scores[j] = scores[i];
    scores[i] = chosen;
  }
}

/**
 * Stratified permutation test of no drift in any cell: labels are dealt out anew within each cell, the statistic is
 * Σ z², z = (Peto–Peto score sum of the fresh sample)/(its standard deviation over the dealings),
 * Var = m·n/(N(N − 1))·Σ score² for m of N = m + n drawn without replacement, and p = (hits + 1)/(permutations + 1).
 *
 * It finds many small shifts of which none stands out, in either direction; a single large one is found sooner by the
 * cells' own tests. Cells in which all scores are equal, or a sample is empty, contribute nothing.
 *
 * @throws {RangeError} if a time is not a number, or `permutations` is not a positive integer
 *
 * Sources: Peto & Peto 1972, J. R. Stat. Soc. A 135:185; Cochran 1977, Sampling Techniques, 3rd ed., theorem 2.2
 * (the variance); Phipson & Smyth 2010, Stat. Appl. Genet. Mol. Biol. 9:39 (the +1).
 */
export function omnibusTest(
  cells: readonly CellSamples[],
  { permutations, seed }: Permutations,
): { readonly p: number } {
  requirePositive(permutations);
  // The scores of a cell without variance are exactly 0 in arithmetic; what floating point leaves of them is noise.
  const strata = cells.map(stratum).filter(({ variance }) => variance > 1e-20);
  const statistic = () => strata.reduce((total, cell) => total + squaredDeviate(cell), 0);
  // Dealings that are as extreme in exact arithmetic differ by rounding.
  const observed = statistic() * (1 - 1e-9);
  const random = stream(seed, "omnibus");
  let hits = 0;
  for (let k = 0; k < permutations; k++) {
    for (const cell of strata) deal(cell, random);
    if (statistic() >= observed) hits++;
  }
  return { p: (hits + 1) / (permutations + 1) };
}
